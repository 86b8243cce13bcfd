from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RegionQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Regions that existed on ``day``; ``valid_until`` is the last day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def current(self):
        return self.valid_on(timezone.localdate())

    def provinces(self):
        return self.filter(kind=Region.Kind.PROVINCE)

    def districts(self):
        return self.filter(kind=Region.Kind.DISTRICT)

    def sign_choices(self):
        """The provinces in the order Koreans expect them in a list."""
        return self.provinces().order_by("sort_order", "code")


class Region(models.Model):
    """An administrative region as it was from one day to another. Rows are never renamed."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province or metropolitan city")
        DISTRICT = "district", _("City, county or district")

    code = models.CharField(_("code"), max_length=10)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=40)
    short_name = models.CharField(_("short name"), max_length=20)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    # 1948-08-15 stands for "since before our records".
    valid_from = models.DateField(_("since"))
    valid_until = models.DateField(_("last day"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self", verbose_name=_("became"), symmetrical=False, related_name="predecessors", blank=True
    )
    source = models.CharField(_("source"), max_length=200)
    sort_order = models.PositiveSmallIntegerField(default=0)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("administrative region")
        verbose_name_plural = _("administrative regions")
        ordering = ["sort_order", "code"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="network_region_code_since"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="network_region_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(kind="province", parent=None)
                | Q(kind="district", parent__isnull=False),
                name="network_region_district_has_parent",
            ),
        ]

    def __str__(self):
        return self.name
