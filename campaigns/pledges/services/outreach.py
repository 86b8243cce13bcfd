"""Finding a way to respondents, and asking all of them alike."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from messaging.services import enqueue, enqueue_all

from ..emails import INVITED, REMINDED
from ..exceptions import LateReasonMissingError, NotReadyToAskError
from ..models import (
    ContactPoint,
    Contest,
    Election,
    Invitation,
    OutreachEntry,
    PledgeRound,
    Respondent,
    Response,
)
from ..tokens import revoke_invitation
from .chain import SYSTEM, Step, record_step_of, record_steps_of
from .contacts import own_addresses
from .demands import with_demands
from .respondents import BATCH, MAY_BE_ASKED, ask_standings, move_standing

ContactState = ContactPoint.State
State, Standing = Invitation.State, Respondent.Standing

AGAIN = timedelta(days=5)
LAST = timedelta(days=2)
MOST = 3
DAY_BEGINS, DAY_ENDS = time(8), time(21)  # nobody is reminded at night
ANSWERED = (Response.State.SUBMITTED, Response.State.DECLINED)
UNANSWERED = (State.SENT, State.OPENED, State.VERIFIED)


@transaction.atomic
def note_attempt(
    respondent: Respondent, *, kind: str, result: str, note: str, user: User
) -> OutreachEntry:
    """A call, a visit, a text or a letter, and what came of it.

    Who wants no contact gets no more mail, reminders included.
    """
    now = timezone.now()
    if result == OutreachEntry.Result.WANTS_NONE:
        in_use = respondent.contacts.filter(state__in=[ContactState.APPROVED, ContactState.WAITING])
        in_use.update(state=ContactState.STOPPED, checked_by=user, checked_at=now)
    return OutreachEntry.objects.create(
        respondent=respondent,
        kind=kind,
        result=result,
        note=note or None,
        tried_at=now,
        made_by=user,
        made_at=now,
    )


def ready_to_ask(rows: "QuerySet[Respondent]") -> "QuerySet[Respondent]":
    """Of these, who can be asked by mail now and was not asked yet."""
    theirs = ContactPoint.objects.filter(respondent=OuterRef("pk"), state=ContactState.APPROVED)
    living = rows.filter(standing__in=MAY_BE_ASKED).filter(Exists(own_addresses(theirs)))
    asked = Invitation.objects.exclude(state__in=Invitation.DEAD).values("respondent")
    return living.exclude(pk__in=asked)


@transaction.atomic
def ask_all(
    election: Election,
    rows: Iterable[Respondent],
    *,
    user: User,
    late_reason: str = "",
    until: datetime | None = None,
) -> int:
    """Invite by mail, all at once; returns how many mails go out. Pressed twice, each goes once.

    Who is asked nothing yet waits: no mail leads to a page without a demand.
    ``until`` is a last moment of their own for those whose contact was found late: after that of
    the round, before election day. Raises NotReadyToAskError without a round or demands, or where
    the last moment is over; LateReasonMissingError where others of a contest were asked on an
    earlier day and nobody says why these were not.
    """
    asked = PledgeRound.objects.filter(election=election).first()
    if asked is None or not _has_time(asked, until):
        raise NotReadyToAskError
    keys = [row.pk for row in rows]
    locked = Respondent.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    rows = with_demands(Respondent.objects.filter(pk__in=[row.pk for row in locked]), election)
    ready = list(ready_to_ask(rows))
    if not ready:
        raise NotReadyToAskError
    late = asked_earlier(ready)
    if late and not late_reason.strip():
        raise LateReasonMissingError
    made = _invite(ready, late, late_reason, user, until)
    steps: list[Step] = [(row.respondent, "invitation_sent", _said_of(row)) for row in made]
    record_steps_of(election, str(user.pk), [*steps, *ask_standings(ready)])
    enqueue_all(INVITED, [str(invitation.public_id) for invitation in made])
    return len(made)


def _has_time(asked: PledgeRound, until: datetime | None) -> bool:
    now = timezone.now()
    if until is None:
        return now < asked.answers_until
    election_day = timezone.localtime(until).date() < asked.election.vote_on
    return max(now, asked.answers_until) < until and election_day


def asked_earlier(rows: Sequence[Respondent]) -> set[int]:
    """Of these, those of whose contest somebody was asked on an earlier day."""
    today = timezone.localdate()
    before = Contest.objects.filter(
        candidacies__respondent__invitations__invited_at__date__lt=today
    )
    keys = [row.pk for row in rows]
    late = Respondent.objects.filter(pk__in=keys, candidacy__contest__in=before)
    return set(late.values_list("pk", flat=True))


def _invite(
    rows: Sequence[Respondent],
    late: Collection[int],
    late_reason: str,
    user: User,
    until: datetime | None,
) -> list[Invitation]:
    """One each, to the address that was entered first."""
    now = timezone.now()
    in_use = ContactPoint.objects.filter(respondent__in=rows, state=ContactState.APPROVED)
    contacts = {one.respondent_id: one for one in own_addresses(in_use).order_by("-pk")}
    made = [
        Invitation(
            respondent=row,
            channel=Invitation.Channel.MAIL,
            contact=contacts[row.pk],
            state=State.SENT,
            invited_at=now,
            expires_at=until,
            late_reason=late_reason if row.pk in late else "",
            made_by=user,
            made_at=now,
        )
        for row in rows
    ]
    return Invitation.objects.bulk_create(made, batch_size=BATCH)


def _said_of(invitation: Invitation) -> dict[str, object]:
    return {
        "invitation": str(invitation.public_id),
        "channel": invitation.channel,
        "late": bool(invitation.late_reason),
    }


def remind_respondents(now: datetime | None = None) -> int:
    """Remind who has not answered: after five days, five more, and two days before the end.

    At most three times, by day only; who answered, declined or wants no more mail is left alone.
    """
    now = now or timezone.now()
    if not DAY_BEGINS <= timezone.localtime(now).time() < DAY_ENDS:
        return 0
    rows = Invitation.objects.filter(
        state__in=UNANSWERED,
        reminders__lt=MOST,
        contact__state=ContactState.APPROVED,
        respondent__election__round__isnull=False,
    ).select_related("respondent__election")
    # What a delegate handed in is the answer of both; who stands no more is asked nothing.
    rows = rows.exclude(respondent__response__state__in=ANSWERED)
    rows = rows.exclude(respondent__standing=Standing.LEFT)
    ends = dict(PledgeRound.objects.values_list("election_id", "answers_until"))
    due = (row for row in rows if _is_due(row, _end_of(row, ends), now))
    return sum(_remind(row, now) for row in due)


def _end_of(invitation: Invitation, ends: Mapping[int, datetime]) -> datetime:
    """The last moment of the round, or a later one of their own."""
    end = ends[invitation.respondent.election_id]
    return max(end, invitation.expires_at or end)


def _is_due(invitation: Invitation, end: datetime, now: datetime) -> bool:
    last = invitation.reminded_at or invitation.invited_at
    assert last is not None
    if now >= end:
        return False
    if invitation.reminders < MOST - 1:
        return now - last >= AGAIN and now < end - LAST
    return now >= end - LAST and now - last >= timedelta(days=1)


@transaction.atomic
def _remind(invitation: Invitation, now: datetime) -> bool:
    fresh = Invitation.objects.filter(
        pk=invitation.pk, reminders=invitation.reminders, state__in=UNANSWERED
    )
    if not fresh.update(reminders=invitation.reminders + 1, reminded_at=now):
        return False
    said = {"invitation": str(invitation.public_id), "number": invitation.reminders + 1}
    record_step_of(invitation.respondent, "invitation_reminded", SYSTEM, said)
    enqueue(REMINDED, str(invitation.public_id))
    return True


def close_round(now: datetime | None = None) -> int:
    """After the last moment to answer: who was asked and said nothing stands as no answer.

    Whoever was asked late and has a moment of their own is waited for until then.
    """
    now = now or timezone.now()
    own_end = Invitation.objects.exclude(state__in=Invitation.DEAD).filter(
        respondent=OuterRef("pk"), expires_at__gt=now
    )
    silent = Respondent.objects.filter(
        standing=Standing.ASKED, election__round__answers_until__lte=now
    ).exclude(Exists(own_end))
    return sum(_close(row) for row in list(silent))


@transaction.atomic
def _close(respondent: Respondent) -> bool:
    move_standing(respondent, Standing.NO_ANSWER, actor=SYSTEM)
    respondent.invitations.filter(state__in=UNANSWERED).update(state=State.EXPIRED)
    return True


@transaction.atomic
def revoke(invitation: Invitation, *, user: User) -> None:
    """The link leads nowhere from now on, and the respondent can be asked anew."""
    dead = Invitation.objects.filter(pk=invitation.pk).exclude(state__in=Invitation.DEAD)
    if dead.update(state=State.REVOKED):
        revoke_invitation(invitation)
        said = {"invitation": str(invitation.public_id)}
        record_step_of(invitation.respondent, "invitation_revoked", str(user.pk), said)
