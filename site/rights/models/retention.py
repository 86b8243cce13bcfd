from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evidence.models import Event


class DestructionRecord(models.Model):
    """A line of the destruction log: what went, by which rule, how many, when. Names nobody.

    The words are kept as they were then. Sealed by an event; triggers refuse any change.
    """

    event = models.OneToOneField(
        Event, primary_key=True, on_delete=models.PROTECT, related_name="destruction"
    )
    run = models.UUIDField(_("run"))
    destroyed_at = models.DateTimeField(_("destroyed"))
    data_set = models.CharField(max_length=60)
    rule = models.CharField(max_length=60)
    scope = models.CharField(max_length=60, blank=True)
    data_set_label = models.CharField(_("data"), max_length=200)
    rule_label = models.CharField(_("rule"), max_length=200)
    scope_label = models.CharField(_("belongs to"), max_length=255, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    method = models.CharField(_("way of destruction"), max_length=300)
    count = models.PositiveIntegerField(_("rows"))
    due_from = models.DateField(_("due from"))
    due_to = models.DateField(_("due until"))

    class Meta:
        verbose_name = _("destruction of data")
        verbose_name_plural = _("destruction log")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0), name="rights_destruction_of_rows"),
            models.CheckConstraint(
                condition=Q(due_from__lte=F("due_to")), name="rights_destruction_due_in_order"
            ),
        ]
        indexes = [models.Index(fields=["-destroyed_at"], name="rights_destruction_time")]

    def __str__(self):
        return f"{self.destroyed_at:%Y-%m-%d} {self.rule} {self.count}"


class RetentionHoldQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(lifted_at=None)


class RetentionHold(models.Model):
    """Why rows of a data set, or of one part of it, must not be destroyed by the clock for now.

    A person's own word (withdrawal, deletion) is not held back.
    """

    data_set = models.CharField(_("data"), max_length=60)
    scope = models.CharField(_("belongs to"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    placed_at = models.DateTimeField(_("since"))
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("placed by"),
        on_delete=models.PROTECT,
        related_name="placed_holds",
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lifted by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="lifted_holds",
    )
    lift_reason = models.CharField(_("why it was lifted"), max_length=300, blank=True)

    objects = RetentionHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold on destruction")
        verbose_name_plural = _("holds on destruction")
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["data_set", "scope"],
                condition=Q(lifted_at=None),
                name="rights_hold_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="rights_hold_has_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lift_reason="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason="")),
                name="rights_hold_lifted_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.data_set} {self.scope}".strip()
