"""What is kept to reach somebody: found and erased by its owner, gone six months after."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.registry import personal_rights
from campaigns.pledges.data_sets import CONTACTS
from campaigns.pledges.models import (
    ContactPoint,
    Delegation,
    IdentityCheck,
    Invitation,
    OutreachEntry,
    PowerOfAttorney,
)
from campaigns.pledges.services.outreach import note_attempt, remind_respondents
from campaigns.pledges.services.retention import election_names, last_day_of
from campaigns.pledges.services.rules import RULES
from home.dates import months_after
from rights.registry import NotTheirsError
from tests.factories.pledge_agreements import EMAIL, invited, passed, respondent_of

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
CLOCKS = {rule.name: rule.clock for rule in RULES}


@pytest.fixture
def kept(election, user):
    """One row of each kind."""
    respondent = respondent_of(election)
    invitation = invited(respondent)
    passed(invitation)
    note_attempt(respondent, kind="call", result="reached", note="다시 전화", user=user)
    delegation = Delegation.objects.create(
        invitation=invitation, name="아무개", title="정책실장", proof="document"
    )
    PowerOfAttorney.objects.create(delegation=delegation, content="JVBERi0xLjc=")
    return invitation


def at_noon(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


def keys_due(clock, moment, held=()):
    return [row.key for row in clock.due(moment, held=held, after="", limit=10)]


def test_the_owner_of_an_address_finds_it_with_each_field(kept, django_assert_num_queries):
    with django_assert_num_queries(1):
        (holding,) = CONTACTS.find(EMAIL.upper())
    told = {fact.name: fact.value for fact in holding.facts}
    not_told = {"id", "public_id", "respondent", "value_index", "entered_by", "checked_by"}
    not_told |= {"replaces", "proposed_by", "proposed_at"}
    assert set(told) == {field.name for field in ContactPoint._meta.fields} - not_told
    assert (told["value"], told["checked_at"] != "") == (EMAIL, True)
    ContactPoint.objects.update(state="waiting", checked_at=None)
    assert {f.name: f.value for f in CONTACTS.find(EMAIL)[0].facts}["checked_at"] == ""
    assert CONTACTS.find("else@candidate.example") == []


def test_its_owner_erases_it_and_nothing_goes_there_any_more(kept):
    (holding,) = CONTACTS.find(EMAIL)
    with pytest.raises(NotTheirsError):
        CONTACTS.erase("else@candidate.example", holding.key)
    CONTACTS.erase(EMAIL, holding.key)
    with pytest.raises(NotTheirsError):
        CONTACTS.erase(EMAIL, holding.key)
    Invitation.objects.update(invited_at=timezone.now() - timedelta(days=6))
    assert remind_respondents() == 0
    assert Invitation.objects.get().contact is None


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("name", CLOCKS)
def test_each_goes_on_the_day_after_the_sixth_month(kept, election, name):
    clock, last = CLOCKS[name], months_after(election.vote_on, 6)
    after = at_noon(last + timedelta(days=1))
    assert keys_due(clock, at_noon(last)) == []
    keys = keys_due(clock, after)
    assert len(keys) == 1
    assert keys_due(clock, after, held=[str(election.pk)]) == []
    assert list(clock.outlook(last)) == []
    (seen,) = clock.outlook(last + timedelta(days=1))
    assert (seen.day, seen.count) == (last + timedelta(days=1), 1)
    assert [row.key for row in clock.destroy(keys, after)] == keys
    assert clock.destroy(keys, after) == []


def test_that_somebody_was_asked_and_checked_stays(kept, election):
    after = at_noon(last_day_of(election) + timedelta(days=1))
    for clock in CLOCKS.values():
        clock.destroy(keys_due(clock, after), after)
    gone = (ContactPoint, OutreachEntry, Delegation, PowerOfAttorney)
    assert not any(model.objects.exists() for model in gone)
    assert Invitation.objects.get().contact is None
    check = IdentityCheck.objects.get()
    assert (check.code_digest, check.browser_digest) == (None, None)
    assert check.passed_at is not None


def test_parts_are_called_by_their_election(election):
    assert election_names([str(election.pk)]) == {str(election.pk): election.name}
    assert str(election.pk) in election_names(None)


def test_who_sees_contacts_needs_a_second_factor():
    assert {"pledges.view_contactpoint", "pledges.add_outreachentry"} <= set(personal_rights)
