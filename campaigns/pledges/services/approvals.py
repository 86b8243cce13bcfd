"""Cards, prints and mails that name candidates before an election (공직선거법 art. 90, 93)."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User

from ..exceptions import ApprovalDecidedError
from ..models import Approval, Election
from .chain import record_step
from .timetable import campaign_begins_on

Period, Decision = Approval.Period, Approval.State
GUARDED = timedelta(days=120)


def guarded_elections(day: date | None = None) -> QuerySet[Election]:
    """Elections in whose 120 days a day lies, the nearest first."""
    day = day or timezone.localdate()
    return Election.objects.filter(vote_on__gte=day, vote_on__lte=day + GUARDED).order_by("vote_on")


def period_of(election: Election, day: date | None = None) -> str:
    """The guarded period that a day lies in; empty outside of both."""
    day = day or timezone.localdate()
    if not election.vote_on - GUARDED <= day <= election.vote_on:
        return ""
    return Period.CAMPAIGN if day >= campaign_begins_on(election) else Period.GUARDED


def needs_approval(kind: str, election: Election, day: date | None = None) -> bool:
    """Whether what names candidates waits for somebody's approval on this day (art. 90, 93)."""
    period = period_of(election, day)
    if not period:
        return False
    given = Approval.objects.filter(election=election, kind=kind, period=period)
    return not given.filter(state=Decision.APPROVED).exists()


@transaction.atomic
def ask_approval(kind: str, election: Election, *, text: str, user: User) -> Approval:
    """Ask for the period of today, or outside of both for the one that comes first.

    Raises ApprovalDecidedError where one waits or is given.
    """
    try:
        with transaction.atomic():
            return Approval.objects.create(
                election=election,
                kind=kind,
                period=period_of(election) or Period.GUARDED,
                text=text,
                asked_by=user,
                asked_at=timezone.now(),
            )
    except IntegrityError as error:
        raise ApprovalDecidedError from error


@transaction.atomic
def decide_approval(approval: Approval, *, is_approved: bool, reason: str, user: User) -> Approval:
    """Raises ApprovalDecidedError."""
    rows = Approval.objects.select_for_update(of=("self",)).select_related("election")
    approval = rows.get(pk=approval.pk)
    if approval.state != Decision.WAITING:
        raise ApprovalDecidedError
    approval.state = Decision.APPROVED if is_approved else Decision.REFUSED
    approval.reason, approval.decided_by, approval.decided_at = reason, user, timezone.now()
    approval.save()
    record_step(
        approval.election,
        "approval_given" if is_approved else "approval_refused",
        str(user.pk),
        {"approval": approval.pk, "kind": approval.kind, "period": approval.period},
    )
    return approval


def nearest_election() -> Election | None:
    """The election that comes next; after the last one, that."""
    coming = Election.objects.filter(vote_on__gte=timezone.localdate()).order_by("vote_on").first()
    return coming or Election.objects.order_by("-vote_on").first()


def days_of_elections() -> list[date]:
    """Coming election days, for rooms that know no elections."""
    coming = Election.objects.filter(vote_on__gte=timezone.localdate())
    return list(coming.values_list("vote_on", flat=True))
