"""Asking for an export, stopping it, forgetting its file."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from evidence.services import record_event

from ..exceptions import AlreadyOverError
from ..models import ExportChunk, ExportJob
from ..registry import permitted_source

EVIDENCE_SUBJECT = "export"


@transaction.atomic
def request_export(
    source_name: str,
    *,
    user: User,
    options: Mapping[str, object],
    format: str,
    purpose: str,
    reason: str,
    address: str,
) -> ExportJob:
    """Write down that ``user`` takes data out and why; the file is made by ``run_export``.

    Refuses with NotAllowedError.
    """
    source = permitted_source(source_name, user)
    job = ExportJob.objects.create(
        source=source.name,
        options=dict(options),
        format=format,
        purpose=purpose,
        reason=reason,
        requested_by_id=user.pk,
        address=address,
    )
    record_step(job, "requested", {"source": source.name, "options": dict(options)})
    return job


@transaction.atomic
def cancel_export(job: ExportJob) -> None:
    """Stop an export, or delete its file before its time. Raises AlreadyOverError."""
    standing = ExportJob.objects.filter(pk=job.pk, state__in=["queued", "running", "done"])
    if not standing.update(state=ExportJob.State.CANCELLED, finished_at=timezone.now()):
        raise AlreadyOverError
    ExportChunk.objects.filter(job=job).delete()
    record_step(job, "cancelled", {})


def purge_expired() -> int:
    """Delete the files whose time is over; the register stays. Returns how many."""
    return sum(_expire(job) for job in ExportJob.objects.past_their_time())


@transaction.atomic
def _expire(job: ExportJob) -> int:
    changed = ExportJob.objects.past_their_time().filter(pk=job.pk)
    if not changed.update(state=ExportJob.State.EXPIRED):
        return 0
    ExportChunk.objects.filter(job=job).delete()
    record_step(job, "deleted", {})
    return 1


def record_step(job: ExportJob, kind: str, values: dict[str, object]) -> None:
    """Append to the export's chain of evidence."""
    record_event(
        subject_type=EVIDENCE_SUBJECT,
        subject_id=str(job.public_id),
        kind=kind,
        actor=str(job.requested_by_id),
        values=values,
    )
