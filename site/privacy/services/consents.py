"""Consents: what is given, taken back and forgotten."""

import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from evidence.services import record_event

from ..defaults import CONSENTS
from ..models import ConsentDefinition, ConsentRecord, ConsentVersion
from ..registry import consent_listeners

CONSENT_CHAIN = "consent"
OWNER = "owner"


def sync_default_consents(
    texts: Sequence[Mapping[str, str]] = CONSENTS, *, tool: str = "petitions"
) -> None:
    """Make the consent texts a tool needs where they are missing; edits are never touched."""
    present = set(ConsentDefinition.objects.values_list("slug", flat=True))
    for fields in texts:
        if fields["slug"] not in present:
            ConsentDefinition.objects.create(tool=tool, **fields)


def consents_of(subject: uuid.UUID) -> list[ConsentRecord]:
    """What this person was asked and chose, in the order of the texts."""
    records = ConsentRecord.objects.filter(subject=subject).select_related("version")
    return list(records.order_by("version__definition_id"))


def consents_by_subject(subjects: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[ConsentRecord]]:
    """The same for several people at once, each with the words; older texts come first."""
    records = ConsentRecord.objects.filter(subject__in=subjects)
    records = records.select_related("version__definition")
    found: dict[uuid.UUID, list[ConsentRecord]] = {subject: [] for subject in subjects}
    for record in records.order_by("version__definition_id", "version__number"):
        found[record.subject].append(record)
    return found


def choose_consent(
    subject: uuid.UUID, version: ConsentVersion, text_hash: str, *, agreed: bool
) -> bool:
    """Write down what a person chooses anew, to exactly this text; whether it changed anything.

    The record says what holds now, the chain of evidence each choice. Safe to call twice.
    """
    with transaction.atomic():
        # Two clicks at once are one after the other.
        records = ConsentRecord.objects.select_for_update().filter(
            subject=subject, version__definition_id=version.definition_id
        )
        stands = any(record.stands for record in records)
        if agreed == stands:
            return False
        if agreed:
            _give(subject, version, text_hash)
        else:
            withdraw_consent(subject, version.definition.slug)
        values: dict[str, object] = {"version": version.pk, "text_hash": text_hash}
        _record(subject, "given" if agreed else "withdrawn", values)
        for listener in consent_listeners:
            listener(subject, version, agreed)
    return True


def _give(subject: uuid.UUID, version: ConsentVersion, text_hash: str) -> None:
    ConsentRecord.objects.update_or_create(
        subject=subject,
        version=version,
        defaults={
            "slug": version.definition.slug,
            "choice": True,
            "text_hash": text_hash,
            "given_at": timezone.now(),
            "channel": ConsentRecord.Channel.WEB,
            "withdrawn_at": None,
        },
    )


def _record(subject: uuid.UUID, kind: str, values: dict[str, object]) -> None:
    record_event(
        subject_type=CONSENT_CHAIN,
        subject_id=str(subject),
        kind=kind,
        actor=OWNER,
        values=values,
    )


def agreed_among(subjects: Sequence[uuid.UUID], kind: str) -> dict[uuid.UUID, set[str]]:
    """Of these people, who stands by which consents of this kind; one query."""
    standing = ConsentRecord.objects.filter(
        subject__in=subjects, version__kind=kind, choice=True, withdrawn_at=None
    )
    agreed: dict[uuid.UUID, set[str]] = {}
    for subject, slug in standing.values_list("subject", "slug"):
        agreed.setdefault(subject, set()).add(slug)
    return agreed


def withdraw_consent(subject: uuid.UUID, slug: str) -> bool:
    """Take back one consent; whether one stood. Safe to call twice."""
    standing = ConsentRecord.objects.filter(
        subject=subject, slug=slug, choice=True, withdrawn_at=None
    )
    return bool(standing.update(withdrawn_at=timezone.now()))


def withdraw_kind(subject: uuid.UUID, kind: str) -> None:
    """Take back all consents of this kind, each on record. Safe to call twice."""
    standing = ConsentRecord.objects.filter(
        subject=subject, version__kind=kind, choice=True, withdrawn_at=None
    )
    for record in standing.select_related("version__definition"):
        choose_consent(subject, record.version, record.text_hash, agreed=False)


def forget_subject(*subjects: uuid.UUID, keep_kind: str = "") -> None:
    """Mark all consents of people who left as withdrawn; their texts' hashes stay as proof.

    Of the kind ``keep_kind``, which has a period of its own, what was agreed to stands.
    """
    standing = ConsentRecord.objects.filter(subject__in=subjects, withdrawn_at=None)
    if keep_kind:
        standing = standing.exclude(version__kind=keep_kind, choice=True)
    standing.update(withdrawn_at=timezone.now())
