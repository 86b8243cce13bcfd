"""Changes of rights on record: on the chain of the account or role, words erasable."""

from django.contrib.auth.models import Group
from django.db import models

from evidence.models import Event
from evidence.services import record_event

from ..models import RIGHTS_SUBJECT, User
from .actors import current_actor, current_reason

REVIEW = "review"
REVIEWED = "reviewed"


def subject_of(thing: models.Model) -> str:
    """The chain on which a thing's changes stand: ``user-7``, ``group-3``."""
    return f"{thing._meta.model_name}-{thing.pk}"


def record_change(about: User | Group, kind: str, what: str = "") -> Event:
    """Put a change of somebody's, or of a role's, rights on record, with who did it and why."""
    return _record(subject_of(about), kind, name=str(about), what=what)


def record_review(*, actor: User, note: str, staff: list[str]) -> Event:
    """Put on record that somebody looked through who has which role, and what stood there."""
    values: dict[str, object] = {"name": "", "what": "; ".join(staff), "reason": note}
    return record_event(
        subject_type=RIGHTS_SUBJECT,
        subject_id=REVIEW,
        kind=REVIEWED,
        actor=str(actor.pk),
        values=values,
    )


def last_review() -> Event | None:
    reviews = Event.objects.filter(subject_type=RIGHTS_SUBJECT, subject_id=REVIEW)
    return reviews.order_by("-sequence").first()


def _record(subject: str, kind: str, *, name: str, what: str) -> Event:
    return record_event(
        subject_type=RIGHTS_SUBJECT,
        subject_id=subject,
        kind=kind,
        actor=current_actor(),
        values={"name": name, "what": what, "reason": current_reason()},
    )
