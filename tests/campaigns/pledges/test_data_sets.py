"""What is kept to reach somebody: found and erased by its owner, gone six months after."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.registry import personal_rights
from campaigns.pledges.data_sets import AGREEMENTS, ALL, ANSWERS, CONTACTS, DELEGATIONS
from campaigns.pledges.models import (
    ContactPoint,
    Delegation,
    DemandAnswer,
    IdentityCheck,
    Invitation,
    OutreachEntry,
    PledgeAgreement,
    PowerOfAttorney,
)
from campaigns.pledges.services.delegations import Named, confirm_delegate, name_delegate
from campaigns.pledges.services.endings import withdraw_agreement
from campaigns.pledges.services.outreach import note_attempt, remind_respondents
from campaigns.pledges.services.retention import election_names, last_day_of
from campaigns.pledges.services.rules import RULES
from campaigns.pledges.services.signing import sign_agreement
from home.dates import months_after
from rights.registry import NotTheirsError
from rights.services import erase_everything
from tests.factories.pledge_agreements import (
    EMAIL,
    act_of,
    answered,
    contact_of,
    invited,
    passed,
    respondent_of,
    signed_agreement,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
CLOCKS = {rule.name: rule.clock for rule in RULES if rule.clock}


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


def told(holding):
    return {str(fact.name): fact.value for fact in holding.facts}


def test_answers_and_agreement_are_found_by_the_address_of_the_invitation(
    election, django_assert_num_queries
):
    agreement = signed_agreement(respondent_of(election))
    withdraw_agreement(agreement, "뜻이 달라졌습니다.")
    with django_assert_num_queries(2):
        (answers,) = ANSWERS.find(EMAIL.upper())
    said = told(answers)
    assert [said[name] for name in said if name.startswith("demand_")] == [
        DemandAnswer.Choice.ACCEPT.label
    ] * 3
    assert answers.subject == agreement.respondent.public_id
    with django_assert_num_queries(3):
        (held,) = AGREEMENTS.find(EMAIL)
    said = told(held)
    assert (said["number"], said["signer"]) == (agreement.number, "한가람")
    assert "뜻이 달라졌습니다." in str(said)
    assert AGREEMENTS.find("else@candidate.example") == []


def test_a_wish_to_erase_what_was_signed_comes_to_the_office(election):
    signed_agreement(respondent_of(election))
    request = erase_everything(EMAIL)
    assert "전국동시지방선거" in request.words
    assert PledgeAgreement.objects.count() == 1


def test_an_address_that_was_only_typed_finds_nothing(election):
    agreement = signed_agreement(respondent_of(election))
    contact_of(agreement.respondent, "stranger@x.example", state="waiting")
    assert ANSWERS.find("stranger@x.example") == []
    Invitation.objects.update(state="wrong_person")
    assert ANSWERS.find(EMAIL) == []
    assert AGREEMENTS.find(EMAIL) == []


def test_a_delegate_finds_the_delegation_and_the_candidate_does_not_find_the_name(election):
    own = answered(respondent_of(election))
    named = Named(name="라온제나", title="정책실장", email="policy@camp.example")
    delegation = name_delegate(own, named)
    confirm_delegate(delegation, passed(own, IdentityCheck.Purpose.DELEGATE))
    theirs = delegation.invitation
    sign_agreement(theirs, passed(theirs), act_of(theirs, name="라온제나"))
    (held,) = DELEGATIONS.find("policy@camp.example")
    assert told(held)["name"] == "라온제나"
    assert ANSWERS.find("policy@camp.example") == []
    (agreement,) = AGREEMENTS.find(EMAIL)
    assert told(agreement)["signer"] == "정책실장"
    assert "라온제나" not in str(told(agreement))
    assert DELEGATIONS.find(EMAIL) == []


def test_each_data_set_has_a_rule():
    assert all(one.rules for one in ALL)
