"""A verdict on a file in plain words: what it is, what is wrong, what to do."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from evidence.registry import Proof

from ..services.verdicts import Finding, Verdict
from .proofs import prove_agreement

# Kind of the message, title, text.
WORDS = {
    Finding.ORIGINAL: (
        "success",
        _("This is the original"),
        _("Byte for byte it is the newest file that we sealed."),
    ),
    Finding.EARLIER: (
        "warning",
        _("This is an earlier stage of the agreement"),
        _(
            "It is as we sealed it when the candidate signed, and the coalition's signature is not "
            "in it. What holds now stands below."
        ),
    ),
    Finding.OTHER: (
        "danger",
        _("This is another agreement"),
        _("The file is genuine, but not of the number that was named. Whose it is stands below."),
    ),
    Finding.CHANGED: (
        "danger",
        _("This file was changed"),
        _("After we sealed it, something in it became different. Do not rely on what it says."),
    ),
    Finding.CUT_BACK: (
        "danger",
        _("Something was cut off this file"),
        _("It stops before the last seal, so it hides what came later. Do not rely on it."),
    ),
    Finding.ADDED: (
        "danger",
        _("Somebody else signed this file afterwards"),
        _("It has a signature that is not in our record. Do not rely on it."),
    ),
    Finding.SWAPPED: (
        "danger",
        _("The answers inside the file are not those that were signed"),
        _("The data that the file carries was exchanged. Do not rely on it."),
    ),
    Finding.UNSEALED: (
        "danger",
        _("No seal is left in this file"),
        _(
            "It names one of our agreements, but it was printed to PDF or saved anew; nobody can "
            "tell what changed on the way."
        ),
    ),
    Finding.IMITATED: (
        "danger",
        _("This file is not sealed by us"),
        _("It looks like one of our agreements, but others signed it. Do not rely on it."),
    ),
    Finding.FOREIGN: (
        "danger",
        _("This file is not ours"),
        _("We sealed no file like it. If it names an agreement, type its number to see ours."),
    ),
    Finding.TRUNCATED: (
        "danger",
        _("This file is not complete"),
        _("It ends in the middle, as after a broken download. Download it again and try anew."),
    ),
    Finding.UNREADABLE: (
        "danger",
        _("This file is damaged"),
        _(
            "It can't be read as a PDF any more: it was changed, or broke on the way. Download it "
            "again, or type its number to see what we recorded."
        ),
    ),
    Finding.WASTEFUL: (
        "danger",
        _("This file is not ours"),
        _("Reading it takes more memory or time than any file of ours, so we stopped."),
    ),
    Finding.NO_PDF: (
        "danger",
        _("This is no PDF"),
        _("Whatever its name says. We give out PDF files only: please choose the PDF."),
    ),
    Finding.TOO_LARGE: (
        "danger",
        _("This file is too large"),
        _("It has more than 10 MB; none of our files has. Please choose the PDF that you got."),
    ),
    Finding.EMPTY: (
        "warning",
        _("No file came along"),
        _("Please choose a PDF file that is not empty, and press the button again."),
    ),
}


@dataclass(frozen=True)
class VerdictPresenter:
    """What the page of a verdict shows: the record as it is now, whatever the file says."""

    verdict: Verdict

    @property
    def kind(self) -> str:
        kind = WORDS[self.verdict.finding][0]
        is_over = self.proof is not None and not self.proof.holds
        return "warning" if kind == "success" and is_over else kind

    @property
    def title(self):
        return WORDS[self.verdict.finding][1]

    @property
    def text(self):
        return WORDS[self.verdict.finding][2]

    @cached_property
    def proof(self) -> Proof | None:
        agreement = self.verdict.agreement
        return prove_agreement(agreement.number) if agreement else None

    @property
    def number(self) -> str:
        return self.verdict.agreement.number if self.verdict.agreement else ""
