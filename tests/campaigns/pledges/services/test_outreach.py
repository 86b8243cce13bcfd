"""Asking all alike: by mail, on one day or with the reason; reminded by day, three times at most."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from campaigns.pledges.emails import INVITED, REMINDED, remind
from campaigns.pledges.exceptions import LateReasonMissingError, NotReadyToAskError
from campaigns.pledges.models import (
    Candidacy,
    ContactPoint,
    Invitation,
    PledgeRound,
    Respondent,
)
from campaigns.pledges.services.answers import begin_response
from campaigns.pledges.services.contacts import decide_contact, enter_contact
from campaigns.pledges.services.invitations import refuse_contact_of
from campaigns.pledges.services.outreach import (
    _remind,
    ask_all,
    close_round,
    note_attempt,
    ready_to_ask,
    remind_respondents,
    revoke,
)
from campaigns.pledges.services.respondents import follow_candidacies
from evidence.models import Event
from home.network.models import Region
from messaging.models import OutboxMessage
from tests.factories.home import RegionFactory
from tests.factories.pledge_agreements import contact_of, invited, respondent_of
from tests.factories.pledge_demands import demand_set, pledge_round
from tests.factories.pledges import contest_of

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
SEOUL = ZoneInfo("Asia/Seoul")
NOON = datetime(2026, 5, 1, 12, tzinfo=SEOUL)


@pytest.fixture
def ready(election):
    """Two of one contest who can be asked."""
    demand_set(election)
    pledge_round(election)
    rows = [respondent_of(election, name) for name in ("한가람", "라온")]
    for number, row in enumerate(rows):
        contact_of(row, f"camp{number}@candidate.example")
    return rows


def everybody(election):
    return Respondent.objects.filter(election=election)


def test_all_who_can_be_reached_are_asked_at_once_and_once(election, ready, user):
    respondent_of(election, "아무개")
    assert ready_to_ask(everybody(election)).count() == 2
    assert ask_all(election, everybody(election), user=user) == 2
    with pytest.raises(NotReadyToAskError):
        ask_all(election, everybody(election), user=user)
    assert OutboxMessage.objects.filter(purpose=INVITED).count() == 2
    assert Event.objects.filter(kind="invitation_sent").count() == 2
    standings = sorted(everybody(election).values_list("standing", flat=True))
    assert standings == ["asked", "asked", "no_contact"]


def test_who_comes_later_than_others_of_the_contest_needs_a_reason(election, ready, user):
    ask_all(election, [ready[0]], user=user)
    Invitation.objects.update(invited_at=timezone.now() - timedelta(days=1))
    with pytest.raises(LateReasonMissingError):
        ask_all(election, everybody(election), user=user)
    ask_all(election, everybody(election), user=user, late_reason="연락처를 늦게 찾았습니다")
    late = Invitation.objects.exclude(late_reason="").get()
    assert late.respondent == ready[1]


def test_who_agreed_on_paper_is_not_asked_again(election, ready, user):
    ready[0].standing = "agreed"
    ready[0].save()
    assert ask_all(election, everybody(election), user=user) == 1
    assert Invitation.objects.get().respondent == ready[1]


def test_who_is_asked_a_second_time_moves_once(election, ready, user):
    ask_all(election, everybody(election), user=user)
    Invitation.objects.filter(respondent=ready[0]).update(state="wrong_person")
    ask_all(election, everybody(election), user=user)
    assert Event.objects.filter(kind="invitation_sent").count() == 3
    assert Event.objects.filter(kind="standing").count() == 2


def test_after_the_last_moment_nobody_is_asked(election, ready, user):
    PledgeRound.objects.update(answers_until=timezone.now())
    with pytest.raises(NotReadyToAskError):
        ask_all(election, everybody(election), user=user)


def test_without_a_round_nobody_is_asked(election, user):
    demand_set(election)
    contact_of(respondent_of(election))
    with pytest.raises(NotReadyToAskError):
        ask_all(election, everybody(election), user=user)


def test_without_published_demands_nobody_is_asked(election, user):
    pledge_round(election)
    demand_set(election, published=False)
    contact_of(respondent_of(election))
    with pytest.raises(NotReadyToAskError):
        ask_all(election, everybody(election), user=user)


def test_who_is_asked_nothing_yet_waits_while_others_of_a_region_are_asked(election, user):
    pledge_round(election)
    busan = RegionFactory(code="26", name="부산광역시")
    there = respondent_of(election, "바다", contest=contest_of(election, region=busan))
    here = respondent_of(election, "한가람")
    for number, row in enumerate((there, here)):
        contact_of(row, f"camp{number}@candidate.example")
    demand_set(election, Region.objects.get(code="11"))
    assert ask_all(election, everybody(election), user=user) == 1
    assert Invitation.objects.get().respondent == here
    with pytest.raises(NotReadyToAskError):
        ask_all(election, everybody(election), user=user)
    demand_set(election)
    assert ask_all(election, everybody(election), user=user) == 1


def test_who_stands_no_more_is_not_reminded(election, ready, user):
    ask_all(election, everybody(election), user=user)
    Invitation.objects.update(invited_at=NOON - timedelta(days=6))
    Candidacy.objects.filter(respondent=ready[0]).update(status="withdrawn")
    follow_candidacies(election)
    assert remind_respondents(NOON) == 1
    theirs, others = (str(row.invitations.get().public_id) for row in ready)
    assert remind(theirs) is None
    assert remind(others) is not None


def test_who_was_asked_late_is_reminded_until_the_end_of_their_own(election, ready, user):
    ask_all(election, everybody(election), user=user)
    Invitation.objects.update(invited_at=NOON - timedelta(days=6), expires_at=None)
    PledgeRound.objects.update(answers_until=NOON - timedelta(days=1))
    assert remind_respondents(NOON) == 0
    ready[0].invitations.update(expires_at=NOON + timedelta(days=10))
    assert remind_respondents(NOON) == 1
    ready[0].invitations.update(expires_at=NOON)
    assert remind_respondents(NOON + timedelta(days=6)) == 0


def test_a_contact_is_entered_once_however_it_is_written(election, user):
    row = respondent_of(election)
    for value in ("Camp@Candidate.example", "camp@candidate.example"):
        enter_contact(row, kind="email", value=value, source="누리집", user=user)
    contact = ContactPoint.objects.get()
    assert (contact.state, contact.checked_by) == ("approved", user)


def test_what_a_camp_enters_itself_waits_for_a_call_back(election, user):
    row = respondent_of(election)
    contact = enter_contact(row, kind="phone", value="010-0000-0000", source="스스로", user=None)
    assert contact.state == "waiting"
    decide_contact(contact, is_theirs=False, note="사무소에 전화함", user=user)
    contact.refresh_from_db()
    assert (contact.state, contact.note) == ("refused", "사무소에 전화함")


def test_an_attempt_is_noted(election, user):
    row = respondent_of(election)
    note_attempt(row, kind="call", result="not_reached", note="", user=user)
    assert row.outreach.get().made_by == user


def test_who_wants_no_contact_gets_no_more_mail(election, user):
    invitation = sent(election, days_ago=9)
    row = invitation.respondent
    note_attempt(row, kind="call", result="wants_none", note="", user=user)
    assert row.contacts.get().state == "stopped"
    assert remind_respondents(NOON) == 0
    assert not ready_to_ask(everybody(election)).exists()


def sent(election, *, days_ago, name="한가람"):
    invitation = invited(respondent_of(election, name), email=f"{days_ago}@candidate.example")
    when = NOON - timedelta(days=days_ago)
    Invitation.objects.filter(pk=invitation.pk).update(invited_at=when, expires_at=None)
    PledgeRound.objects.update(answers_until=NOON + timedelta(days=20))
    return Invitation.objects.get(pk=invitation.pk)


def test_reminded_after_five_days_and_five_more_and_before_the_end(election):
    invitation = sent(election, days_ago=4)
    moments = [0, 1, 2, 6, 7, 17, 18, 19, 19.5]
    sent_at = [day for day in moments if remind_respondents(NOON + timedelta(days=day))]
    assert sent_at == [1, 6, 18]
    invitation.refresh_from_db()
    assert invitation.reminders == 3
    assert OutboxMessage.objects.filter(purpose=REMINDED).count() == 3


@pytest.mark.parametrize("hour", [0, 7, 21, 23])
def test_nobody_is_reminded_at_night(election, hour):
    sent(election, days_ago=9)
    assert remind_respondents(NOON.replace(hour=hour)) == 0


@pytest.mark.parametrize("state", ["answered", "signed", "declined", "bounced", "wrong_person"])
def test_who_answered_or_wants_no_more_is_left_alone(election, state):
    invitation = sent(election, days_ago=9)
    Invitation.objects.update(state=state)
    assert remind_respondents(NOON) == 0
    assert remind(str(invitation.public_id)) is None


def test_a_contact_that_was_stopped_is_not_written_to(election):
    sent(election, days_ago=9)
    ContactPoint.objects.update(state="stopped")
    assert remind_respondents(NOON) == 0


def test_a_reminder_says_that_nothing_is_lost(election):
    invitation = invited(respondent_of(election))
    begin_response(invitation)
    assert "/t/g/" in remind(str(invitation.public_id)).text


def test_silence_after_the_last_moment_is_no_answer(election, ready, user):
    ask_all(election, everybody(election), user=user)
    assert close_round() == 0
    PledgeRound.objects.update(answers_until=timezone.now())
    assert (close_round(), close_round()) == (2, 0)
    assert set(everybody(election).values_list("standing", flat=True)) == {"no_answer"}
    assert set(Invitation.objects.values_list("state", flat=True)) == {"expired"}


def test_a_revoked_invitation_can_be_made_anew(election, ready, user):
    ask_all(election, everybody(election), user=user)
    invitation = Invitation.objects.get(respondent=ready[0])
    for _ in range(2):
        revoke(invitation, user=user)
    assert ready_to_ask(everybody(election)).get() == ready[0]
    assert Event.objects.filter(kind="invitation_revoked").count() == 1


def test_of_two_workers_one_reminds(election):
    invitation = sent(election, days_ago=9)
    assert _remind(invitation, NOON)
    assert not _remind(invitation, NOON)


def test_refusing_twice_is_refusing_once(election):
    invitation = invited(respondent_of(election))
    for _ in range(2):
        refuse_contact_of(invitation)
    assert Event.objects.filter(kind="wrong_person").count() == 1


def test_who_is_found_late_gets_a_last_moment_of_their_own(election, ready, user):
    now = timezone.now()
    election.vote_on = timezone.localdate() + timedelta(days=30)
    election.save()
    PledgeRound.objects.update(answers_until=now - timedelta(hours=1))
    for until in (None, now - timedelta(hours=2), now + timedelta(days=31)):
        with pytest.raises(NotReadyToAskError):
            ask_all(election, everybody(election), user=user, until=until)
    until = now + timedelta(days=5)
    assert ask_all(election, everybody(election), user=user, until=until) == 2
    assert set(Invitation.objects.values_list("expires_at", flat=True)) == {until}
