"""게시 중단: what goes off the site, why and when; who was told, who objected (art. 82-4)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from accounts.models import User
from home.dates import korean_date
from home.publishing import bump_public_version
from messaging.services import enqueue

from ..emails.takedowns import TAKEN_DOWN, author_of
from ..exceptions import (
    NothingToTakeDownError,
    ObjectionLateError,
    TakedownDecidedError,
)
from ..models import (
    DemandAnswer,
    Election,
    PublicNote,
    Respondent,
    Response,
    Takedown,
)
from .chain import record_step
from .demands import label_of
from .guards import end_release
from .notes import write_note

# From the day on which it went off: three days, the last of them whole.
OBJECTION_DAYS = 3
PUBLIC_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HELD, NOTED = 200, 500
Target, Outcome = Takedown.Target, Takedown.Outcome


@dataclass(frozen=True)
class Request:
    """Why something shall go, who asked when."""

    reason: str
    words: str
    asked_at: datetime
    reference: str = ""


def response_at(election: Election, address: str) -> Response:
    """Whose page lies at an address that staff copied. Raises NothingToTakeDownError."""
    key = PUBLIC_ID.search(address)
    if key is None:
        raise NothingToTakeDownError
    rows = Response.objects.select_related("respondent__election")
    found = rows.filter(respondent__election=election, respondent__public_id=key.group()).first()
    if found is None:
        raise NothingToTakeDownError
    return found


def answer_at(election: Election, address: str, number: str) -> DemandAnswer:
    """The answer to the demand that the page calls so. Raises NothingToTakeDownError."""
    response = response_at(election, address)
    rows = response.answers.select_related(
        "demand__version__demand_set__region", "response__respondent__election"
    )
    wanted = "".join(number.split())
    for row in rows:
        if "".join(label_of(row.demand).split()) == wanted:
            return row
    raise NothingToTakeDownError


@transaction.atomic
def take_board_down(election: Election, request: Request, *, user: User) -> Takedown:
    """The whole board. Raises NothingToTakeDownError where it is not public."""
    if not end_release(election, reason=request.words[:300], user=user):
        raise NothingToTakeDownError
    return _write_down(Takedown(election=election, target=Target.BOARD), request, user)


@transaction.atomic
def take_comment_down(answer: DemandAnswer, request: Request, *, user: User) -> Takedown:
    """One comment; the answer itself stays. Raises NothingToTakeDownError."""
    rows = DemandAnswer.objects.filter(pk=answer.pk, held_reason="").filter(comment__isnull=False)
    if not rows.update(held_reason=request.words[:HELD]):
        raise NothingToTakeDownError
    respondent = answer.response.respondent
    row = Takedown(election=respondent.election, target=Target.COMMENT, answer=answer)
    _note(respondent, request, user)
    return _write_down(row, request, user)


@transaction.atomic
def take_statement_down(response: Response, request: Request, *, user: User) -> Takedown:
    """What somebody says to everything at once. Raises NothingToTakeDownError."""
    rows = Response.objects.filter(pk=response.pk, statement_held_reason="")
    if not rows.filter(statement__isnull=False).update(statement_held_reason=request.words[:HELD]):
        raise NothingToTakeDownError
    respondent = response.respondent
    row = Takedown(election=respondent.election, target=Target.STATEMENT, response=response)
    _note(respondent, request, user)
    return _write_down(row, request, user)


@transaction.atomic
def take_page_down(election: Election, page: Page, request: Request, *, user: User) -> Takedown:
    """A page of the site. Raises NothingToTakeDownError where it is not public."""
    specific = Page.objects.select_for_update().get(pk=page.pk).specific
    if not specific.live:
        raise NothingToTakeDownError
    # Without delay: whoever may take down needs no right on the page besides.
    UnpublishPageAction(specific, user=user).execute(skip_permission_checks=True)
    row = Takedown(
        election=election, target=Target.PAGE, page=page, page_title=specific.title[:255]
    )
    return _write_down(row, request, user)


def _note(respondent: Respondent, request: Request, user: User) -> None:
    PublicNote.objects.create(
        respondent=respondent,
        kind=PublicNote.Kind.TAKEDOWN,
        reason=request.words,
        noted_on=timezone.localdate(),
        made_by=user,
        made_at=timezone.now(),
    )


def _write_down(row: Takedown, request: Request, user: User) -> Takedown:
    row.reason, row.words, row.reference = request.reason, request.words, request.reference
    row.asked_at, row.taken_at, row.made_by = request.asked_at, timezone.now(), user
    row.objection_until = timezone.localdate() + timedelta(days=OBJECTION_DAYS)
    row.save()
    values = {"takedown": str(row.public_id), "target": row.target, "reason": row.reason}
    record_step(row.election, "takedown", str(user.pk), values)
    bump_public_version()
    _tell_author(row)
    return row


def _tell_author(row: Takedown) -> None:
    """By mail where there is an address; else staff see that somebody must be told."""
    if author_of(row) is None:
        return
    enqueue(TAKEN_DOWN, str(row.public_id))
    row.told_at, row.told_how = timezone.now(), "mail"
    row.save(update_fields=["told_at", "told_how"])


@transaction.atomic
def note_told(row: Takedown, how: str) -> None:
    """Somebody told the author in another way. Raises TakedownDecidedError if they were told."""
    told = Takedown.objects.filter(pk=row.pk, told_at=None)
    if not told.update(told_at=timezone.now(), told_how=how):
        raise TakedownDecidedError


@transaction.atomic
def enter_objection(row: Takedown, words: str, *, user: User) -> None:
    """The author objects. Raises ObjectionLateError, TakedownDecidedError."""
    row = _lock(row, Outcome.NONE)
    if timezone.localdate() > row.objection_until:
        raise ObjectionLateError
    _decide(row, Outcome.OBJECTED, words, user)


@transaction.atomic
def decide_objection(row: Takedown, *, is_upheld: bool, words: str, user: User) -> None:
    """What became of it; a comment or statement is shown again. Raises TakedownDecidedError.

    A page or board is published again by whoever may, in the usual way.
    """
    row = _lock(row, Outcome.OBJECTED)
    _decide(row, Outcome.RESTORED if is_upheld else Outcome.REFUSED, words, user)
    if is_upheld and row.answer is not None:
        DemandAnswer.objects.filter(pk=row.answer.pk).update(held_reason="")
        _note_restored(row, row.answer.response.respondent, user)
    if is_upheld and row.response is not None:
        Response.objects.filter(pk=row.response.pk).update(statement_held_reason="")
        _note_restored(row, row.response.respondent, user)


def _note_restored(row: Takedown, respondent: Respondent, user: User) -> None:
    """Beside the note that it was taken down, or that one would go on saying so."""
    told = _("What was taken down on %(day)s is shown again: %(words)s")
    words = told % {
        "day": korean_date(timezone.localdate(row.taken_at)),
        "words": row.outcome_words,
    }
    write_note(respondent, PublicNote.Kind.CORRECTION, words[:NOTED], actor=str(user.pk))


def _lock(row: Takedown, outcome: str) -> Takedown:
    rows = Takedown.objects.select_for_update(of=("self",)).select_related("election")
    row = rows.get(pk=row.pk)
    if row.outcome != outcome:
        raise TakedownDecidedError
    return row


def _decide(row: Takedown, outcome: str, words: str, user: User) -> None:
    row.outcome, row.outcome_words, row.outcome_at = outcome, words, timezone.now()
    row.save(update_fields=["outcome", "outcome_words", "outcome_at"])
    values = {"takedown": str(row.public_id), "outcome": outcome}
    record_step(row.election, "takedown", str(user.pk), values)
    bump_public_version()
