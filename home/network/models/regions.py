from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Our records begin in 2017; whatever existed then has this first day.
BEFORE_RECORDS = date(1948, 8, 15)


class RegionQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Regions that existed on ``day``; ``valid_until`` is the last day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def current(self):
        return self.valid_on(timezone.localdate())

    def provinces(self):
        return self.filter(kind=Region.Kind.PROVINCE)

    def districts(self):
        """Cities, counties and districts; not the wards (일반구) inside a city."""
        return self.filter(kind=Region.Kind.DISTRICT)

    def sign_choices(self):
        """The provinces of today in the order Koreans expect them in a list."""
        return self.current().provinces().order_by("sort_order", "code")


class Region(models.Model):
    """An administrative region as it was from one day to another.

    A new name, a new code or a new parent is a new row; the old one ends and points to it.
    The rows come from ``data/regions.csv`` and from nowhere else.
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province or metropolitan city")
        DISTRICT = "district", _("City, county or district")
        WARD = "ward", _("Ward of a city")

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
        ordering = ["sort_order", "code", "valid_from"]
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
                | Q(kind__in=["district", "ward"], parent__isnull=False),
                name="network_region_all_but_provinces_have_parent",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def last_day(self):
        return self.valid_until or date.max

    def is_valid_on(self, day):
        return self.valid_from <= day <= self.last_day

    @property
    def full_name(self):
        """With what it is part of, as in an address: 경기도 수원시 장안구."""
        return f"{self.parent.full_name} {self.name}" if self.parent else self.name
