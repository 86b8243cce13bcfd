"""Handing a finished file over."""

import base64
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F

from accounts.models import User
from privacy.models import AccessAction
from privacy.services import record_access

from ..exceptions import NotAllowedError, NotReadyError
from ..models import ExportJob
from ..registry import permitted_source
from .jobs import record_step


@transaction.atomic
def fetch_file(job: ExportJob, *, user: User, address: str) -> Iterator[bytes]:
    """The file's bytes, for who asked for it and still may; each time is on record.

    Raises NotAllowedError and NotReadyError.
    """
    source = permitted_source(job.source, user)
    if job.requested_by_id != user.pk:
        raise NotAllowedError
    if not job.is_ready:
        raise NotReadyError
    record_access(
        user=user,
        address=address,
        action=AccessAction.EXPORT,
        data_set=source.data_set,
        count=job.total,
        reason=job.reason,
    )
    ExportJob.objects.filter(pk=job.pk).update(downloads=F("downloads") + 1)
    record_step(job, "downloaded", {})
    return _pieces(job)


def _pieces(job: ExportJob) -> Iterator[bytes]:
    """A chunk at a time; all of them are of the run that finished."""
    chunks = job.chunks.order_by("position")
    for number in chunks.values_list("pk", flat=True):
        yield base64.b64decode(chunks.get(pk=number).content)
