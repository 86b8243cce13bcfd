"""Making the file: batch by batch, with progress, safe to be killed and to run again."""

import base64
import hashlib
import json
import uuid
from collections.abc import Iterator
from itertools import islice

from django.db import DatabaseError, transaction
from django.utils import timezone

from privacy.exceptions import AccessLogUnavailableError
from privacy.models import AccessAction
from privacy.services import record_access

from ..exceptions import NotAllowedError
from ..models import FETCHABLE, ExportChunk, ExportJob
from ..registry import ExportSource, Record, permitted_source
from .jobs import record_step
from .writers import WRITERS, Buffer, Writer

BATCH = 1000
CHUNK_BYTES = 192 * 1024
FINISHED = (
    *("written", "total", "size", "digest", "finished_at", "expires_at"),
    *("manifest", "manifest_digest"),
)


class _OvertakenError(Exception):
    """The job was cancelled, or another run began."""


class _Store:
    """Takes a stream away in encrypted chunks, and knows its digest."""

    def __init__(self, job: ExportJob, run: uuid.UUID) -> None:
        self.job, self.run = job, run
        self.buffer = Buffer()
        self.digest = hashlib.sha256()
        self.size = self.position = 0

    def store(self, *, rest: bool = False) -> None:
        while len(self.buffer) >= (1 if rest else CHUNK_BYTES):
            piece = self.buffer.take(CHUNK_BYTES)
            content = base64.b64encode(piece).decode()
            ExportChunk.objects.create(
                job=self.job, run=self.run, position=self.position, content=content
            )
            self.digest.update(piece)
            self.size += len(piece)
            self.position += 1


def run_export(public_id: uuid.UUID) -> None:
    """Make the file of an export that was asked for.

    What an earlier run left is thrown away. A job that was cancelled or is over is left alone. A
    failure is on the job, in words for staff; rows that were read are on the access log.
    """
    run = uuid.uuid4()
    begun = ExportJob.objects.under_way().filter(public_id=public_id)
    if not begun.update(state=ExportJob.State.RUNNING, run=run, written=0, problem=""):
        return
    job = ExportJob.objects.select_related("requested_by").get(public_id=public_id)
    ExportChunk.objects.filter(job=job).exclude(run=run).delete()
    try:
        _write_file(job, run)
    except _OvertakenError:
        ExportChunk.objects.filter(job=job, run=run).delete()
    except NotAllowedError:
        _fail(job, run, "not_allowed")
    except AccessLogUnavailableError:
        _fail(job, run, "access_log")
    except Exception as error:
        _fail(job, run, "storage" if isinstance(error, DatabaseError | OSError) else "defect")
        raise


def _write_file(job: ExportJob, run: uuid.UUID) -> None:
    source = permitted_source(job.source, job.requested_by)
    ExportJob.objects.filter(pk=job.pk, run=run).update(
        total=source.count(job.options, job.requested_by)
    )
    store = _Store(job, run)
    writer = WRITERS[job.format](store.buffer, str(source.label))
    writer.write([str(column) for column in source.columns(job.options)])
    written = sum(_write_batch(job, store, writer, batch) for batch in _batches(source, job))
    writer.close()
    _finish(job, source, store, written)


def _batches(source: ExportSource, job: ExportJob) -> Iterator[list[Record]]:
    records = iter(source.records(job.options, job.requested_by))
    while batch := list(islice(records, BATCH)):
        yield batch


@transaction.atomic
def _write_batch(job: ExportJob, store: _Store, writer: Writer, batch: list[Record]) -> int:
    """One batch with its progress and its line on the access log, or nothing of them."""
    mine = ExportJob.objects.filter(pk=job.pk, run=store.run, state=ExportJob.State.RUNNING)
    job.written += len(batch)
    if not mine.update(written=job.written):
        raise _OvertakenError
    record_access(
        user=job.requested_by,
        address=job.address,
        action=AccessAction.EXPORT,
        data_set=permitted_source(job.source, job.requested_by).data_set,
        subjects=[record.subject for record in batch],
        count=len(batch),
        reason=job.reason,
    )
    for record in batch:
        writer.write(record.cells)
    store.store()
    return len(batch)


@transaction.atomic
def _finish(job: ExportJob, source: ExportSource, store: _Store, written: int) -> None:
    store.store(rest=True)
    now = timezone.now()
    job.written = job.total = written
    job.size, job.digest = store.size, store.digest.hexdigest()
    job.finished_at, job.expires_at = now, now + FETCHABLE
    job.manifest = _manifest(job, source)
    job.manifest_digest = hashlib.sha256(job.manifest.encode()).hexdigest()
    done = ExportJob.objects.filter(pk=job.pk, run=store.run, state=ExportJob.State.RUNNING)
    values = {name: getattr(job, name) for name in FINISHED}
    if not done.update(state=ExportJob.State.DONE, **values):
        raise _OvertakenError
    record_step(job, "finished", {"rows": written, "manifest": job.manifest_digest})


def _manifest(job: ExportJob, source: ExportSource) -> str:
    """What the file is; the digest of this text stands on the export's chain of evidence."""
    manifest = {
        "export": str(job.public_id),
        "source": job.source,
        "options": job.options,
        "columns": [str(column) for column in source.columns(job.options)],
        "format": job.format,
        "purpose": job.purpose,
        "requested_by": job.requested_by_id,
        "requested_at": job.created_at.isoformat(),
        "finished_at": job.finished_at.isoformat() if job.finished_at else "",
        "rows": job.total,
        "size": job.size,
        "sha256": job.digest,
    }
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1)


def _fail(job: ExportJob, run: uuid.UUID, problem: str) -> None:
    """Nothing half made stays."""
    with transaction.atomic():
        ExportChunk.objects.filter(job=job, run=run).delete()
        ExportJob.objects.filter(pk=job.pk, run=run).update(
            state=ExportJob.State.FAILED, problem=problem, finished_at=timezone.now()
        )
