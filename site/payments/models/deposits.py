import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField

from .accounts import BankAccount
from .payments import Payment, Refund


class StatementImport(models.Model):
    """One file from the bank on its way in. The file itself goes once its rows are in."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("statement", "Waiting")
        RUNNING = "running", pgettext_lazy("statement", "Being read")
        DONE = "done", pgettext_lazy("statement", "Read")
        FAILED = "failed", pgettext_lazy("statement", "Could not be read")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        BankAccount,
        verbose_name=_("bank account"),
        on_delete=models.PROTECT,
        related_name="imports",
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    content = EncryptedTextField(null=True)  # base64; NULL once read
    file_name = models.CharField(_("file"), max_length=100)
    layout = models.CharField(_("layout"), max_length=40, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    new_rows = models.PositiveIntegerField(_("new rows"), default=0)
    problems = models.JSONField(_("lines that could not be read"), default=list)  # no names
    gaps = models.JSONField(_("gaps"), default=list)
    failure = models.CharField(_("why it failed"), max_length=200, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("uploaded"))
    progressed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        default_permissions = ("view", "add")

    @property
    def lines_to_see(self) -> int:
        """How many lines a person must look at."""
        return len(self.problems) + len(self.gaps)


class Deposit(models.Model):
    """One incoming line of a statement, known by what the bank printed."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("deposit", "Not matched")
        MATCHED = "matched", pgettext_lazy("deposit", "Matched")
        SET_ASIDE = "set_aside", pgettext_lazy("deposit", "Has nothing to do with it")
        TO_REFUND = "to_refund", pgettext_lazy("deposit", "To be sent back")
        PAYOUT = "payout", pgettext_lazy("deposit", "From the card company")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        BankAccount,
        verbose_name=_("bank account"),
        on_delete=models.PROTECT,
        related_name="deposits",
    )
    statement = models.ForeignKey(
        StatementImport, null=True, on_delete=models.PROTECT, related_name="deposits"
    )
    identity = models.CharField(max_length=64)  # keyed digest, see matching.row_identity
    occurred_at = models.DateTimeField(_("arrived"))
    amount_krw = models.PositiveIntegerField(_("amount"))
    matched_krw = models.PositiveIntegerField(_("matched"), default=0)
    name = EncryptedTextField(_("depositor name"), max_length=100, null=True)
    memo = EncryptedTextField(_("memo"), max_length=200, null=True)
    branch = models.CharField(_("branch"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.OPEN)
    # The booking by which the card company paid it out.
    payout = models.UUIDField(null=True, unique=True)

    class Meta:
        verbose_name = _("deposit")
        verbose_name_plural = _("deposits")
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "identity"], name="payments_deposit_identity"
            ),
            models.CheckConstraint(
                condition=Q(amount_krw__gt=0), name="payments_deposit_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(matched_krw__lte=F("amount_krw")),
                name="payments_matches_within_deposit",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(matched_krw__lt=F("amount_krw")),
                name="payments_open_deposit_has_rest",
            ),
            models.CheckConstraint(
                condition=Q(state="payout", payout__isnull=False)
                | Q(~Q(state="payout"), payout=None),
                name="payments_payout_deposit_has_booking",
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "occurred_at"],
                condition=Q(state="open"),
                name="payments_deposits_to_match",
            )
        ]

    @property
    def rest_krw(self) -> int:
        """What of it belongs to nothing yet."""
        return self.amount_krw - self.matched_krw

    @property
    def goes_back(self) -> bool:
        """Whether what was left of it is on the list of refunds, or was sent."""
        return self.refunds.exclude(state=Refund.State.DROPPED).exists()


class Match(models.Model):
    """A deposit, or part of one, taken for a payment; each can be undone."""

    class Source(models.TextChoices):
        RULE = "rule", pgettext_lazy("match", "By itself")
        HAND = "hand", pgettext_lazy("match", "By hand")

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="matches")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="matches")
    amount_krw = models.PositiveIntegerField(_("amount"))
    # The part that a person had vouched for before the bank's file said so.
    covered_krw = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=4, choices=Source.choices)
    reason = models.CharField(_("reason"), max_length=40)
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    matched_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = pgettext_lazy("deposit", "match")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_krw__gt=0), name="payments_match_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(covered_krw__lte=F("amount_krw")),
                name="payments_cover_within_match",
            ),
            models.CheckConstraint(
                condition=Q(source="rule") | Q(matched_by__isnull=False),
                name="payments_match_by_hand_has_person",
            ),
            models.UniqueConstraint(
                fields=["deposit", "payment"],
                condition=Q(undone_at=None),
                name="payments_match_once",
            ),
        ]
