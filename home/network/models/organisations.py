from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from home.sorting import sorting_name


class OrganisationQuerySet(models.QuerySet):
    def members(self):
        return self.filter(is_member=True, left_on=None)

    def members_at_end_of(self, year):
        """Members on the last day of ``year``; nobody's day of joining is always known."""
        day = date(year, 12, 31)
        joined = models.Q(joined_on=None) | models.Q(joined_on__lte=day)
        stayed = models.Q(left_on=None) | models.Q(left_on__gt=day)
        return self.filter(joined, stayed, is_member=True)

    def partners(self):
        return self.filter(is_member=False, left_on=None)

    def in_order(self):
        """가나다순, whatever legal form stands before the name."""
        return self.order_by("sorting_name", "name")


class Organisation(models.Model):
    """A member organisation, usually a federation of many, or a partner of a campaign."""

    class Kind(models.TextChoices):
        FEDERATION = "federation", pgettext_lazy("organisation", "Federation")
        NETWORK = "network", pgettext_lazy("organisation", "Network")
        SUPPORT = "support", pgettext_lazy("organisation", "Support organisation")
        FOUNDATION = "foundation", pgettext_lazy("organisation", "Foundation")
        COOPERATIVE = "cooperative", pgettext_lazy("organisation", "Co-operative")
        OTHER = "other", pgettext_lazy("organisation", "Other")

    name = models.CharField(_("name"), max_length=80, unique=True)
    sorting_name = models.CharField(max_length=80, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.FEDERATION)
    sector = models.ForeignKey(
        "home.Sector",
        verbose_name=_("sector"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="organisations",
    )
    region = models.ForeignKey(
        "network.Region",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="organisations",
        limit_choices_to={"kind": "province", "valid_until": None},
        help_text=_("Empty: the whole country."),
    )
    affiliates = models.PositiveIntegerField(
        _("number of organisations in it"), null=True, blank=True
    )
    is_member = models.BooleanField(
        _("member of the coalition"), default=True, help_text=_("Otherwise a partner of campaigns.")
    )
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    representative = models.CharField(_("representative"), max_length=60, blank=True)
    website = models.URLField(_("website"), blank=True)
    summary = models.CharField(_("summary"), max_length=160, blank=True)
    barred_from_elections = models.BooleanField(
        _("may not take part in elections"),
        default=False,
        help_text=_("Co-operatives, for example (Framework Act on Cooperatives, article 9)."),
    )

    objects = OrganisationQuerySet.as_manager()

    panels = [
        *(FieldPanel("name"), FieldPanel("kind"), FieldPanel("summary")),
        MultiFieldPanel(
            [FieldPanel("sector"), FieldPanel("region"), FieldPanel("affiliates")],
            heading=_("Where it stands"),
        ),
        MultiFieldPanel(
            [FieldPanel("is_member"), FieldPanel("joined_on"), FieldPanel("left_on")],
            heading=_("Membership"),
        ),
        *(FieldPanel("representative"), FieldPanel("website")),
        FieldPanel("barred_from_elections"),
    ]

    class Meta:
        verbose_name = pgettext_lazy("of the coalition", "organisation")
        verbose_name_plural = pgettext_lazy("of the coalition", "organisations")
        ordering = ["sorting_name", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left_on=None)
                | models.Q(joined_on=None)
                | models.Q(left_on__gte=models.F("joined_on")),
                name="network_organisation_leaves_after_joining",
                violation_error_message=_("It can leave only after it joined."),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sorting_name = sorting_name(self.name)
        if self._state.adding and self.kind == self.Kind.COOPERATIVE:
            # Framework Act on Cooperatives, article 9; staff take it back where it does not hold.
            self.barred_from_elections = True
        super().save(*args, **kwargs)

    @property
    def place(self):
        """The province's short name, or the whole country."""
        return self.region.short_name if self.region else _("Nationwide")

    @property
    def membership(self):
        if self.left_on:
            return pgettext_lazy("membership", "Left")
        if self.is_member:
            return pgettext_lazy("membership", "Member")
        return pgettext_lazy("membership", "Partner")
