from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from ..admin_forms import MeetingForm


class BodyQuerySet(models.QuerySet):
    def with_meetings(self, year):
        """Each with ``meetings_held`` in that year."""
        held = models.Count("meetings", filter=models.Q(meetings__held_on__year=year))
        return self.annotate(meetings_held=held)


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
        verbose_name=pgettext_lazy("of the coalition", "part of"),
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

    objects = BodyQuerySet.as_manager()

    panels = [
        *(FieldPanel("name"), FieldPanel("kind"), FieldPanel("status"), FieldPanel("summary")),
        MultiFieldPanel(
            [
                *(FieldPanel("parent"), FieldPanel("predecessor")),
                *(FieldPanel("began_on"), FieldPanel("ended_on")),
            ],
            heading=_("Where it comes from"),
        ),
        InlinePanel(
            "seats",
            heading=_("Members"),
            label=_("Member"),
            help_text=_("Where more take part than are named, end the last name with 등."),
        ),
        FieldPanel("sort_order"),
    ]

    class Meta:
        verbose_name = pgettext_lazy("of the coalition", "body")
        verbose_name_plural = pgettext_lazy("of the coalition", "bodies")
        ordering = ["sort_order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")),
                name="network_body_not_its_own_parent",
                violation_error_message=_("A body can't be a part of itself."),
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("pk")),
                name="network_body_not_its_own_predecessor",
                violation_error_message=_("A body can't have come from itself."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.began_on and self.ended_on and self.ended_on < self.began_on:
            raise ValidationError({"ended_on": _("It can end only after it began.")})
        if self.pk and self.pk in _line(self.parent, "parent"):
            raise ValidationError({"parent": _("That body is itself a part of this one.")})
        if self.pk and self.pk in _line(self.predecessor, "predecessor"):
            raise ValidationError({"predecessor": _("That body itself came from this one.")})


def _line(body, name):
    """The keys of a body and of those above or before it."""
    keys = []
    while body is not None and body.pk not in keys:
        keys.append(body.pk)
        body = getattr(body, name)
    return keys


class Seat(Orderable):
    """A person, or an organisation, that sits in a body."""

    body = ParentalKey(Body, on_delete=models.CASCADE, related_name="seats")
    name = models.CharField(_("name"), max_length=60)
    affiliation = models.CharField(_("affiliation"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=40, blank=True)

    panels = [FieldPanel("name"), FieldPanel("affiliation"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("seat")


class MeetingQuerySet(models.QuerySet):
    def in_year(self, year):
        return self.filter(held_on__year=year)

    def per_body(self):
        """Rows of body, number of meetings and how many came on average, as bodies are ordered."""
        return (
            self.order_by("body__sort_order", "body__name")
            .values_list("body__name")
            .annotate(models.Count("pk"), models.Avg("attendance"))
        )


class Meeting(models.Model):
    """A meeting of a body; reports count them by year."""

    body = models.ForeignKey(
        Body,
        verbose_name=pgettext_lazy("of the coalition", "body"),
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    number = models.PositiveSmallIntegerField(_("number of the meeting"), null=True, blank=True)
    held_on = models.DateField(_("held on"))
    attendance = models.PositiveSmallIntegerField(_("people present"), null=True, blank=True)
    agenda = models.TextField(_("agenda"), blank=True)
    result = models.TextField(_("result"), blank=True)

    objects = MeetingQuerySet.as_manager()

    base_form_class = MeetingForm
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
                fields=["body", "held_on", "number"],
                name="network_meeting_once",
                violation_error_message=_("This meeting is recorded already."),
            )
        ]

    def __str__(self):
        return f"{self.body} {self.held_on:%Y.%m.%d.}"

    @property
    def first_point(self):
        """What the meeting was about, in one line."""
        return self.agenda.strip().partition("\n")[0]
