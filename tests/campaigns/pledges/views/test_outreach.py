"""The liaison's screens: who can be reached, who was asked. No link, no code, no whole address."""

import pytest
from django.urls import reverse

from campaigns.pledges.exceptions import ContactTooEarlyError
from campaigns.pledges.models import ContactPoint, Invitation
from campaigns.pledges.services.contacts import WAIT, enter_contact
from campaigns.pledges.services.outreach import ask_all
from campaigns.pledges.tokens import mint_token
from campaigns.pledges.views.outreach import PROPOSED, REFUSED
from privacy.models import AccessEntry
from tests.factories.accounts import UserFactory
from tests.factories.home import RegionFactory
from tests.factories.pledge_agreements import contact_of, respondent_of
from tests.factories.pledge_demands import demand_set, pledge_round
from tests.factories.pledges import contest_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def staff(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def ready(election):
    demand_set(election)
    pledge_round(election)
    row = respondent_of(election)
    contact_of(row, "candidate-one@candidate.example")
    return row


def page_of(row):
    return reverse("pledges_respondent", args=[row.public_id])


def test_all_who_can_be_reached_are_asked_with_one_press(staff, election, ready):
    address = reverse("pledges_outreach", args=[election.pk])
    assert staff.get(address).context["ready"] == 1
    answer = staff.post(reverse("pledges_ask_all", args=[election.pk]), {"late_reason": ""})
    assert answer["Location"] == address
    assert Invitation.objects.get().state == Invitation.State.SENT
    assert staff.post(reverse("pledges_ask_all", args=[election.pk]), {}).status_code == 422


def test_a_contact_is_entered_with_its_source(staff, election):
    row = respondent_of(election)
    data = {"step": "contact", "kind": "email", "value": "camp@x.example", "source": "누리집"}
    assert staff.post(page_of(row), data).status_code == 302
    assert ContactPoint.objects.get().source == "누리집"
    assert staff.post(page_of(row), {**data, "value": "no address"}).status_code == 422
    assert staff.post(page_of(row), {**data, "source": ""}).status_code == 422


def test_an_attempt_is_noted_on_the_same_screen(staff, election):
    row = respondent_of(election)
    data = {"step": "attempt", "kind": "call", "result": "reached", "note": "다시 전화하기로"}
    staff.post(page_of(row), data)
    assert "다시 전화하기로" in staff.get(page_of(row)).content.decode()


def test_a_contact_is_shown_masked_and_the_look_is_logged(staff, ready):
    page = staff.get(page_of(ready)).content.decode()
    assert "candidate-one@candidate.example" not in page
    assert AccessEntry.objects.filter(data_set="pledges.contacts").exists()


def test_a_contact_of_the_camp_is_decided_after_a_call_back(staff, election):
    row = respondent_of(election)
    contact = enter_contact(row, kind="email", value="a@x.example", source="스스로", user=None)
    data = {
        "step": "decide",
        "contact": contact.public_id,
        "note": "전화로 확인",
        "is_theirs": "yes",
    }
    staff.post(page_of(row), {**data, "note": ""})
    staff.post(page_of(row), data)
    contact.refresh_from_db()
    assert (contact.state, contact.note) == ("approved", "전화로 확인")


def test_no_screen_shows_a_link(staff, election, ready, administrator):
    ask_all(election, [ready], user=administrator)
    invitation = Invitation.objects.get()
    token = mint_token(invitation)
    for address in (page_of(ready), reverse("pledges_outreach", args=[election.pk])):
        page = staff.get(address).content.decode()
        assert token not in page
        assert "/t/g/" not in page
    staff.post(page_of(ready), {"step": "revoke", "invitation": invitation.public_id})
    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.REVOKED


def test_an_unknown_step_is_refused(staff, ready):
    assert staff.post(page_of(ready), {"step": "sign"}).status_code in (302, 403)
    assert not Invitation.objects.exists()


def test_a_longer_list_costs_no_more(staff, election, ready, django_assert_max_num_queries):
    address = reverse("pledges_outreach", args=[election.pk])
    staff.get(address)
    with django_assert_max_num_queries(40) as few:
        staff.get(address)
    for name in ("라온", "도담", "가온"):
        contact_of(respondent_of(election, name), f"{name}@x.example")
    with django_assert_max_num_queries(len(few)):
        staff.get(address)


def test_a_change_of_an_address_waits_for_another_person(staff, ready, client):
    data = {"step": "contact", "kind": "email", "value": "new@x.example", "source": "전화"}
    page = staff.post(page_of(ready), data, follow=True)
    assert str(PROPOSED) in page.content.decode()
    contact = ContactPoint.objects.get(state="waiting")
    assert 'value="yes"' not in page.content.decode()
    decide = {"step": "decide", "contact": contact.public_id, "note": "전화", "is_theirs": "yes"}
    staff.post(page_of(ready), decide)
    client.force_login(UserFactory(administrator=True))
    page = client.post(page_of(ready), decide, follow=True).content.decode()
    assert str(REFUSED[ContactTooEarlyError]) in page
    assert 'value="yes"' in page
    ContactPoint.objects.filter(pk=contact.pk).update(proposed_at=contact.entered_at - WAIT)
    client.post(page_of(ready), decide)
    contact.refresh_from_db()
    assert contact.state == "approved"


def test_a_camps_own_address_in_the_place_of_another_is_proposed_first(staff, ready):
    contact = enter_contact(ready, kind="email", value="a@x.example", source="스스로", user=None)
    decide = {"step": "decide", "contact": contact.public_id, "note": "전화", "is_theirs": "yes"}
    page = staff.post(page_of(ready), decide, follow=True)
    assert str(PROPOSED) in page.content.decode()


def test_the_list_is_narrowed_to_a_contest_or_a_region(staff, election, ready):
    busan = RegionFactory(code="26", name="부산광역시", short_name="부산")
    there = respondent_of(election, "바다", contest=contest_of(election, region=busan))
    address = reverse("pledges_outreach", args=[election.pk])
    seoul = ready.candidacy.contest.post.region

    def names(**chosen):
        page = staff.get(address, chosen)
        return sorted(line.respondent.name for line in page.context["lines"])

    assert names() == ["바다", "한가람"]
    assert names(region=busan.pk) == ["바다"]
    assert names(region=seoul.pk, state="no_contact") == ["한가람"]
    assert names(contest=there.candidacy.contest_id) == ["바다"]
    assert names(contest="0", region="x") == ["바다", "한가람"]
    page = staff.get(address, {"contest": there.candidacy.contest_id}).content.decode()
    assert "pledges.silent" in page


def test_a_number_is_shown_by_its_end_and_an_office_whole(staff, election):
    row = respondent_of(election)
    data = {"step": "contact", "kind": "phone", "value": "010-0000-1234", "source": "명함"}
    assert staff.post(page_of(row), data).status_code == 302
    staff.post(page_of(row), {**data, "kind": "address", "value": "서울시 종로구 어느길 1"})
    page = staff.get(page_of(row)).content.decode()
    assert "•••-1234" in page
    assert "010-0000-1234" not in page
    assert "서울시 종로구 어느길 1" in page
