"""What staff do with one respondent's answers: hold a comment back, open the answers again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from home.publishing import bump_public_version
from messaging.services import enqueue

from ..emails import INVITED
from ..emails.agreements import COMMENT_HELD, tell_all
from ..exceptions import ResponseBusyError
from ..models import ContactPoint, DemandAnswer, Invitation, PledgeAgreement, PublicNote, Response
from .chain import record_step_of
from .notes import write_note


@transaction.atomic
def hold_comment(answer: DemandAnswer, reason: str, *, user: User) -> None:
    """Keep a comment from the public, and tell its author why; the answer itself stays public."""
    row = _lock_answer(answer)
    if row.held_reason == reason:
        return
    row.held_reason = reason
    row.save(update_fields=["held_reason"])
    _record(row, "comment_held", user)
    tell_all(COMMENT_HELD, row.response.respondent, row.pk)


@transaction.atomic
def release_comment(answer: DemandAnswer, *, user: User) -> None:
    """Let the public read it again."""
    row = _lock_answer(answer)
    if not row.held_reason:
        return
    row.held_reason = ""
    row.save(update_fields=["held_reason"])
    _record(row, "comment_released", user)


def _lock_answer(answer: DemandAnswer) -> DemandAnswer:
    rows = DemandAnswer.objects.select_for_update(of=("self",))
    return rows.select_related("response__respondent__election", "demand").get(pk=answer.pk)


def _record(row: DemandAnswer, kind: str, user: User) -> None:
    record_step_of(row.response.respondent, kind, str(user.pk), {"demand": str(row.demand.key)})
    bump_public_version()


@transaction.atomic
def reopen_answers(response: Response, reason: str, *, until: datetime, user: User) -> Response:
    """Let one respondent answer and sign anew, for all to read; an agreement in force holds on.

    Raises ResponseBusyError where answers are open, or signed ones wait for the coalition.
    """
    rows = Response.objects.select_for_update(of=("self",))
    row = rows.select_related("respondent__election", "respondent__candidacy").get(pk=response.pk)
    waiting = row.agreements.filter(state=PledgeAgreement.State.SIGNED)
    if row.state in Response.OPEN or waiting.exists() or until <= timezone.now():
        raise ResponseBusyError
    row.state = Response.State.REOPENED
    row.save(update_fields=["state"])
    _open_links(row, until)
    actor = str(user.pk)
    record_step_of(row.respondent, "answers_reopened", actor, {"until": until.isoformat()})
    write_note(row.respondent, PublicNote.Kind.REOPENED, reason, actor=actor)
    return row


def _open_links(response: Response, until: datetime) -> None:
    """What the respondent was invited by works until then, with a new link."""
    living = response.respondent.invitations.exclude(state__in=Invitation.DEAD)
    living.update(state=Invitation.State.VERIFIED, expires_at=until)
    by_mail = living.filter(
        contact__kind=ContactPoint.Kind.EMAIL, contact__state=ContactPoint.State.APPROVED
    )
    for invitation in by_mail:
        enqueue(INVITED, str(invitation.public_id))
