"""Sealed files: made by a job from a row that waits until the file stands.

A crash at any step leaves the row waiting and nothing else; a file is written once.
"""

import hashlib
import logging

from django.db import transaction
from django.utils import timezone

from ..exceptions import SigningKeysMissingError
from ..gateways.pdf_seal import seal_concluded, seal_received
from ..gateways.signing_keys import read_keys
from ..models import AgreementDocument, PledgeAgreement, SealJob
from .canonical import canonical_json
from .chain import SYSTEM, record_step_of
from .documents import document_of

logger = logging.getLogger(__name__)

RECEIVED, CONCLUDED = 1, 2
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
    if job.revision == RECEIVED:
        content = seal_received(document_of(agreement), canonical_json(agreement.text), keys)
        before: list[str] = []
    else:
        first = agreement.documents.filter(revision=RECEIVED).first()
        if first is None:
            return False
        content, before = seal_concluded(bytes(first.content), keys), first.seal_fingerprints
    document = AgreementDocument.objects.create(
        agreement=agreement,
        revision=job.revision,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        seal_fingerprints=[*before, keys.fingerprint],
        made_at=timezone.now(),
    )
    job.state, job.done_at, job.error = SealJob.State.DONE, document.made_at, ""
    job.save(update_fields=["state", "done_at", "error"])
    said = {
        "agreement": str(agreement.public_id),
        "revision": job.revision,
        "sha256": document.sha256,
        "seal": keys.fingerprint,
    }
    record_step_of(agreement.respondent, "sealed", SYSTEM, said)
    return True


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
