import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from payments.models import Payment
from privacy.fields import EncryptedTextField

from .invitations import Invitation
from .pages import ForumPage
from .parts import ForumSession

PAYMENT_PURPOSE = "forums.order"
STATUSES = ("waiting", "confirmed", "lapsed", "cancelled")


class OrderQuerySet(models.QuerySet):
    def holding(self):
        """Those whose seats are theirs."""
        return self.filter(status__in=(Order.Status.WAITING, Order.Status.CONFIRMED))

    def confirmed(self):
        return self.filter(status=Order.Status.CONFIRMED)

    def with_person(self):
        return self.filter(anonymised_at=None)


class Order(models.Model):
    """One registration: somebody, for one or several people. Personal data is encrypted."""

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("order", "Waiting for the deposit")
        CONFIRMED = "confirmed", pgettext_lazy("order", "Confirmed")
        LAPSED = "lapsed", pgettext_lazy("order", "Not paid in time")
        CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")

    class Channel(models.TextChoices):
        WEB = "web", pgettext_lazy("order channel", "Web site")
        STAFF = "staff", pgettext_lazy("order channel", "Entered by staff")
        DOOR = "door", pgettext_lazy("order channel", "At the door")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey(
        ForumPage, verbose_name=_("forum"), on_delete=models.PROTECT, related_name="orders"
    )
    invitation = models.ForeignKey(
        Invitation, null=True, on_delete=models.PROTECT, related_name="orders"
    )
    # What the browser sends twice makes one order.
    form_key = models.UUIDField(unique=True)
    reference = models.CharField(_("reference"), max_length=9, unique=True)
    status = models.CharField(_("status"), max_length=9, choices=Status.choices)
    channel = models.CharField(
        _("channel"), max_length=5, choices=Channel.choices, default=Channel.WEB
    )
    name = EncryptedTextField(_("name"), max_length=40, null=True)
    name_index = models.BinaryField(max_length=32, null=True)
    email = EncryptedTextField(_("e-mail"), max_length=254, null=True)
    email_index = models.BinaryField(max_length=32, null=True, db_index=True)
    email_rule = models.PositiveSmallIntegerField(null=True)
    phone = EncryptedTextField(_("mobile phone"), max_length=20, null=True)
    # One person has no seats of two organisations: known by address or telephone.
    phone_index = models.BinaryField(max_length=32, null=True)
    organisation = EncryptedTextField(_("organisation"), max_length=80, null=True)
    wants_receipt = models.BooleanField(_("wants a receipt"), default=False)
    amount_krw = models.PositiveIntegerField(_("amount"))
    created_at = models.DateTimeField(_("registered"))
    status_changed_at = models.DateTimeField(_("status changed"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    anonymised_at = models.DateTimeField(null=True)
    # The shorter of what was told then and what the page says now counts.
    retention_months = models.PositiveSmallIntegerField(
        _("months kept after the forum, as told"), default=3, db_default=3
    )
    # Whether its beginning is on the chain of evidence: a job writes it there, not who registers.
    is_on_record = models.BooleanField(default=False, db_default=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        default_permissions = ("view", "add", "change")
        permissions = [
            ("view_full_order", _("Can see participants unmasked")),
            ("export_order", _("Can export participants")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=STATUSES), name="forums_order_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False),
                name="forums_order_confirmed_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at=None)
                | Q(
                    name__isnull=True,
                    name_index__isnull=True,
                    email__isnull=True,
                    email_index__isnull=True,
                    phone__isnull=True,
                    phone_index__isnull=True,
                    organisation__isnull=True,
                ),
                name="forums_order_anonymised_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["forum", "created_at"], name="forums_orders_of_forum"),
            models.Index(
                fields=["id"], condition=Q(is_on_record=False), name="forums_order_off_record"
            ),
        ]

    def catch_up_with(self, payment: Payment | None, *, is_anybody_coming: bool = True) -> None:
        """Read the status anew where what was read after the order says that it changed.

        Each changes with it in one transaction: an order waits as long as its payment is open,
        and it is cancelled with the last who does not come.
        """
        waits, status = self.status == self.Status.WAITING, self.Status
        is_paid = payment is not None and waits != (payment.state == Payment.State.OPEN)
        is_left = self.status in (status.WAITING, status.CONFIRMED) and not is_anybody_coming
        if is_paid or is_left:
            self.refresh_from_db(fields=["status", "confirmed_at", "status_changed_at"])


class Ticket(models.Model):
    """One person's way in. Its code is random, kept encrypted, found by its index."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(
        Order, verbose_name=_("registration"), on_delete=models.PROTECT, related_name="tickets"
    )
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … within the order
    name = EncryptedTextField(_("name"), max_length=40, null=True)
    name_index = models.BinaryField(max_length=32, null=True, db_index=True)
    organisation = EncryptedTextField(_("organisation"), max_length=80, null=True)
    meal_note = EncryptedTextField(_("meal note"), max_length=100, null=True)
    takes_meal = models.BooleanField(_("takes the meal"), default=True)
    code = EncryptedTextField(_("code"), max_length=20, null=True)
    code_index = models.BinaryField(max_length=32, null=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    anonymised_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="forums_ticket_number"),
            models.UniqueConstraint(fields=["code_index"], name="forums_ticket_code"),
            models.CheckConstraint(
                condition=Q(anonymised_at=None)
                | Q(
                    name__isnull=True,
                    name_index__isnull=True,
                    organisation__isnull=True,
                    meal_note__isnull=True,
                    code__isnull=True,
                    code_index__isnull=True,
                ),
                name="forums_ticket_anonymised_is_empty",
            ),
        ]

    @property
    def eats(self) -> bool:
        """Whether a meal is kept for them: they want one, and one of their sessions has one."""
        kept = (seat.session.meal for seat in self.seats.all() if seat.released_at is None)
        return self.takes_meal and any(kept)


class Seat(models.Model):
    """A ticket's place in one session, with the price of the moment in which it was taken."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="seats")
    session = models.ForeignKey(ForumSession, on_delete=models.PROTECT, related_name="seats")
    price_krw = models.PositiveIntegerField(_("price"))
    released_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["ticket", "session"], name="forums_seat_once")
        ]
