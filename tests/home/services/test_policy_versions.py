"""Earlier versions of the privacy policy stay readable as they stood."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data, rich_text

from home.models import PolicyVersion, PrivacyPolicyPage, Processor, SiteSettings
from home.services import policy_versions, record_changed_practice, record_policy_version
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def settings_row(home_page):
    return SiteSettings.objects.create(
        site=Site.objects.get(is_default_site=True),
        privacy_officer="이가온",
        privacy_officer_email="privacy@yeondae.example",
    )


@pytest.fixture
def policy(home_page, settings_row):
    page = home_page.add_child(
        instance=PrivacyPolicyPage(title="개인정보처리방침", slug="privacy", live=False)
    )
    page.save_revision().publish()
    return page


def numbers():
    return list(PolicyVersion.objects.values_list("number", "cause"))


@pytest.mark.sqlite_smoke
def test_publishing_keeps_a_version(policy):
    assert numbers() == [(1, "published")]

    policy.remedies = "<p>분쟁조정위원회</p>"
    policy.save_revision().publish()
    policy.save_revision().publish()  # The same words are the same version.

    assert numbers() == [(2, "published"), (1, "published")]


def test_what_the_site_does_differently_makes_a_version_by_itself(policy):
    Processor.objects.create(name="누리메일", task="메일 발송", items="이메일")

    assert record_changed_practice().cause == "practice"
    assert record_changed_practice() is None
    assert numbers() == [(2, "practice"), (1, "published")]


def test_without_a_policy_there_is_nothing_to_keep(home_page):
    assert record_changed_practice() is None


def test_two_at_once_keep_one(policy, monkeypatch):
    Processor.objects.create(name="누리메일", task="메일 발송", items="이메일")

    def refused(**_fields):
        raise IntegrityError

    monkeypatch.setattr(PolicyVersion.objects, "create", refused)

    assert policy_versions.record_changed_practice() is None


@pytest.mark.sqlite_smoke
def test_nobody_changes_a_version(policy):
    with pytest.raises(DatabaseError), transaction.atomic():
        PolicyVersion.objects.update(number=7)
    with pytest.raises(DatabaseError), transaction.atomic():
        PolicyVersion.objects.all().delete()


def test_it_is_not_published_without_an_officer(home_page):
    page = home_page.add_child(
        instance=PrivacyPolicyPage(title="개인정보처리방침", slug="privacy", live=False)
    )

    with pytest.raises(ValidationError):
        page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    assert not PolicyVersion.objects.exists()


def test_the_editor_is_told_what_is_missing(client, home_page):
    client.force_login(UserFactory(administrator=True))
    page = home_page.add_child(
        instance=PrivacyPolicyPage(title="개인정보처리방침", slug="privacy", live=False)
    )
    page.save_revision()
    address = f"/admin/pages/{page.pk}/edit/"
    texts = {name: rich_text("<p>글</p>") for name in PrivacyPolicyPage.prose_fields}
    comments = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0}
    data = nested_form_data(
        {
            **texts,
            **{"title": page.title, "slug": "privacy", "effective_on": "2026-11-26"},
            **{"comments": comments, "action-publish": "1"},
        }
    )

    response = client.post(address, data)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors()


def test_visitors_read_the_policy_and_its_versions(client, policy):
    Processor.objects.create(name="누리메일", task="메일 발송", items="이메일")
    record_policy_version(policy, PolicyVersion.Cause.PRACTICE)

    today = client.get("/privacy/").content.decode()
    before = client.get("/privacy-versions/1/").content.decode()

    assert "누리메일" in today
    assert "누리메일" not in before
    assert 'href="/privacy-versions/1/"' in today
    assert client.get("/privacy-versions/9/").status_code == 404
