"""Who sees which signers, how, and that it is written down first."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from accounts.defaults import CAMPAIGNER, MODERATOR, REGIONAL
from exports.exceptions import NotAllowedError
from exports.registry import permitted_source
from petitions.models import Signature
from petitions.panels import todo_items
from privacy.blind_index import address_index
from privacy.models import AccessEntry
from tests.factories.accounts import UserFactory, limit_to
from tests.factories.home import RegionFactory
from tests.factories.petitions import BlockedAddressFactory, SignatureFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/admin/signatures/"


@pytest.fixture
def here(petition_page, region):
    return SignatureFactory(
        petition=petition_page, region=region, confirmed=True, name="홍길동", comment="여기 말"
    )


@pytest.fixture
def there(petition_page):
    return SignatureFactory(
        petition=petition_page,
        region=RegionFactory(code="26", name="부산광역시", short_name="부산"),
        confirmed=True,
        name="남궁바다",
        email="bada@mail.example",
        comment="저기 말",
    )


@pytest.fixture
def regional(client, here):
    """A browser of somebody who moderates one region."""
    user = UserFactory()
    limit_to(user, MODERATOR, here.region)
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def campaigner(client):
    client.user = UserFactory(role=CAMPAIGNER)
    client.force_login(client.user)
    return client


def bulk(action, *rows):
    address = reverse("wagtail_bulk_action", args=["petitions", "signature", action])
    return f"{address}?" + "&".join(f"id={row.pk}" for row in rows)


def logged():
    rows = AccessEntry.objects.order_by("pk").prefetch_related("subjects")
    return [(row.action, sorted(s.subject for s in row.subjects.all())) for row in rows]


def found(browser, query):
    response = browser.post(f"{LIST}search/", {"query": query}, follow=True)
    return [row.pk for row in response.context["object_list"]]


def test_a_coordinator_sees_the_own_region_and_nothing_tells_of_another(regional, here, there):
    assert [row.pk for row in regional.get(LIST).context["object_list"]] == [here.pk]
    assert regional.get(LIST).context["items_count"] == 1
    assert found(regional, "홍길동") == [here.pk]
    for query in ("남궁바다", "bada@mail.example", there.reference):
        assert found(regional, query) == []
    assert regional.get(f"{LIST}{here.pk}/").status_code == 200
    assert regional.get(f"{LIST}{there.pk}/").status_code == 404
    assert [item.number for item in todo_items(regional.user)] == [1]


def test_no_step_reaches_another_region(regional, here, there):
    gone = there.pk + 1000
    for key in (there.pk, gone):
        assert regional.post(f"{LIST}{key}/invalidate/", {"reason": "x"}).status_code == 404
        assert regional.post(f"{LIST}{key}/full/", {"reason": "x"}).status_code == 404
    assert regional.get(bulk("invalidate", there)).status_code == 404
    regional.post(bulk("invalidate", here, there), {"reason": "두 번"})

    assert Signature.objects.get(pk=here.pk).status == "invalidated"
    assert Signature.objects.get(pk=there.pk).status == "confirmed"


def test_an_export_within_a_region_holds_its_rows_alone(client, here, there):
    user = UserFactory()
    limit_to(user, CAMPAIGNER, here.region)
    client.force_login(user)
    source = permitted_source("petitions.signatures", user)
    options = {"petition": here.petition_id}

    assert client.get(reverse("exports:index")).status_code == 200
    assert source.count(options, user) == 1
    assert [record.subject for record in source.records(options, user)] == [str(here.public_id)]
    with pytest.raises(NotAllowedError):
        permitted_source("petitions.signatures", UserFactory())


def test_who_sees_one_region_learns_of_no_block(regional, here):
    BlockedAddressFactory(email_index=address_index("blocked@mail.example"))

    response = regional.post(f"{LIST}search/", {"query": "blocked@mail.example"}, follow=True)

    assert response.context["is_blocked"] is False


def test_a_regional_role_looks_and_changes_nothing(client, here):
    user = UserFactory(role=REGIONAL)
    limit_to(user, REGIONAL, here.region)
    client.force_login(user)

    assert client.get(f"{LIST}{here.pk}/").context["can_change"] is False
    assert client.post(f"{LIST}{here.pk}/confirm/", {"reason": "x"}).status_code == 302
    assert "홍길동" not in client.get(LIST).content.decode()


def test_to_see_all_and_change_one_region_only(client, here, there):
    user = UserFactory(role=MODERATOR)
    user.groups.get().permissions.filter(codename="change_signature").delete()
    limited = UserFactory(role=CAMPAIGNER)
    limit_to(user, CAMPAIGNER, here.region)
    client.force_login(user)

    assert client.get(f"{LIST}{there.pk}/").status_code == 200
    assert client.post(f"{LIST}{there.pk}/full/", {}).status_code == 302
    assert client.post(f"{LIST}{there.pk}/invalidate/", {"reason": "x"}).status_code == 302
    assert Signature.objects.get(pk=there.pk).status == "confirmed"
    assert limited.pk


@pytest.mark.sqlite_smoke
def test_unmasked_once_for_a_reason_and_written_down_with_the_signer(campaigner, here):
    """korea.md 3.10, test 8."""
    response = campaigner.post(
        f"{LIST}{here.pk}/full/", {"purpose": "check", "reason": "전화 문의"}
    )
    text = response.content.decode()

    assert "홍길동" in text
    assert here.email in text
    assert "no-store" in response["Cache-Control"]
    entry = AccessEntry.objects.get()
    assert (entry.action, entry.user) == ("full", campaigner.user)
    assert entry.reason.endswith(": 전화 문의")
    assert [row.subject for row in entry.subjects.all()] == [str(here.public_id)]
    assert "홍길동" not in str(dict(campaigner.session))
    assert "홍길동" not in campaigner.get(f"{LIST}{here.pk}/").content.decode()


@pytest.mark.parametrize(
    "fields", [{}, {"reason": "전화"}, {"purpose": "check"}, {"purpose": "x", "reason": "전화"}]
)
def test_without_purpose_and_reason_the_signer_stays_masked(campaigner, here, fields):
    """korea.md 3.10, test 9."""
    response = campaigner.post(f"{LIST}{here.pk}/full/", fields)

    assert "홍길동" not in response.content.decode()
    assert response.context["full_view_form"].errors
    assert not AccessEntry.objects.filter(action="full").exists()


def test_its_reason_and_that_of_a_change_can_be_told_apart(campaigner, here):
    context = campaigner.get(f"{LIST}{here.pk}/").context
    fields = [context[name]["reason"] for name in ("full_view_form", "reason_form")]

    assert len({field.id_for_label for field in fields}) == len(fields)
    assert len({str(field.label) for field in fields}) == len(fields)


def test_a_moderator_is_not_offered_the_full_view_and_gets_none(client, here):
    client.force_login(UserFactory(role=MODERATOR))

    assert 'id="full-view"' not in client.get(f"{LIST}{here.pk}/").content.decode()
    response = client.post(f"{LIST}{here.pk}/full/", {"purpose": "check", "reason": "전화"})
    assert response.status_code == 302
    assert not AccessEntry.objects.filter(action="full").exists()


def test_who_left_can_not_be_shown(campaigner):
    row = SignatureFactory(withdrawn=True)

    assert 'id="full-view"' not in campaigner.get(f"{LIST}{row.pk}/").content.decode()
    response = campaigner.post(f"{LIST}{row.pk}/full/", {"purpose": "check", "reason": "전화"})
    assert response.status_code == 302


def test_list_search_detail_and_change_are_written_down(campaigner, here, there):
    both, one = sorted([str(here.public_id), str(there.public_id)]), [str(here.public_id)]
    campaigner.get(LIST)
    campaigner.get(f"{LIST}results/")
    found(campaigner, "홍길동")
    found(campaigner, "아무도아님")
    campaigner.get(f"{LIST}{here.pk}/")
    campaigner.post(f"{LIST}{here.pk}/invalidate/", {"reason": "두 번"})
    campaigner.get(bulk("undo", here))

    assert logged() == [
        *(("list", both), ("list", both), ("search", one)),
        *(("detail", one), ("change", one), ("change", one)),
    ]


def test_nothing_is_shown_or_done_while_nothing_can_be_written_down(campaigner, here):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_accessentry RENAME TO privacy_accessentry_gone")
    for response in (
        campaigner.get(LIST),
        campaigner.get(f"{LIST}{here.pk}/"),
        campaigner.post(f"{LIST}{here.pk}/full/", {"purpose": "check", "reason": "전화"}),
        campaigner.post(f"{LIST}{here.pk}/invalidate/", {"reason": "두 번"}),
        campaigner.get(bulk("invalidate", here)),
    ):
        text = response.content.decode()
        assert response.status_code == 503
        assert "홍*동" not in text
        assert "홍길동" not in text
    assert Signature.objects.get(pk=here.pk).status == "confirmed"


def test_a_right_in_a_region_ends_by_the_clock(clock, regional, here):
    assert regional.get(LIST).status_code == 200
    clock.tick(timedelta(days=14))
    regional.force_login(regional.user)

    assert regional.get(LIST).status_code == 302
    assert regional.get("/admin/").status_code == 302
