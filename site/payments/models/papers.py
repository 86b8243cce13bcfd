from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .accounts import BankAccount


class OfficePaperQuerySet(models.QuerySet):
    def without_content(self):
        """Enough for a list: a paper may be some megabytes."""
        return self.defer("content")


class OfficePaper(models.Model):
    """A copy of the bank book, or of the certificate of the organisation's number, as PDF.

    Organisations that pay ask for it. Like a change of the account it holds once a second person
    approves it: a false copy would lead money elsewhere. It lies in the database, not among the
    files of the site, so no address but a registration's own link leads to it.
    """

    class Kind(models.TextChoices):
        BANKBOOK = "bankbook", pgettext_lazy("paper", "Copy of the bank book")
        NUMBER = "number", pgettext_lazy("paper", "Certificate of the organisation's number")

    class Decision(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("account change", "Waiting for approval")
        APPROVED = "approved", pgettext_lazy("account change", "Approved")

    kind = models.CharField(pgettext_lazy("paper", "which"), max_length=8, choices=Kind.choices)
    account = models.ForeignKey(
        BankAccount,
        verbose_name=_("bank account"),
        null=True,
        on_delete=models.PROTECT,
        related_name="papers",
    )
    # What the account was when it was copied: once it is another, the copy shows a wrong one.
    account_said = models.CharField(max_length=120, blank=True)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("sent in"))
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision.choices, default=Decision.WAITING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    objects = OfficePaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper for organisations")
        verbose_name_plural = _("papers for organisations")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="bankbook", account__isnull=False)
                | Q(kind="number", account__isnull=True),
                name="payments_paper_of_account",
            ),
            models.CheckConstraint(
                condition=Q(decision="waiting", decided_by=None, decided_at=None)
                | Q(decision="approved", decided_by__isnull=False, decided_at__isnull=False),
                name="payments_paper_decision_has_person",
            ),
            models.CheckConstraint(
                condition=~Q(decision="approved") | ~Q(decided_by=F("asked_by")),
                name="payments_paper_has_two_people",
            ),
            models.UniqueConstraint(
                fields=["account", "decision"],
                condition=Q(account__isnull=False),
                name="payments_one_bankbook",
            ),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(account=None), name="payments_one_certificate"
            ),
        ]

    @property
    def is_outdated(self):
        """Whether the account is another by now."""
        return self.account is not None and self.account_said != str(self.account)
