from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Targets = tuple[tuple[str, int], ...]


class Decision(TextChoices):
    AUTOMATIC = "automatic", pgettext_lazy("proposal", "Matched by itself")
    SUGGEST = "suggest", pgettext_lazy("proposal", "To be accepted")
    NONE = "none", pgettext_lazy("proposal", "No match")


class Reason(TextChoices):
    """Why; for a suggestion, also why a person must look."""

    NAME = "name", _("Name and amount are the same")
    DEPOSITOR = "depositor", _("The announced depositor and the amount are the same")
    ORGANISATION = "organisation", _("Organisation and amount are the same")
    DIGITS = "digits", _("Name, amount and phone digits are the same")
    SEVERAL = "several", _("One deposit for several registrations")
    TRUNCATED = "truncated", _("The bank cut the name off; what is there fits")
    NAMESAKES = "namesakes", _("Several registrations fit")
    TWICE = "twice", _("Several deposits fit")
    OTHER_DIGITS = "other_digits", _("The digits are not those of the phone number")
    LATE = "late", _("After the deadline")
    EARLY = "early", _("The deposit is older than the registration")
    PARTS = "parts", _("Together with another deposit the amount is complete")
    UNDER = "under", _("Less than the amount")
    OVER = "over", _("More than the amount")
    MEMO = "memo", _("The memo has the name")
    SIMILAR = "similar", _("A part of the name is the same")
    AMOUNT = "amount", _("Only the amount is the same")
    NOTHING = "nothing", _("Nothing fits")


@dataclass(frozen=True, slots=True)
class DepositView:
    """What the rules need of a deposit. Only transfers, and only what is not matched yet.

    Some banks print the account's holder as ``name`` and what the payer typed as ``memo``.
    """

    key: str
    occurred_at: datetime
    amount_krw: int
    name: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class OpenPayment:
    """What the rules need of a payment that waits for ``amount_krw``.

    ``prefix_words`` are what people write beside a name (토론회). Only payments of one ``group``
    may be paid by one deposit.
    """

    key: str
    amount_krw: int
    names: tuple[str, ...]
    organisation: str
    depositor_name: str
    prefix_words: tuple[str, ...]
    phone_tail: str
    opened_at: datetime
    due_at: datetime | None
    group: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Which payments the deposit may be for, and how much of it for each."""

    targets: Targets
    score: int
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """``automatic``: book it. ``suggest``: a person accepts ``targets`` or another of ``ranked``.
    ``none``: no name fits; ``ranked`` may hold what the amount alone suggests.
    """

    deposit_key: str
    decision: str
    reason: str
    targets: Targets
    ranked: tuple[Suggestion, ...]
