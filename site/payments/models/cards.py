import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .payments import Payment


class CardAttempt(models.Model):
    """A page of the card company's on which a payment can be paid, once. Whole won.

    Its id is the idempotency key: another amount is another attempt.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("card", "Being paid")
        PAID = "paid", pgettext_lazy("card", "Paid")
        EXPIRED = "expired", pgettext_lazy("card", "Expired")

    class Dispute(models.TextChoices):
        """Whether the owner of the card says that it was not them, and how it ended."""

        OPEN = "open", pgettext_lazy("dispute", "To be answered")
        WON = "won", pgettext_lazy("dispute", "Won")
        LOST = "lost", pgettext_lazy("dispute", "Lost")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="card_attempts")
    amount_krw = models.PositiveIntegerField(_("amount"))
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    session = models.CharField(max_length=100, blank=True)  # Stripe's name of the page
    intent = models.CharField(max_length=100, blank=True)  # Stripe's name of the payment
    taken_krw = models.PositiveIntegerField(default=0)  # the part that paid what was owed
    refunded_krw = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("begun"))
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(_("paid"), null=True)
    # Stripe itself said that nobody can pay on it any more: until then it is asked about.
    closed_at = models.DateTimeField(null=True)
    # More went back than we know of, as Stripe says: it is asked which refunds those were.
    is_unsure = models.BooleanField(default=False)
    dispute = models.CharField(max_length=4, choices=Dispute.choices, blank=True)
    dispute_due_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["payment"], condition=Q(state="open"), name="payments_one_open_attempt"
            ),
            models.UniqueConstraint(
                fields=["session"], condition=~Q(session=""), name="payments_attempt_session"
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_at__isnull=False)
                | Q(~Q(state="paid"), paid_at=None),
                name="payments_attempt_paid_when",
            ),
            models.CheckConstraint(
                condition=Q(taken_krw__lte=models.F("amount_krw")),
                name="payments_attempt_takes_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(refunded_krw__lte=models.F("amount_krw")),
                name="payments_attempt_refunds_within",
            ),
            models.UniqueConstraint(
                fields=["intent"], condition=~Q(intent=""), name="payments_attempt_intent"
            ),
            models.CheckConstraint(
                condition=Q(dispute__in=("", "open", "won", "lost")),
                name="payments_attempt_dispute_is_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(closed_at=None, paid_at=None) | Q(is_unsure=True),
                name="payments_attempts_to_ask",
            ),
        ]


class CardEvent(models.Model):
    """That Stripe told us something, by Stripe's own id: what was heard once is not heard twice."""

    event = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    heard_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
