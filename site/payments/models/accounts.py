from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# So long staff are told that the account is a new one.
RECENT = timedelta(days=14)


class BankAccount(models.Model):
    """One of the coalition's own accounts. What it says changes only by an approved change."""

    bank = models.CharField(_("bank"), max_length=20)
    number = models.CharField(_("account number"), max_length=30)
    holder = models.CharField(_("account holder"), max_length=40)
    is_open = models.BooleanField(_("may be chosen"), default=True)
    changed_at = models.DateTimeField(_("last changed"))
    # No deposit from before this moment can still turn up: imported, or confirmed by staff.
    covered_until = models.DateTimeField(_("deposits known until"), null=True, blank=True)
    # What the bank printed as balance then: the next file must go on from it.
    covered_balance_krw = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["bank", "number"], name="payments_account_once")
        ]

    def __str__(self):
        return f"{self.bank} {self.number} ({self.holder})"

    @property
    def is_recently_changed(self):
        return self.changed_at > timezone.now() - RECENT


class AccountChange(models.Model):
    """A new account, or another number for one: asked for by one person, approved by another."""

    class Decision(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("account change", "Waiting for approval")
        APPROVED = "approved", pgettext_lazy("account change", "Approved")
        REFUSED = "refused", pgettext_lazy("account change", "Refused")

    account = models.ForeignKey(
        BankAccount,
        verbose_name=_("bank account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="changes",
    )
    bank = models.CharField(_("bank"), max_length=20)
    number = models.CharField(_("account number"), max_length=30)
    holder = models.CharField(_("account holder"), max_length=40)
    is_open = models.BooleanField(_("may be chosen"), default=True)
    reason = models.CharField(_("reason"), max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked for"))
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision.choices, default=Decision.WAITING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        verbose_name = _("change of a bank account")
        verbose_name_plural = _("changes of bank accounts")
        default_permissions = ("view", "add", "approve")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="waiting", decided_by=None, decided_at=None)
                | Q(
                    decision__in=("approved", "refused"),
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="payments_change_decision_has_person",
            ),
            models.CheckConstraint(
                condition=~Q(decision="approved") | ~Q(decided_by=F("asked_by")),
                name="payments_change_has_two_people",
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(decision="waiting"), name="payments_one_change"
            ),
        ]
