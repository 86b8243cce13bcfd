"""Who of the staff saw whose personal data, when, from where, and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evidence.models import Event

from ..fields import EncryptedTextField

YEARS_KEPT = 2  # Whole years after the one an entry belongs to.


class AccessAction(models.TextChoices):
    LIST = "list", pgettext_lazy("access", "List")
    DETAIL = "detail", pgettext_lazy("access", "One person")
    SEARCH = "search", pgettext_lazy("access", "Search")
    FULL = "full", pgettext_lazy("access", "Unmasked")
    EXPORT = "export", pgettext_lazy("access", "Export")
    PRINT = "print", pgettext_lazy("access", "Print")
    CHANGE = "change", pgettext_lazy("access", "Change")


class AccessEntry(models.Model):
    """One look at personal data. Sealed by an event on the chain of its year.

    Rows are never changed, and deleted only with their whole year, by ``AccessDestruction``:
    triggers refuse anything else.
    """

    event = models.OneToOneField(
        Event, primary_key=True, on_delete=models.PROTECT, related_name="access_entry"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    accessed_at = models.DateTimeField(_("time"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="accesses",
        verbose_name=pgettext_lazy("access", "who"),
    )
    address = EncryptedTextField(_("network address"), max_length=64)
    action = models.CharField(
        pgettext_lazy("access", "action"), max_length=8, choices=AccessAction.choices
    )
    data_set = models.CharField(_("data set"), max_length=60)
    count = models.PositiveIntegerField(pgettext_lazy("access", "number of people"))
    reason = EncryptedTextField(_("reason"), max_length=1000, blank=True)
    salt = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("access to personal data")
        verbose_name_plural = _("accesses to personal data")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["accessed_at"], name="privacy_access_time"),
            models.Index(fields=["year"], name="privacy_access_year"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(action__in=AccessAction.values), name="privacy_access_action"
            )
        ]

    def __str__(self):
        return f"{self.accessed_at:%Y-%m-%d %H:%M} {self.action} {self.data_set}"


class AccessSubject(models.Model):
    """One of the people an access was about: a public id, which names nobody."""

    entry = models.ForeignKey(AccessEntry, on_delete=models.CASCADE, related_name="subjects")
    year = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=64, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["entry", "subject"], name="privacy_access_subject_once")
        ]

    def __str__(self):
        return self.subject


class AccessDestruction(models.Model):
    """A year of the access log is gone, and how it ended: how many entries, the last link's hash.

    The links of its chain stay; they hold digests and times. Rows are never changed, and written
    only when the time is up: triggers refuse anything else.
    """

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    destroyed_on = models.DateField(_("destroyed on"))
    count = models.PositiveIntegerField(_("entries"))
    head_hash = models.CharField(_("hash of the last link"), max_length=64)

    class Meta:
        verbose_name = _("destroyed year of the access log")
        verbose_name_plural = _("destroyed years of the access log")
        default_permissions = ()

    def __str__(self):
        return str(self.year)
