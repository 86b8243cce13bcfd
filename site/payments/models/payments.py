import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField

from .accounts import BankAccount

STATES = ("open", "paid", "no_seat", "closed")


class PaymentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Payment.State.OPEN)

    def without_seat(self):
        """Money came, its seat was gone, and nobody decided yet."""
        waiting = self.filter(state=Payment.State.NO_SEAT)
        return waiting.filter(refunded_krw__lt=F("received_krw"))

    def of(self, purpose, subject):
        return self.filter(purpose=purpose, subject=subject)


class Payment(models.Model):
    """What somebody owes for one thing, and what of it has come. Whole won."""

    class Method(models.TextChoices):
        BANK_TRANSFER = "bank_transfer", _("Bank transfer")
        CARD = "card", _("Card")
        ON_SITE = "on_site", _("Paid at the door")
        WAIVED = "waived", pgettext_lazy("payment", "Waived")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("payment", "Waiting for the deposit")
        PAID = "paid", pgettext_lazy("payment", "Paid")
        # The money came after what it was for had gone: a seat is found or it goes back.
        NO_SEAT = "no_seat", pgettext_lazy("payment", "Paid after the seats were gone")
        CLOSED = "closed", pgettext_lazy("payment", "Closed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=40)
    subject = models.UUIDField()
    method = models.CharField(_("method"), max_length=16, choices=Method.choices)
    state = models.CharField(_("state"), max_length=8, choices=State.choices)
    amount_krw = models.PositiveIntegerField(_("amount"))
    received_krw = models.PositiveIntegerField(_("received"), default=0)
    refunded_krw = models.PositiveIntegerField(_("refunded"), default=0)
    # What a person vouched for: cash, a waiver, or a transfer that no deposit covers yet.
    marked_krw = models.PositiveIntegerField(default=0)
    card_krw = models.PositiveIntegerField(default=0)  # the part of what came that came by card
    account = models.ForeignKey(
        BankAccount,
        verbose_name=_("bank account"),
        null=True,
        on_delete=models.PROTECT,
        related_name="payments",
    )
    depositor_name = EncryptedTextField(_("depositor name"), max_length=40, null=True)
    due_at = models.DateTimeField(_("to be paid by"), null=True)
    created_at = models.DateTimeField(_("created"))
    paid_at = models.DateTimeField(_("paid"), null=True)
    # Marked by a person rather than by a deposit: who, and in which words.
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("reason"), max_length=200, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        default_permissions = ("view", "change")
        permissions = [
            ("view_full_payment", _("Can see names and accounts of payers")),
        ]
        constraints = [
            # One thing is owed once.
            models.UniqueConstraint(fields=["purpose", "subject"], name="payments_payment_once"),
            models.CheckConstraint(
                condition=Q(state__in=STATES), name="payments_payment_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(refunded_krw__lte=F("received_krw")),
                name="payments_refunds_within_received",
            ),
            models.CheckConstraint(
                condition=Q(amount_krw__gt=0), name="payments_payment_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(received_krw__lte=F("amount_krw")), name="payments_paid_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("paid", "no_seat")) | Q(paid_at__isnull=False),
                name="payments_paid_has_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "due_at"],
                condition=Q(state="open"),
                name="payments_open_by_account",
            )
        ]

    @property
    def waived_krw(self) -> int:
        return self.marked_krw if self.method == self.Method.WAIVED else 0

    @property
    def vouched_krw(self) -> int:
        """A transfer that a person saw and that a deposit is still to cover."""
        return self.marked_krw if self.method == self.Method.BANK_TRANSFER else 0

    @property
    def open_krw(self) -> int:
        """What is still owed."""
        return max(0, self.amount_krw - self.received_krw - self.waived_krw)

    @property
    def takes_krw(self) -> int:
        """How much of a deposit belongs to it: what is owed, and what a deposit is to cover."""
        return self.open_krw + self.vouched_krw

    @property
    def ways(self) -> list[tuple[Method, int]]:
        """By which methods what came has come, and how much by each; the card first."""
        cash = self.marked_krw if self.method == self.Method.ON_SITE else 0
        told = (
            (self.Method.CARD, self.card_krw),
            (self.Method.BANK_TRANSFER, self.received_krw - self.card_krw - cash),
            (self.Method.ON_SITE, cash),
        )
        return [(way, won) for way, won in told if won]

    @property
    def refundable_krw(self) -> int:
        return self.received_krw - self.refunded_krw


class Refund(models.Model):
    """Money that goes back to a payer, from its request to the transfer. Whole won."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("refund", "To be sent")
        SENT = "sent", pgettext_lazy("refund", "Sent")
        DROPPED = "dropped", pgettext_lazy("refund", "Not sent")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    payment = models.ForeignKey(
        Payment,
        verbose_name=_("payment"),
        null=True,
        on_delete=models.PROTECT,
        related_name="refunds",
    )
    # Money that nothing was owed for goes back as it came.
    deposit = models.ForeignKey(
        "payments.Deposit", null=True, on_delete=models.PROTECT, related_name="refunds"
    )
    # To the card it came from, by itself; empty: to an account, by the treasurer.
    attempt = models.ForeignKey(
        "payments.CardAttempt", null=True, on_delete=models.PROTECT, related_name="refunds"
    )
    card_refund = models.CharField(max_length=100, blank=True)  # Stripe's name of it
    problem = models.CharField(_("why it did not go"), max_length=60, blank=True)
    # The bank's own line that says it was sent: keyed digest, as a deposit's.
    bank_line = models.CharField(max_length=64, blank=True)
    amount_krw = models.PositiveIntegerField(_("amount"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.ASKED)
    reason = models.CharField(_("reason"), max_length=200)
    bank = EncryptedTextField(_("bank"), max_length=20, null=True)
    account_number = EncryptedTextField(_("account number"), max_length=30, null=True)
    account_holder = EncryptedTextField(_("account holder"), max_length=40, null=True)
    asked_at = models.DateTimeField(_("asked for"))
    decided_at = models.DateTimeField(_("sent"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_krw__gt=0), name="payments_refund_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None)
                | Q(state__in=("sent", "dropped"), decided_at__isnull=False),
                name="payments_refund_decision_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(payment=None, deposit__isnull=False, attempt=None)
                | Q(payment__isnull=False, deposit=None)
                | Q(payment=None, deposit=None, attempt__isnull=False),
                name="payments_refund_of_one",
            ),
            models.UniqueConstraint(
                fields=["card_refund"],
                condition=~Q(card_refund=""),
                name="payments_card_refund_once",
            ),
            models.UniqueConstraint(
                fields=["bank_line"],
                condition=~Q(bank_line=""),
                name="payments_bank_line_once",
            ),
            models.UniqueConstraint(
                fields=["deposit"],
                condition=Q(state__in=("asked", "sent")),
                name="payments_deposit_returned_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state="asked"), name="payments_refunds_to_send"
            )
        ]

    @property
    def has_account(self) -> bool:
        """Whether it is known where the money goes."""
        return bool(self.bank and self.account_number and self.account_holder)
