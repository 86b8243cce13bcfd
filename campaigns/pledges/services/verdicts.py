"""What a file is that somebody dropped: held against the record, never taken at its word.

A PDF that was cut back to an earlier seal verifies as fully valid, and one with another signature
leaves ours valid: so the digest, the signers and their number decide (pledges.md 3.5).
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from ..exceptions import UnreadableFileError, WastefulFileError
from ..gateways.pdf_examination import Examination, examine_pdf
from ..gateways.pdf_seal import ATTACHMENT
from ..models import AgreementDocument, PledgeAgreement

MOST_BYTES = 10 * 1024 * 1024
HEAD, TAIL = b"%PDF-", b"%%EOF"
NEAR = 1024  # bytes from an end, within which readers of PDF look for these
NUMBER = re.compile(r"\d{4}-\w{1,12}-[0-9A-Z]{4,8}")
OF_RESPONDENT = ("agreement__respondent__candidacy", "agreement__respondent__election")


class Finding(StrEnum):
    """In the words of ``presenters.verdicts``."""

    ORIGINAL = "original"
    EARLIER = "earlier"  # as we sealed it, before the coalition signed
    OTHER = "other"  # an original, of another agreement than the one that was named
    CHANGED = "changed"
    CUT_BACK = "cut_back"  # what came later was taken off
    ADDED = "added"  # somebody signed after us
    SWAPPED = "swapped"  # the answers inside are not those that were signed
    UNSEALED = "unsealed"  # printed or saved anew: no seal is left
    IMITATED = "imitated"  # it says that it is ours, and others sealed it
    FOREIGN = "foreign"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    WASTEFUL = "wasteful"
    NO_PDF = "no_pdf"
    TOO_LARGE = "too_large"
    EMPTY = "empty"


@dataclass(frozen=True)
class Verdict:
    """``agreement``: the one whose record the file was held against, if it could be known."""

    finding: Finding
    agreement: PledgeAgreement | None = None


def judge_file(content: bytes, *, named: str = "") -> Verdict:
    """Say what these bytes are. ``named``: the number that whoever asks expects, if they know it.

    Nothing of it is kept. Raises ExaminerBusyError.
    """
    if (finding := _at_first_sight(content)) is not None:
        return Verdict(finding)
    if (document := _recorded(content)) is not None:
        return Verdict(_of_recorded(document, clean_number(named)), document.agreement)
    if TAIL not in content[-NEAR:]:
        return Verdict(Finding.TRUNCATED)
    try:
        return _judge(content, examine_pdf(content))
    except UnreadableFileError:
        return Verdict(Finding.UNREADABLE)
    except WastefulFileError:
        return Verdict(Finding.WASTEFUL)


def clean_number(text: str) -> str:
    """The number in what was typed, or in a file's name; empty if there is none."""
    found = NUMBER.search(unicodedata.normalize("NFKC", "".join(text.split())).upper())
    return found.group() if found else ""


def _at_first_sight(content: bytes) -> Finding | None:
    if not content:
        return Finding.EMPTY
    if len(content) > MOST_BYTES:
        return Finding.TOO_LARGE
    return None if HEAD in content[:NEAR] else Finding.NO_PDF


def _recorded(content: bytes) -> AgreementDocument | None:
    rows = AgreementDocument.objects.select_related(*OF_RESPONDENT).defer("content")
    return rows.filter(sha256=hashlib.sha256(content).hexdigest()).first()


def _of_recorded(document: AgreementDocument, named: str) -> Finding:
    if named and named != document.agreement.number:
        return Finding.OTHER
    newest = document.agreement.documents.order_by("-revision").values_list("revision").first()
    return Finding.ORIGINAL if newest == (document.revision,) else Finding.EARLIER


def _judge(content: bytes, found: Examination) -> Verdict:
    document = _claimed(found)
    if document is not None:
        return Verdict(_compare(content, found, document), document.agreement)
    if any(seal.signer in _our_fingerprints() for seal in found.seals):
        return Verdict(Finding.CHANGED)
    return Verdict(Finding.FOREIGN)


def _claimed(found: Examination) -> AgreementDocument | None:
    """The newest file of the agreement that this one says it is: by its title, or its answers."""
    rows = AgreementDocument.objects.select_related(*OF_RESPONDENT).order_by("-revision", "-pk")
    number = clean_number(found.title)
    titled = rows.filter(agreement__number=number).first() if number else None
    answers = found.attachments.get(ATTACHMENT)
    return titled or (rows.filter(agreement__text_sha256=answers).first() if answers else None)


def _our_fingerprints() -> set[str]:
    rows = AgreementDocument.objects.values_list("seal_fingerprints", flat=True)
    return {one for row in rows.distinct() for one in row}


def _compare(content: bytes, found: Examination, document: AgreementDocument) -> Finding:
    """The most telling difference; that there is one is known by the digest."""
    expected = document.seal_fingerprints
    signers = [seal.signer for seal in found.seals if seal.signer]
    strangers = [one for one in signers if one not in expected]
    if found.number == 0:
        return Finding.UNSEALED
    if strangers and len(strangers) == len(signers):
        return Finding.IMITATED
    if found.number > len(expected) or strangers:
        return Finding.ADDED
    if found.number < len(expected) or bytes(document.content).startswith(content):
        return Finding.CUT_BACK
    is_swapped = _answers_of(found) not in ("", document.agreement.text_sha256)
    return Finding.SWAPPED if is_swapped else Finding.CHANGED


def _answers_of(found: Examination) -> str:
    return found.attachments.get(ATTACHMENT, "")
