"""Handing a finished file over."""

import base64
import hashlib
import logging
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast

from accounts.models import User
from privacy.encryption import DecryptionError, KeyMissingError, decrypt, key_id_of
from privacy.models import AccessAction
from privacy.services import record_access

from ..exceptions import FileUnreadableError, NotAllowedError, NotReadyError
from ..models import DAMAGED, KEY_MISSING, ExportChunk, ExportJob
from ..registry import permitted_source
from .jobs import record_step

logger = logging.getLogger(__name__)
CONTENT = ExportChunk._meta.get_field("content")


def fetch_file(job: ExportJob, *, user: User, address: str) -> Iterator[bytes]:
    """The file's bytes, for who asked for it and still may; each time is on record.

    All of it is read once before the first byte goes out, so that nobody gets half a file. Raises
    NotAllowedError, NotReadyError and FileUnreadableError, which stands on the job from then on.
    """
    source = permitted_source(job.source, user)
    if job.requested_by_id != user.pk:
        raise NotAllowedError
    if not job.is_ready:
        raise NotReadyError
    _check(job)
    with transaction.atomic():
        record_access(
            user=user,
            address=address,
            action=AccessAction.EXPORT,
            data_set=source.data_set,
            count=job.total,
            reason=job.reason,
        )
        ExportJob.objects.filter(pk=job.pk).update(downloads=F("downloads") + 1, problem="")
        record_step(job, "downloaded", {})
    return _pieces(job)


def _check(job: ExportJob) -> None:
    digest = hashlib.sha256()
    try:
        for piece in _pieces(job):
            digest.update(piece)
    except FileUnreadableError as error:
        _write_down(job, error)
        raise
    if digest.hexdigest() != job.digest:
        damage = FileUnreadableError()
        _write_down(job, damage)
        raise damage


def _pieces(job: ExportJob) -> Iterator[bytes]:
    """A chunk at a time; all of them are of the run that finished."""
    chunks = job.chunks.order_by("position")
    # As it is stored: where keys may be missing, the field itself gives words in place of content.
    stored = chunks.annotate(stored=Cast("content", TextField())).values_list("stored", flat=True)
    for number in chunks.values_list("pk", flat=True):
        yield _opened(stored.get(pk=number))


def _opened(sealed: str) -> bytes:
    try:
        return base64.b64decode(decrypt(CONTENT.purpose, sealed), validate=True)
    except KeyMissingError as error:
        raise FileUnreadableError(key_id_of(sealed)) from error
    except (DecryptionError, ValueError) as error:
        raise FileUnreadableError from error


def _write_down(job: ExportJob, error: FileUnreadableError) -> None:
    """A key may come back, so its file stays until its time is over; a damaged one goes."""
    problem = f"{KEY_MISSING}:{error.key_id}" if error.key_id else DAMAGED
    logger.error("Export %s can't be read: %s", job, problem)
    standing = ExportJob.objects.filter(pk=job.pk, state=ExportJob.State.DONE)
    with transaction.atomic():
        if not standing.exclude(problem=problem).update(problem=problem):
            return
        record_step(job, "unreadable", {"problem": problem})
        if not error.key_id:
            standing.update(state=ExportJob.State.FAILED)
            ExportChunk.objects.filter(job=job).delete()
