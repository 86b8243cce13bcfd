"""What editors order by hand on the page of a forum."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from .pages import ForumPage


class ForumSession(Orderable):
    class Audience(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("audience", "Everybody")
        MEMBERS = "members", pgettext_lazy("audience", "Representatives of member organisations")
        INVITED = "invited", pgettext_lazy("audience", "Invited people")

    forum = ParentalKey(ForumPage, on_delete=models.CASCADE, related_name="sessions")
    part = models.CharField(_("part"), max_length=10, blank=True, help_text=_("1부, 2부"))
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    audience = models.CharField(
        _("open to"), max_length=8, choices=Audience.choices, default=Audience.PUBLIC
    )
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    seats_per_organisation = models.PositiveSmallIntegerField(
        _("seats for each organisation"),
        null=True,
        blank=True,
        help_text=_("For sessions of member organisations."),
    )
    fee_krw = models.PositiveIntegerField(_("fee"), default=0, help_text=_("0: free of charge."))
    fee_includes = models.CharField(
        _("the fee includes"), max_length=60, blank=True, help_text=_("점심, 자료집")
    )
    meal = models.CharField(_("meal"), max_length=40, blank=True, help_text=_("점심"))
    meal_capacity = models.PositiveIntegerField(
        _("meals"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    meal_detail = models.CharField(
        _("when and where one eats"),
        max_length=100,
        blank=True,
        help_text=_("낮 12시 30분 ~ 1시 30분 · 1층 식당"),
    )

    panels = [
        FieldRowPanel([FieldPanel("part"), FieldPanel("title")]),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("audience"),
        FieldRowPanel([FieldPanel("capacity"), FieldPanel("seats_per_organisation")]),
        FieldRowPanel([FieldPanel("fee_krw"), FieldPanel("fee_includes")]),
        FieldRowPanel([FieldPanel("meal"), FieldPanel("meal_capacity")]),
        FieldPanel("meal_detail"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("session")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="forums_session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=("public", "members", "invited")),
                name="forums_session_audience_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.part} {self.title}".strip()

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("A session ends after it begins.")})
        if self.seats_per_organisation and self.audience != self.Audience.MEMBERS:
            told = _("Only a session for member organisations has seats for each organisation.")
            raise ValidationError({"seats_per_organisation": told})
        if self.meal_capacity is not None and not self.meal:
            raise ValidationError({"meal": _("Name the meal whose number is limited.")})

    @property
    def is_public(self):
        return self.audience == self.Audience.PUBLIC

    def is_opened_by(self, invitation):
        """Whether a code lets in here: organisations to their representatives' part."""
        if invitation.organisation_id:
            return self.audience == self.Audience.MEMBERS
        return self.audience == self.Audience.INVITED

    def seats_for(self, invitation):
        """How many may come with one code: no more than the session allows an organisation."""
        limits = (invitation.seats, self.seats_per_organisation)
        return min(limit for limit in limits if limit is not None)

    @property
    def minutes(self):
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class ProgrammeItem(Orderable):
    """One item of a session's programme. They stand in order and say how long they take."""

    forum = ParentalKey(ForumPage, on_delete=models.CASCADE, related_name="programme")
    # By its part, since a session that is new in the same form has no key yet: 1부.
    part = models.CharField(
        _("part"), max_length=10, blank=True, help_text=_("As the session says: 1부")
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(24 * 60)]
    )
    title = models.CharField(_("title"), max_length=100)
    who = models.CharField(_("who"), max_length=200, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("part"), FieldPanel("minutes")]),
        FieldPanel("title"),
        FieldPanel("who"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("programme item")


class Speaker(Orderable):
    """Somebody on the podium, with role and affiliation as of that day."""

    class Role(models.TextChoices):
        CHAIR = "chair", pgettext_lazy("speaker", "Chair")
        PRESENTER = "presenter", pgettext_lazy("speaker", "Presentation")
        DISCUSSANT = "discussant", pgettext_lazy("speaker", "Discussion")
        GREETING = "greeting", pgettext_lazy("speaker", "Greeting")

    forum = ParentalKey(ForumPage, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(_("name"), max_length=40)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    affiliation = models.CharField(_("organisation"), max_length=80, blank=True)
    position = models.CharField(_("position"), max_length=60, blank=True)
    group = models.CharField(
        pgettext_lazy("speaker", "group"),
        max_length=40,
        blank=True,
        help_text=_("정부 부처, 연대회의 토론자"),
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("affiliation"), FieldPanel("position")]),
        FieldPanel("group"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("speaker")


class ForumHost(Orderable):
    class Role(models.TextChoices):
        HOST = "host", pgettext_lazy("forum host", "Host")
        ORGANISER = "organiser", pgettext_lazy("forum host", "Organiser")
        SPONSOR = "sponsor", pgettext_lazy("forum host", "Supporter")

    forum = ParentalKey(ForumPage, on_delete=models.CASCADE, related_name="hosts")
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.HOST)

    panels = [FieldRowPanel([FieldPanel("organisation"), FieldPanel("role")])]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("host")


class RefundTier(models.Model):
    """How much of the fee goes back to who cancels so many days before the meeting."""

    forum = ParentalKey(ForumPage, on_delete=models.CASCADE, related_name="refund_tiers")
    days_before = models.PositiveSmallIntegerField(_("days before the meeting, at least"))
    percent = models.PositiveSmallIntegerField(
        _("percent that goes back"), validators=[MaxValueValidator(100)]
    )

    panels = [FieldRowPanel([FieldPanel("days_before"), FieldPanel("percent")])]

    class Meta:
        verbose_name = verbose_name_plural = _("refund rule")
        ordering = ["-days_before"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "days_before"], name="forums_refund_tier_once"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="forums_refund_is_a_part"),
        ]
