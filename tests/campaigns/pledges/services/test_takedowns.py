"""What is taken down goes at once, is told to who wrote it, and can be objected to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.pledges.emails.takedowns import TAKEN_DOWN, tell_author
from campaigns.pledges.exceptions import (
    NothingToTakeDownError,
    ObjectionLateError,
    TakedownDecidedError,
)
from campaigns.pledges.models import PublicNote, Takedown
from campaigns.pledges.services.guards import is_released
from campaigns.pledges.services.takedowns import (
    decide_objection,
    enter_objection,
    note_told,
    take_board_down,
    take_comment_down,
    take_page_down,
    take_statement_down,
)
from evidence.models import Event
from messaging.models import OutboxMessage
from tests.factories.pledge_guards import (
    WORDS,
    answer_of,
    approved_mail,
    coming_election,
    declined_response,
    prepared_election,
    released_board,
    request_of,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

Outcome = Takedown.Outcome


def mails():
    return list(OutboxMessage.objects.filter(purpose=TAKEN_DOWN).values_list("subject", flat=True))


@pytest.mark.sqlite_smoke
def test_a_comment_goes_its_answer_stays_and_its_author_is_told(user):
    answer = answer_of(prepared_election())
    approved_mail(answer.response.respondent, "camp@one.example")

    row = take_comment_down(answer, request_of(), user=user)

    answer.refresh_from_db()
    assert (answer.choice, answer.held_reason) == ("accept_partly", WORDS)
    assert mails() == [str(row.public_id)]
    assert row.objection_until == timezone.localdate() + timedelta(days=3)
    note = PublicNote.objects.get(respondent=answer.response.respondent)
    assert (note.kind, note.reason) == ("takedown", WORDS)
    assert Event.objects.get(kind="takedown").actor == str(user.pk)
    mail = tell_author(mails()[0])
    assert (mail.to, WORDS in mail.text, WORDS in mail.html) == ("camp@one.example", True, True)


def test_a_statement_goes(user):
    response = declined_response(coming_election())
    approved_mail(response.respondent, "camp@two.example")

    take_statement_down(response, request_of(), user=user)

    response.refresh_from_db()
    assert response.statement_held_reason == WORDS
    assert tell_author(mails()[0]).to == "camp@two.example"


def test_a_board_goes_and_who_published_it_is_told(user):
    election = prepared_election()
    released_board(election, user)

    take_board_down(election, request_of(), user=user)

    assert not is_released(election)
    assert tell_author(mails()[0]).to == user.email


def test_a_page_goes_and_its_author_is_told(user, campaign_page):
    campaign_page.owner = user
    campaign_page.save()

    row = take_page_down(coming_election(), campaign_page, request_of(), user=user)

    campaign_page.refresh_from_db()
    assert not campaign_page.live
    assert row.page_title == campaign_page.title
    assert campaign_page.title in tell_author(mails()[0]).text


def test_what_is_not_there_is_not_taken_down(user, campaign_page):
    election = prepared_election()
    answer, response = answer_of(election), declined_response(election)
    campaign_page.unpublish()
    take_comment_down(answer, request_of(), user=user)
    take_statement_down(response, request_of(), user=user)

    for take, what in (
        (take_board_down, (election,)),
        (take_comment_down, (answer,)),
        (take_statement_down, (response,)),
        (take_page_down, (election, campaign_page)),
    ):
        with pytest.raises(NothingToTakeDownError):
            take(*what, request_of(), user=user)


def test_without_an_address_staff_tell_and_note_it(user):
    row = take_statement_down(declined_response(coming_election()), request_of(), user=user)
    assert (row.told_at, mails()) == (None, [])

    note_told(row, "사무실 전화")

    row.refresh_from_db()
    assert row.told_how == "사무실 전화"
    with pytest.raises(TakedownDecidedError):
        note_told(row, "다시")


def test_an_address_that_went_since_gets_nothing(user):
    answer = answer_of(prepared_election())
    contact = approved_mail(answer.response.respondent, "camp@one.example")
    row = take_comment_down(answer, request_of(), user=user)

    contact.delete()

    assert tell_author(str(row.public_id)) is None
    assert tell_author("00000000-0000-0000-0000-000000000000") is None


def test_a_page_of_nobody_tells_nobody(user, campaign_page):
    row = take_page_down(coming_election(), campaign_page, request_of(), user=user)

    assert row.told_at is None


def test_once_the_page_is_gone_its_author_is_not_told(user, campaign_page):
    row = take_page_down(coming_election(), campaign_page, request_of(), user=user)
    campaign_page.delete()

    assert tell_author(str(row.public_id)) is None


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize(("is_upheld", "held"), [(True, ""), (False, WORDS)])
def test_an_objection_that_is_upheld_shows_it_again(user, is_upheld, held):
    answer = answer_of(prepared_election())
    row = take_comment_down(answer, request_of(), user=user)
    enter_objection(row, "사실입니다.", user=user)

    decide_objection(row, is_upheld=is_upheld, words="위원회 결정", user=user)

    answer.refresh_from_db()
    row.refresh_from_db()
    assert answer.held_reason == held
    assert row.outcome == (Outcome.RESTORED if is_upheld else Outcome.REFUSED)
    notes = answer.response.respondent.notes.filter(kind="correction")
    assert ["위원회 결정" in note.reason for note in notes] == [True] * is_upheld
    with pytest.raises(TakedownDecidedError):
        decide_objection(row, is_upheld=False, words="다시", user=user)


def test_after_three_days_nobody_can_object(user):
    row = take_statement_down(declined_response(coming_election()), request_of(), user=user)
    row.objection_until = timezone.localdate() - timedelta(days=1)
    row.save()

    with pytest.raises(ObjectionLateError):
        enter_objection(row, "늦었습니다.", user=user)


def test_one_objects_once(user):
    row = take_statement_down(declined_response(coming_election()), request_of(), user=user)
    enter_objection(row, "사실입니다.", user=user)

    with pytest.raises(TakedownDecidedError):
        enter_objection(row, "다시", user=user)


def test_a_statement_that_was_right_is_shown_again(user):
    response = declined_response(coming_election())
    row = take_statement_down(response, request_of(), user=user)
    enter_objection(row, "사실입니다.", user=user)

    decide_objection(row, is_upheld=True, words="위원회 결정", user=user)

    response.refresh_from_db()
    assert response.statement_held_reason == ""
    assert response.respondent.notes.filter(kind="correction").count() == 1
