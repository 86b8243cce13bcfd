"""Contacts sent in as a file through the browser, by whoever may enter them one by one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.defaults import DIRECTOR, REGIONAL
from campaigns.pledges.apps import PLEDGES
from campaigns.pledges.models import ContactList, ContactPoint
from campaigns.pledges.services.contacts import enter_contact
from home.network.models import Region
from privacy.models import AccessEntry
from tests.factories.accounts import UserFactory, limit_to
from tests.factories.home import RegionFactory
from tests.factories.pledge_agreements import respondent_of
from tests.factories.pledge_contacts import FOUND_AT, contact_line, contacts_file
from tests.factories.pledges import contest_of
from tests.queries import read

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
EMAIL, OTHER = "han@candidate.example", "other@candidate.example"


@pytest.fixture
def staff(client):
    user = UserFactory(role=PLEDGES)
    client.force_login(user)
    return user


@pytest.fixture
def respondent(election):
    return respondent_of(election)


@pytest.fixture
def upload(client, election):
    def send(*lines, content=None, **values):
        content = contacts_file(*lines) if content is None else content
        form = {"file": SimpleUploadedFile("연락처.csv", content), **values}
        return client.post(reverse("pledges_upload_contacts", args=[election.pk]), form)

    return send


@pytest.fixture
def sent_in(staff, respondent, upload):
    """The address of a list that waits for a decision."""
    return upload(contact_line(phone="010-0000-1234")).url


def decide(client, url, way="apply"):
    plan = client.get(url).context["plan"]
    digest = plan.plan.digest if plan else ""
    return client.post(f"{url}{way}/", {"digest": digest})


def text(response):
    return response.content.decode()


def test_a_list_is_looked_at_and_entered(client, election, sent_in):
    shown = text(client.get(sent_in))
    assert "h****@candidate.example" in shown
    assert EMAIL not in shown
    assert "010-0000-1234" not in shown
    assert "한가람" in shown
    assert not ContactPoint.objects.exists(), "looking changes nothing"
    outreach = reverse("pledges_outreach", args=[election.pk])
    assert sent_in in text(client.get(outreach))

    done = decide(client, sent_in)

    assert done.url == outreach
    assert ContactPoint.objects.filter(state="approved").count() == 2
    after = client.get(outreach)
    assert after.context["ready"] == 1
    assert sent_in not in text(after)
    assert "<form" not in text(client.get(sent_in)).split("<main", 1)[1]


def test_looking_is_written_down_with_whose_contacts(client, staff, respondent, sent_in):
    client.get(sent_in)
    entry = AccessEntry.objects.get()
    assert (entry.user, entry.action, entry.count) == (staff, "list", 1)


def test_bad_lines_are_shown_with_their_numbers(client, sent_in, upload):
    url = upload(contact_line(), contact_line("없는이", email=OTHER)).url
    shown = text(client.get(url))
    assert '<td class="ledger__number">3</td>' in shown
    assert "/apply/" not in shown
    assert decide(client, url).url == url
    assert not ContactPoint.objects.exists()


def test_changes_and_what_is_left_out_are_shown(client, election, staff, respondent, upload):
    enter_contact(respondent, kind="email", value=EMAIL, source=FOUND_AT, user=staff)
    url = upload(contact_line(email=OTHER, phone="02-000-0000")).url
    shown = text(client.get(url))
    assert "ot****@candidate.example" in shown
    assert "h****@candidate.example" in shown
    assert "•••-0000" in shown
    decide(client, url)
    assert ContactPoint.objects.get(state="waiting").proposed_by == staff
    assert ContactPoint.objects.count() == 2


def test_the_same_list_again_offers_nothing_to_enter(client, sent_in, upload):
    decide(client, sent_in)
    again = upload(contact_line(phone="010-0000-1234")).url
    assert "/apply/" not in text(client.get(again))


def test_what_changed_meanwhile_is_looked_at_again(client, staff, respondent, sent_in):
    digest = client.get(sent_in).context["plan"].plan.digest
    enter_contact(respondent, kind="email", value=OTHER, source=FOUND_AT, user=staff)
    assert client.post(f"{sent_in}apply/", {"digest": digest}).url == sent_in
    assert ContactPoint.objects.get().value == OTHER


def test_a_list_is_discarded(client, election, sent_in):
    for _press in range(2):
        answer = decide(client, sent_in, "discard")
        assert answer.url == reverse("pledges_outreach", args=[election.pk])
    assert decide(client, sent_in).url == sent_in
    assert (ContactList.objects.get().state, ContactPoint.objects.count()) == ("discarded", 0)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", contacts_file(titles="성명,주소")])
def test_what_is_wrong_is_said_and_the_rest_is_kept(staff, upload, content):
    response = upload(content=content, source="회원단체가 모은 명부")
    assert response.status_code == 422
    assert "error-message" in text(response)
    assert "회원단체가 모은 명부" in text(response)
    assert not ContactList.objects.exists()


def test_a_file_that_is_too_large_is_refused(staff, upload, monkeypatch):
    monkeypatch.setattr("campaigns.pledges.forms.outreach.LARGEST", 10)
    assert upload(contact_line()).status_code == 422


def test_a_source_above_the_file_is_enough(client, staff, respondent, upload):
    line = contact_line(source="")
    assert "/apply/" not in text(client.get(upload(line).url))
    decide(client, upload(line, source="회원단체가 모은 명부").url)
    assert ContactPoint.objects.get().source == "회원단체가 모은 명부"


def test_nobody_else_sees_a_list(client, sent_in):
    client.force_login(UserFactory(role=PLEDGES))
    assert client.get(sent_in).status_code == 404
    assert client.post(f"{sent_in}apply/").status_code == 404


def test_who_may_only_look_sends_nothing_in(client, election, sent_in, upload):
    client.force_login(UserFactory(role=DIRECTOR))
    assert client.get(sent_in).status_code == 302
    assert upload(contact_line()).status_code == 302
    page = text(client.get(reverse("pledges_outreach", args=[election.pk])))
    assert 'type="file"' not in page
    assert ContactList.objects.count() == 1


def test_a_coordinator_enters_contacts_of_the_own_region_only(client, election, upload):
    busan = RegionFactory(code="26", name="부산광역시", short_name="부산")
    respondent_of(election)
    there = respondent_of(election, name="바다", contest=contest_of(election, region=busan))
    coordinator = UserFactory()
    limit_to(coordinator, REGIONAL, Region.objects.get(code="26"))
    client.force_login(coordinator)
    mine = contact_line("바다", email=OTHER, place="부산")

    both = upload(contact_line(), mine).url
    assert [line for line, _words in client.get(both).context["plan"].problems] == [2]
    decide(client, both)
    assert not ContactPoint.objects.exists()
    decide(client, upload(mine).url)

    assert ContactPoint.objects.get().respondent == there


def test_looking_costs_the_same_for_a_longer_list(client, election, staff, upload):
    def cost(count):
        names = [f"후보{count}의{number}" for number in range(count)]
        for name in names:
            respondent_of(election, name=name)
        url = upload(*[contact_line(name, f"a{hash(name)}@x.example") for name in names]).url
        client.get(url)
        return read(client, url)[1]

    assert cost(1) == cost(3)


@pytest.mark.parametrize("way", ["apply/", "discard/"])
def test_looking_decides_nothing(client, election, sent_in, way):
    assert client.get(f"{sent_in}{way}").status_code == 405
    upload = reverse("pledges_upload_contacts", args=[election.pk])
    assert client.get(upload).status_code == 405
