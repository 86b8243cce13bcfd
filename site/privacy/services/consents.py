"""Consents: what is given, taken back and forgotten."""

import uuid

from django.utils import timezone

from ..defaults import CONSENTS
from ..models import ConsentDefinition, ConsentRecord


def sync_default_consents() -> None:
    """Make the consent texts a petition needs where they are missing; edits are never touched."""
    present = set(ConsentDefinition.objects.values_list("slug", flat=True))
    for fields in CONSENTS:
        if fields["slug"] not in present:
            ConsentDefinition.objects.create(**fields)


def consents_of(subject: uuid.UUID) -> list[ConsentRecord]:
    """What this person was asked and chose, in the order of the texts."""
    records = ConsentRecord.objects.filter(subject=subject).select_related("version")
    return list(records.order_by("version__definition_id"))


def withdraw_consent(subject: uuid.UUID, slug: str) -> bool:
    """Take back one consent; whether one stood. Safe to call twice."""
    standing = ConsentRecord.objects.filter(
        subject=subject, slug=slug, choice=True, withdrawn_at=None
    )
    return bool(standing.update(withdrawn_at=timezone.now()))


def forget_subject(*subjects: uuid.UUID) -> None:
    """Mark all consents of people who left as withdrawn; their texts' hashes stay as proof."""
    standing = ConsentRecord.objects.filter(subject__in=subjects, withdrawn_at=None)
    standing.update(withdrawn_at=timezone.now())
