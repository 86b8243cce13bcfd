"""A breach: people are told within 72 hours, the case closes only when all of it is said."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from evidence.services import record_event
from messaging.services import asked_among, enqueue

from ..emails import BREACH_TOLD
from ..exceptions import BreachClosedError, BreachIncompleteError, NoticeStaysError
from ..models import BreachCase
from ..registry import data_set_named
from .apart import retained_members

BREACH_CHAIN = "breach"
BATCH = 500


def _locked(case_id: int) -> BreachCase:
    case = BreachCase.objects.select_for_update().get(pk=case_id)
    if case.closed_at:
        raise BreachClosedError
    return case


def _complete(case: BreachCase) -> None:
    if missing := case.untold:
        raise BreachIncompleteError(missing)


@transaction.atomic
def start_telling(case_id: int, *, actor: str) -> bool:
    """Begin to mail everybody in the case's data set; whether this began it.

    Refuses with BreachIncompleteError and BreachClosedError. Safe to call twice.
    """
    case = _locked(case_id)
    _complete(case)
    if case.mailing_started_at:
        return False
    case.mailing_started_at = timezone.now()
    case.save(update_fields=["mailing_started_at"])
    _record(case, "telling", actor)
    return True


def tell_people(case_id: int, after: str = "") -> None:
    """Queue a mail to each person, batch by batch. Safe to be killed and to run again.

    A person whose mail is queued already gets no second one: the outbox key is the same.
    """
    case = BreachCase.objects.get(pk=case_id)
    for members in (data_set_named(case.data_set).members, retained_members(case.data_set)):
        while members and (keys := members(after, BATCH)):
            _tell(case, [f"{case.pk}:{key}" for key in keys])
            after = keys[-1]
        after = ""
    BreachCase.objects.filter(pk=case_id).update(mailing_ended_at=timezone.now())


@transaction.atomic
def _tell(case: BreachCase, subjects: list[str]) -> None:
    asked = asked_among(BREACH_TOLD, subjects)
    new = [subject for subject in subjects if subject not in asked]
    for subject in new:
        enqueue(BREACH_TOLD, subject)
    BreachCase.objects.filter(pk=case.pk).update(mailed=F("mailed") + len(new))


@transaction.atomic
def publish_notice(case_id: int, *, actor: str) -> None:
    """Tell it on the site, for thirty days at least. Refuses as ``start_telling`` does."""
    case = _locked(case_id)
    _complete(case)
    if case.published_at is None:
        case.published_at = timezone.now()
        case.save(update_fields=["published_at"])
        _record(case, "published", actor)


@transaction.atomic
def withdraw_notice(case_id: int, *, actor: str) -> None:
    """Take the notice down. Refuses with NoticeStaysError before its thirty days are over."""
    case = BreachCase.objects.select_for_update().get(pk=case_id)
    if case.shown_until is None:
        return
    if timezone.now() < case.shown_until:
        raise NoticeStaysError
    case.published_at = None
    case.save(update_fields=["published_at"])
    _record(case, "withdrawn", actor)


@transaction.atomic
def close_case(case_id: int, *, user: User, outcome: str) -> None:
    """End a case. One in which data leaked ends only once people were told all six items.

    Refuses with BreachIncompleteError and BreachClosedError.
    """
    case = _locked(case_id)
    if outcome == BreachCase.Outcome.LEAKED:
        _complete(case)
        if case.told_at is None:
            raise BreachIncompleteError(["told_at"])
        if case.must_be_reported and not case.report_reference:
            raise BreachIncompleteError(["report_reference"])
    case.outcome, case.closed_at, case.closed_by = outcome, timezone.now(), user
    case.save(update_fields=["outcome", "closed_at", "closed_by"])
    _record(case, "closed", str(user.pk), {"outcome": outcome})


def _record(
    case: BreachCase, kind: str, actor: str, values: dict[str, object] | None = None
) -> None:
    record_event(
        subject_type=BREACH_CHAIN,
        subject_id=str(case.public_id),
        kind=kind,
        actor=actor,
        values=values or {},
    )
