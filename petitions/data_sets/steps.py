"""What happened to signatures, as their owners may know it: by whose hand, never by whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from evidence.models import Event
from rights.registry import Step

from ..models import Invitation, Signature
from ..panels import KINDS
from ..services.correct import OWNER
from ..services.rows import EVIDENCE_SUBJECT


def steps_of(rows: Sequence[Signature]) -> dict[str, list[Step]]:
    """By public id, oldest first; two queries however many rows there are."""
    steps: dict[str, list[Step]] = defaultdict(list)
    for key, step in [*_on_record(rows), *_invitations(rows)]:
        steps[key].append(step)
    return {key: sorted(of_row, key=lambda step: step.at) for key, of_row in steps.items()}


def _on_record(rows: Iterable[Signature]) -> Iterable[tuple[str, Step]]:
    events = Event.objects.filter(
        subject_type=EVIDENCE_SUBJECT, subject_id__in=[str(row.public_id) for row in rows]
    )
    for event in events.select_related("payload").order_by("sequence"):
        payload = getattr(event, "payload", None)
        yield (
            event.subject_id,
            Step(
                what=str(KINDS.get(event.kind, event.kind)),
                at=event.occurred_at,
                who=_("yourself") if event.actor == OWNER else _("the office"),
                reason=payload.values.get("reason", "") if payload else "",
            ),
        )


def _invitations(rows: Iterable[Signature]) -> Iterable[tuple[str, Step]]:
    """Being asked to sign the next petition, and having done so."""
    asked = Invitation.objects.filter(signature__in=rows)
    for each in asked.select_related("signature", "continuation__new"):
        key, values = str(each.signature.public_id), {"title": each.continuation.new.title}
        told = _("Asked to sign: %(title)s") % values
        yield key, Step(told, each.invited_at, _("the office"))
        if each.continued_at:
            yield key, Step(_("Signed on: %(title)s") % values, each.continued_at, _("yourself"))
