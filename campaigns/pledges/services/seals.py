"""Sealed files: made by a job from a row that waits until the file stands.

A crash at any step leaves the row waiting and nothing else; a file is written once.
"""

import hashlib
import logging
from functools import partial

from django.db import transaction
from django.utils import timezone

from ..exceptions import SigningKeysMissingError
from ..gateways.pdf_seal import seal_concluded, seal_received
from ..gateways.signing_keys import SigningKeys, read_keys
from ..gateways.timestamps import FAILURES, Authority, has_timestamp, timestamp_authority
from ..models import AgreementDocument, PledgeAgreement, SealJob
from .canonical import canonical_json
from .chain import SYSTEM, record_step_of
from .documents import document_of

logger = logging.getLogger(__name__)

RECEIVED, CONCLUDED = 1, 2
Timestamp = AgreementDocument.Timestamp
TRIES = 5


def queue_seal(agreement: PledgeAgreement, revision: int) -> SealJob:
    """Have a revision made, in the caller's transaction; asked for twice it is made once."""
    job, _is_new = SealJob.objects.get_or_create(
        agreement=agreement, revision=revision, defaults={"asked_at": timezone.now()}
    )
    return job


def run_seals() -> int:
    """Make what waits, the received before the concluded; how many files were made."""
    waiting = SealJob.objects.filter(state=SealJob.State.WAITING)
    return sum(_try(pk) for pk in list(waiting.values_list("pk", flat=True).order_by("pk")))


def _try(pk: int) -> bool:
    try:
        return run_seal_job(pk)
    except Exception as error:  # One that fails stops no other, and is tried again.
        logger.exception("A file could not be sealed")
        _note_failure(pk, error)
        return False


@transaction.atomic
def run_seal_job(pk: int) -> bool:
    """Make one file; False where another worker has it, or its turn has not come."""
    rows = SealJob.objects.select_for_update(of=("self",), skip_locked=True)
    job = rows.select_related("agreement__respondent__election").filter(pk=pk).first()
    if job is None or job.state != SealJob.State.WAITING:
        return False
    agreement, keys = job.agreement, read_keys()
    first = agreement.documents.filter(revision=RECEIVED).first()
    if job.revision == CONCLUDED and first is None:
        return False
    content, timestamp = _sealed(agreement, first, keys)
    document = AgreementDocument.objects.create(
        agreement=agreement,
        revision=job.revision,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        seal_fingerprints=[*(first.seal_fingerprints if first else []), keys.fingerprint],
        timestamp=timestamp,
        made_at=timezone.now(),
    )
    job.state, job.done_at, job.error = SealJob.State.DONE, document.made_at, ""
    job.save(update_fields=["state", "done_at", "error"])
    said = {
        "agreement": str(agreement.public_id),
        "revision": job.revision,
        "sha256": document.sha256,
        "seal": keys.fingerprint,
        "timestamp": timestamp,
    }
    record_step_of(agreement.respondent, "sealed", SYSTEM, said)
    return True


def _sealed(
    agreement: PledgeAgreement, first: AgreementDocument | None, keys: SigningKeys
) -> tuple[bytes, str]:
    """The next file, with a timestamp where an authority is set and answers; else without."""
    make = partial(_make, agreement, first, keys)
    if (authority := timestamp_authority()) is not None:
        try:
            content = make(authority)
            if has_timestamp(content):
                return content, Timestamp.RFC3161
            logger.warning("The timestamp authority stamped something else")
        except FAILURES as error:
            logger.warning("There is no timestamp: %s", type(error).__name__)
    return make(None), Timestamp.NONE


def _make(
    agreement: PledgeAgreement,
    first: AgreementDocument | None,
    keys: SigningKeys,
    authority: Authority | None,
) -> bytes:
    if first is not None:
        return seal_concluded(bytes(first.content), keys, authority)
    text = canonical_json(agreement.text)
    return seal_received(document_of(agreement), text, keys, authority)


def _note_failure(pk: int, error: Exception) -> None:
    job = SealJob.objects.get(pk=pk)
    job.tries += 1
    job.error = type(error).__name__[:80]
    if job.tries >= TRIES and not isinstance(error, SigningKeysMissingError):
        job.state = SealJob.State.FAILED
    job.save(update_fields=["tries", "error", "state"])


def newest_document(agreement: PledgeAgreement) -> AgreementDocument | None:
    """The file as far as it is sealed."""
    return agreement.documents.order_by("-revision").first()
