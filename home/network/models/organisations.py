from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from home.sorting import sorting_name


class OrganisationQuerySet(models.QuerySet):
    def members(self):
        return self.filter(is_member=True, left_on=None)

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
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sorting_name", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left_on=None)
                | models.Q(joined_on=None)
                | models.Q(left_on__gte=models.F("joined_on")),
                name="network_organisation_leaves_after_joining",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sorting_name = sorting_name(self.name)
        super().save(*args, **kwargs)


class Body(ClusterableModel):
    """A committee, a task force or another body of the coalition, with what it was before."""

    class Kind(models.TextChoices):
        GOVERNING = "governing", pgettext_lazy("body", "Governing body")
        COMMITTEE = "committee", pgettext_lazy("body", "Committee")
        SUBCOMMITTEE = "subcommittee", pgettext_lazy("body", "Subcommittee")
        TASK_FORCE = "task_force", pgettext_lazy("body", "Task force")
        OUTSIDE = "outside", pgettext_lazy("body", "Outside body we take part in")

    class Status(models.TextChoices):
        PREPARING = "preparing", pgettext_lazy("status of a body", "In preparation")
        ACTIVE = "active", pgettext_lazy("status of a body", "Active")
        ENDED = "ended", pgettext_lazy("status of a body", "Ended")

    name = models.CharField(_("name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.COMMITTEE)
    status = models.CharField(
        _("status"), max_length=16, choices=Status.choices, default=Status.ACTIVE
    )
    summary = models.CharField(_("what it does"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("was before"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
    )
    began_on = models.DateField(_("began on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        *(FieldPanel("name"), FieldPanel("kind"), FieldPanel("status"), FieldPanel("summary")),
        MultiFieldPanel(
            [
                *(FieldPanel("parent"), FieldPanel("predecessor")),
                *(FieldPanel("began_on"), FieldPanel("ended_on")),
            ],
            heading=_("Where it comes from"),
        ),
        InlinePanel("seats", heading=_("Members"), label=_("Member")),
        FieldPanel("sort_order"),
    ]

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["sort_order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")), name="network_body_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("pk")),
                name="network_body_not_its_own_predecessor",
            ),
        ]

    def __str__(self):
        return self.name


class Seat(Orderable):
    """A person, or an organisation, that sits in a body."""

    body = ParentalKey(Body, on_delete=models.CASCADE, related_name="seats")
    name = models.CharField(_("name"), max_length=60)
    affiliation = models.CharField(_("affiliation"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=40, blank=True)

    panels = [FieldPanel("name"), FieldPanel("affiliation"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = _("seat")


class Meeting(models.Model):
    """A meeting of a body; reports count them by year."""

    body = models.ForeignKey(
        Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="meetings"
    )
    number = models.PositiveSmallIntegerField(_("number of the meeting"), null=True, blank=True)
    held_on = models.DateField(_("held on"))
    attendance = models.PositiveSmallIntegerField(_("people present"), null=True, blank=True)
    agenda = models.TextField(_("agenda"), blank=True)
    result = models.TextField(_("result"), blank=True)

    panels = [
        *(FieldPanel("body"), FieldPanel("number"), FieldPanel("held_on")),
        *(FieldPanel("attendance"), FieldPanel("agenda"), FieldPanel("result")),
    ]

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "held_on", "number"], name="network_meeting_once"
            )
        ]

    def __str__(self):
        return f"{self.body} {self.held_on:%Y.%m.%d.}"
