"""A camp enters its own address: it waits for a call-back, and the page tells nobody anything."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.defaults import AUDITOR
from campaigns.pledges.apps import PLEDGES
from campaigns.pledges.models import ContactPoint, PledgeRound, Respondent
from campaigns.pledges.panels import contact_items
from campaigns.pledges.services.contacts import enter_contact
from campaigns.pledges.services.outreach import ready_to_ask
from campaigns.pledges.services.own_contacts import MOST_WAITING
from evidence.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import respondent_of
from tests.factories.pledge_demands import pledge_round

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TYPED = {"email": "camp@candidate.example", "holder": "정책실장 아무개"}


@pytest.fixture
def respondent(election):
    pledge_round(election)
    return respondent_of(election)


def page_of(respondent):
    return reverse("pledges:own-contact", args=[respondent.public_id])


@pytest.mark.sqlite_smoke
def test_what_a_camp_enters_waits_for_a_call_back(client, respondent):
    for _ in range(2):
        answer = client.post(page_of(respondent), TYPED)
        assert (answer.status_code, answer["Location"][-14:]) == (303, "?told=received")
    row = ContactPoint.objects.get()
    assert (row.state, row.value, row.holder) == ("waiting", TYPED["email"], TYPED["holder"])
    assert row.entered_by is None
    assert not ready_to_ask(Respondent.objects.all()).exists()
    assert Event.objects.filter(kind="contact_entered").count() == 1


@pytest.mark.parametrize("state", ["bounced", "replaced", "refused", "stopped"])
def test_what_did_not_arrive_is_called_about_anew_and_a_refusal_stands(
    client, respondent, user, state
):
    client.post(page_of(respondent), TYPED)
    old = {"proposed_by": user, "proposed_at": timezone.now(), "checked_at": timezone.now()}
    ContactPoint.objects.update(state=state, checked_by=user, **old)
    client.post(page_of(respondent), TYPED)
    row = ContactPoint.objects.get()
    is_anew = state in ("bounced", "replaced")
    assert (row.state, row.holder) == ("waiting" if is_anew else state, TYPED["holder"])
    assert (row.proposed_by is None) is is_anew


def test_opening_the_page_changes_nothing_and_shows_no_contact(client, respondent, user):
    enter_contact(respondent, kind="email", value="a@x.example", source="누리집", user=user)
    page = client.get(page_of(respondent)).content.decode()
    assert respondent.name in page
    assert "x.example" not in page
    assert ContactPoint.objects.count() == 1


def test_a_known_contact_is_answered_alike_and_left_as_it_is(client, respondent, user):
    value = TYPED["email"]
    row = enter_contact(respondent, kind="email", value=value, source="누리집", user=user)
    assert client.post(page_of(respondent), TYPED).status_code == 303
    kept = ContactPoint.objects.get()
    assert (kept.pk, kept.state, kept.source) == (row.pk, "approved", "누리집")


@pytest.mark.parametrize("missing", ["email", "holder"])
def test_what_is_missing_is_said_and_the_rest_kept(client, respondent, missing):
    answer = client.post(page_of(respondent), {**TYPED, missing: ""})
    assert answer.status_code == 422
    (kept,) = [value for name, value in TYPED.items() if name != missing]
    assert kept in answer.content.decode()
    assert not ContactPoint.objects.exists()


def test_after_the_last_moment_no_address_is_taken(client, respondent):
    PledgeRound.objects.update(answers_until=timezone.now())
    assert client.post(page_of(respondent), TYPED).status_code == 409
    assert not ContactPoint.objects.exists()


def test_many_addresses_wait_no_longer_than_a_call_takes(client, respondent):
    for number in range(MOST_WAITING):
        value = f"camp{number}@x.example"
        enter_contact(respondent, kind="email", value=value, source="스스로", user=None)
    assert client.post(page_of(respondent), TYPED).status_code == 409
    assert ContactPoint.objects.count() == MOST_WAITING


def test_a_network_that_sends_too_many_is_asked_to_wait(client, respondent, monkeypatch):
    monkeypatch.setattr("campaigns.pledges.views.contacts.LIMIT", 0)
    assert client.post(page_of(respondent), TYPED).status_code == 429
    assert not ContactPoint.objects.exists()


def test_whoever_calls_back_finds_it_on_the_first_screen(client, respondent):
    client.post(page_of(respondent), TYPED)
    assert contact_items(UserFactory(role=AUDITOR)) == []
    (item,) = contact_items(UserFactory(role=PLEDGES))
    assert (item.number, str(respondent.public_id) in item.url) == (1, True)
    ContactPoint.objects.all().delete()
    assert contact_items(UserFactory(role=PLEDGES)) == []
