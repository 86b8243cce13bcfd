"""Who of the staff saw whose personal data, when, from where, and why."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evidence.models import Event

from ..dates import day_begins, next_month
from ..encryption import decrypt
from ..fields import EncryptedTextField

YEARS_KEPT = 2  # Whole years after the one an entry belongs to.
ENCRYPTED = ("address", "reason")
MANY = 500
NIGHT = (22, 6)  # From ten in the evening to six in the morning.


class AccessAction(models.TextChoices):
    LIST = "list", pgettext_lazy("access", "List")
    DETAIL = "detail", pgettext_lazy("access", "One person")
    SEARCH = "search", pgettext_lazy("access", "Search")
    FULL = "full", pgettext_lazy("access", "Unmasked")
    EXPORT = "export", pgettext_lazy("access", "Export")
    PRINT = "print", pgettext_lazy("access", "Print")
    CHANGE = "change", pgettext_lazy("access", "Change")


class AccessEntryQuerySet(models.QuerySet):
    def as_stored(self):
        """With the encrypted texts as they are stored: one that can't be read stops no list."""
        raw = {f"stored_{name}": Cast(name, models.TextField()) for name in ENCRYPTED}
        return self.defer(*ENCRYPTED).annotate(**raw)

    def in_month(self, month):
        """Of the Korean month that begins on this day."""
        end = day_begins(next_month(month))
        return self.filter(accessed_at__gte=day_begins(month), accessed_at__lt=end)

    def unusual(self):
        """Exports, looks at night, looks at many people."""
        evening, morning = NIGHT
        return self.filter(
            models.Q(action=AccessAction.EXPORT)
            | models.Q(count__gt=MANY)
            | models.Q(accessed_at__hour__gte=evening)
            | models.Q(accessed_at__hour__lt=morning)
        )


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

    objects = AccessEntryQuerySet.as_manager()

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

    def read_text(self, name):
        """An encrypted text of a row that was fetched ``as_stored``. Raises DecryptionError."""
        return decrypt(self._meta.get_field(name).purpose, getattr(self, f"stored_{name}"))

    @property
    def is_at_night(self):
        evening, morning = NIGHT
        hour = timezone.localtime(self.accessed_at).hour
        return hour >= evening or hour < morning

    @property
    def is_about_many(self):
        return self.count > MANY


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


class AccessReview(models.Model):
    """A month of the access log was gone through and signed off. Rows are never changed."""

    month = models.DateField(pgettext_lazy("of a review", "month"), primary_key=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="access_reviews",
        verbose_name=_("signed off by"),
    )
    note = EncryptedTextField(pgettext_lazy("review", "what was found"), max_length=2000)
    count = models.PositiveIntegerField(_("entries"))
    head_hash = models.CharField(_("hash of the last link"), max_length=64, blank=True)
    signed_at = models.DateTimeField(_("signed off"))

    class Meta:
        verbose_name = _("monthly review of the access log")
        verbose_name_plural = _("monthly reviews of the access log")
        default_permissions = ("add", "view")

    def __str__(self):
        return f"{self.month:%Y-%m}"
