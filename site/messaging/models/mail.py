import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet):
    def due(self, now: datetime):
        """To be sent now: waiting, or left behind by a worker whose lease has ended."""
        return self.unfinished().filter(
            Q(claimed_until=None) | Q(claimed_until__lt=now), next_attempt_at__lte=now
        )

    def unfinished(self):
        return self.filter(state__in=(OutboxMessage.State.PENDING, OutboxMessage.State.SENDING))

    def failed(self):
        return self.filter(state=OutboxMessage.State.FAILED)

    def finished(self):
        return self.exclude(state__in=(OutboxMessage.State.PENDING, OutboxMessage.State.SENDING))


class OutboxMessage(models.Model):
    """A mail to be sent, written in the transaction of the fact it tells of.

    Holds no address and no word of the mail: the worker builds it from ``purpose`` and
    ``subject`` (a key, never personal data) when it sends.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("not needed any more")
        FAILED = "failed", _("failed")
        UNCERTAIN = "uncertain", _("perhaps sent")

    # Also the left part of the Message-ID, so that a mail sent again is recognised.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(_("purpose"), max_length=80)
    subject = models.CharField(_("key"), max_length=160)
    bulk = models.BooleanField(_("bulk mail"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PENDING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # When this mail was wanted: later than its writing if it was to wait or was put back.
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt at"), default=timezone.now)
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    # The database's default serves the raw INSERT of the signature's write path.
    last_error = models.CharField(
        _("last error"), max_length=80, blank=True, default="", db_default=""
    )

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        default_permissions = ("view",)
        permissions = [("retry_outboxmessage", _("Can send a failed mail again"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=("pending", "sending", "sent", "dropped", "failed", "uncertain")
                ),
                name="messaging_outbox_state_is_known",
            )
        ]
        indexes = [
            # Personal mails first: a confirmation never queues behind a newsletter.
            models.Index(
                fields=["bulk", "next_attempt_at"],
                condition=Q(state__in=("pending", "sending")),
                name="messaging_outbox_due",
            ),
            # Empty at insert, so it costs the signature's write path nothing.
            models.Index(
                fields=["subject", "sent_at"],
                condition=Q(sent_at__isnull=False),
                name="messaging_outbox_sent",
            ),
            models.Index(
                fields=["claimed_until"],
                condition=Q(claimed_until__isnull=False),
                name="messaging_outbox_claimed",
            ),
            models.Index(fields=["created_at"], name="messaging_outbox_age"),
        ]

    def __str__(self):
        return f"{self.purpose} {self.id}"


class SuppressionQuerySet(models.QuerySet):
    def in_force(self, now: datetime):
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now))

    def stopping(self, *, bulk: bool):
        """Those that hold back this kind of mail."""
        return self if bulk else self.filter(scope=Suppression.Scope.ALL)


class Suppression(models.Model):
    """An address that gets no mail, or no news; known only by its blind index."""

    class Scope(models.TextChoices):
        ALL = "all", _("all mail")
        NEWS = "news", _("news")

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
        BOUNCED = "bounced", _("the address does not accept mail")
        DENIED = "denied", _("the owner did not sign")

    email_index = models.BinaryField(max_length=32)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope.choices)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("stopped address")
        verbose_name_plural = _("stopped addresses")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["email_index", "scope", "reason"], name="messaging_suppression_once"
            )
        ]

    def __str__(self):
        return f"{self.get_scope_display()} ({self.get_reason_display()})"
