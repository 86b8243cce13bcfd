"""What a list of contacts would do: new, as before, left out, and what is wrong line by line."""

import pytest

from campaigns.pledges.gateways.contact_list import ContactProblem
from campaigns.pledges.models import Respondent
from campaigns.pledges.services.contact_plans import LeftOut, plan_contacts
from messaging.models import Suppression
from messaging.services import suppress
from privacy.blind_index import address_index
from tests.factories.home import RegionFactory
from tests.factories.pledge_agreements import contact_of, respondent_of
from tests.factories.pledge_contacts import contact_line, contact_list, everybody_of, plan_of
from tests.factories.pledges import contest_of

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
EMAIL = "han@candidate.example"


@pytest.fixture
def respondent(election):
    return respondent_of(election)


@pytest.fixture
def planned(election, user):
    return lambda *lines: plan_of(contact_list(election, user, *lines))


def problems(plan):
    return [(line, ContactProblem(code).name) for line, code in plan.problems]


@pytest.mark.parametrize("state", ["refused", "stopped", "bounced", "replaced"])
@pytest.mark.parametrize("kind", ["email", "phone"])
def test_what_went_out_of_use_is_not_brought_back(planned, respondent, state, kind):
    value = EMAIL if kind == "email" else "010-0000-1234"
    contact_of(respondent, value, kind=kind, state=state)
    plan = planned(contact_line(**{"email": "", kind: value}))
    assert plan.does_nothing
    assert [one.left_out for one in plan.left_out] == [state]
    assert LeftOut(state).label


@pytest.mark.parametrize("state", ["approved", "waiting"])
def test_what_is_there_stays_as_it_is(planned, respondent, state):
    contact_of(respondent, EMAIL, state=state)
    plan = planned(contact_line(email="HAN@candidate.example"))
    assert (plan.does_nothing, plan.unchanged, plan.left_out) == (True, 1, [])


def test_an_address_that_takes_no_mail_is_left_out(planned, respondent):
    scope, reason = Suppression.Scope.ALL, Suppression.Reason.BOUNCED
    suppress(address_index(EMAIL), scope, reason)
    assert [one.left_out for one in planned(contact_line()).left_out] == ["suppressed"]


def test_a_landline_is_left_out_and_the_address_is_taken(planned, respondent):
    plan = planned(contact_line(phone="02-000-0000"))
    assert [one.left_out for one in plan.left_out] == ["landline"]
    assert [one.kind for one in plan.added] == ["email"]


def test_whose_candidacy_ended_is_left_out(planned, respondent):
    Respondent.objects.update(standing="left")
    assert [one.left_out for one in planned(contact_line()).left_out] == ["ended"]


def test_one_address_for_two_candidates_is_told_at_both(planned, election, respondent):
    respondent_of(election, name="라온")
    plan = planned(contact_line(), contact_line("라온", email="HAN@candidate.example"))
    assert problems(plan) == [(2, "SHARED"), (3, "SHARED")]


@pytest.mark.parametrize(("state", "found"), [("approved", [(2, "TAKEN")]), ("stopped", [])])
def test_an_address_of_another_candidate_is_told(planned, election, respondent, state, found):
    contact_of(respondent_of(election, name="라온"), EMAIL, state=state)
    assert problems(planned(contact_line())) == found


def test_the_same_candidate_twice_is_told_at_both(planned, respondent):
    code = str(respondent.public_id)
    plan = planned(contact_line(), contact_line(email="other@x.example"))
    assert problems(plan) == [(2, "TWICE"), (3, "TWICE")]
    assert code not in repr(plan.problems)


def test_candidates_that_cannot_be_told_apart_are_told(planned, election, respondent):
    busan = RegionFactory(code="26", name="부산광역시", short_name="부산")
    respondent_of(election, contest=contest_of(election, region=busan))
    assert problems(planned(contact_line(place=""))) == [(2, "NAMESAKE")]
    assert problems(planned(contact_line(place="서울"))) == []


def test_only_who_may_be_changed_by_this_person(election, user, respondent):
    other = respondent_of(election, name="라온")
    job = contact_list(election, user, contact_line(), contact_line("라온", email="raon@x.example"))
    plan = plan_contacts(job, {other.pk})
    assert problems(plan) == [(2, "NOT_YOURS")]
    assert [one.respondent for one in plan.added] == [other]


def test_the_digest_tells_plans_apart_and_no_address(election, user, respondent):
    first = contact_list(election, user, contact_line())
    again = contact_list(election, user, contact_line())
    other = contact_list(election, user, contact_line(source="전화로 들음"))
    assert plan_of(first).digest == plan_of(again).digest != plan_of(other).digest
    assert plan_contacts(first, set()).digest != plan_of(first).digest
    assert everybody_of(election) == {respondent.pk}
