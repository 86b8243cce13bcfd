import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..validators import check_wording
from .elections import Election


class DemandSet(models.Model):
    """정책요구안: what is asked at an election, of everybody or in one region besides."""

    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="demand_sets"
    )
    region = models.ForeignKey(
        "network.Region",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: asked of everybody. With a region: asked there besides."),
    )
    title = models.CharField(_("title"), max_length=120, validators=[check_wording])

    class Meta:
        verbose_name = _("demand set")
        verbose_name_plural = _("demand sets")
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["election", "region"],
                nulls_distinct=False,
                name="pledges_demand_set_once",
            )
        ]

    def __str__(self):
        return self.title


class DemandSetVersion(models.Model):
    """A text of the demands. Once published it is never changed; a new one takes its place."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("demand set", "Being written")
        REVIEW = "review", pgettext_lazy("demand set", "Under review")
        APPROVED = "approved", pgettext_lazy("demand set", "Resolved")
        PUBLISHED = "published", pgettext_lazy("demand set", "Published")
        SUPERSEDED = "superseded", pgettext_lazy("demand set", "Superseded")

    FROZEN = (State.PUBLISHED, State.SUPERSEDED)

    demand_set = models.ForeignKey(DemandSet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    intro = models.TextField(_("introduction"), blank=True, validators=[check_wording])
    note = models.CharField(
        _("what changed"),
        max_length=300,
        blank=True,
        validators=[check_wording],
        help_text=_("From the second version on."),
    )
    is_minor = models.BooleanField(
        _("small correction"),
        default=False,
        help_text=_("Spelling and the like: nobody is asked again."),
    )
    resolved_by = models.CharField(
        _("resolved by"), max_length=80, blank=True, help_text=_("General assembly, committee …")
    )
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    # As it was published, whatever the set or the election is called later; and its SHA-256.
    text = models.JSONField(null=True, editable=False)
    text_sha256 = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(_("published"), null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("begun"))

    class Meta:
        verbose_name = _("version of demands")
        verbose_name_plural = _("versions of demands")
        default_permissions = ("view", "add", "change", "publish")
        constraints = [
            models.UniqueConstraint(
                fields=["demand_set", "number"], name="pledges_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["demand_set"],
                condition=Q(state="published"),
                name="pledges_one_published_version",
            ),
            models.UniqueConstraint(
                fields=["demand_set"],
                condition=Q(state__in=["draft", "review", "approved"]),
                name="pledges_one_version_in_work",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["draft", "review", "approved"],
                    published_at=None,
                    text__isnull=True,
                    text_sha256="",
                )
                | (
                    Q(
                        state__in=["published", "superseded"],
                        published_at__isnull=False,
                        text__isnull=False,
                    )
                    & ~Q(text_sha256="")
                ),
                name="pledges_version_frozen_with_hash",
            ),
        ]

    @property
    def is_frozen(self) -> bool:
        return self.state in self.FROZEN


class Demand(models.Model):
    """One demand as one version words it. ``key`` is the same in all versions, as is the number.

    A published number is never given to another demand: the press quotes it.
    """

    version = models.ForeignKey(DemandSetVersion, on_delete=models.CASCADE, related_name="demands")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField(_("number"))
    theme = models.CharField(_("theme"), max_length=60, blank=True, validators=[check_wording])
    title = models.CharField(_("title"), max_length=120, validators=[check_wording])
    text = models.TextField(_("demand"), max_length=1500, validators=[check_wording])
    why = models.TextField(_("why"), blank=True, max_length=1500, validators=[check_wording])
    # What a pledge names by law (공직선거법 art. 66).
    target = models.CharField(_("goal"), max_length=300, blank=True, validators=[check_wording])
    steps = models.CharField(_("steps"), max_length=300, blank=True, validators=[check_wording])
    deadline = models.CharField(
        pgettext_lazy("demand", "until when"),
        max_length=120,
        blank=True,
        validators=[check_wording],
    )
    funding = models.CharField(_("funding"), max_length=300, blank=True, validators=[check_wording])
    background_url = models.URLField(_("background"), blank=True)

    class Meta:
        verbose_name = pgettext_lazy("pledges", "demand")
        verbose_name_plural = pgettext_lazy("pledges", "demands")
        default_permissions = ()
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="pledges_demand_number"),
            models.UniqueConstraint(fields=["version", "key"], name="pledges_demand_key"),
            models.CheckConstraint(condition=Q(number__gte=1), name="pledges_demand_counts"),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"
