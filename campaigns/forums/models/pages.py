from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page

from home.blocks import BodyStreamBlock, FileBlock
from home.fields import StreamField
from home.models import BasePage


class ForumIndexPage(BasePage):
    default_slug = "forums"

    content_panels = [*Page.content_panels, FieldPanel("summary")]

    parent_page_types = ["home.HomePage"]
    subpage_types = ["forums.ForumPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("forum list")


class ForumPage(BasePage):
    """A meeting with sessions. Who comes are rows; what they read is this page."""

    is_action = True
    default_slug = "forum"
    action_label = _("Register")
    share_look = "plum"

    class Kind(models.TextChoices):
        FORUM = "forum", pgettext_lazy("forum kind", "Forum")
        ROUND_TABLE = "round_table", pgettext_lazy("forum kind", "Round table")
        STUDY_MEETING = "study_meeting", pgettext_lazy("forum kind", "Study meeting")
        WORKSHOP = "workshop", pgettext_lazy("forum kind", "Workshop")
        TRAINING = "training", pgettext_lazy("forum kind", "Training")
        ASSEMBLY = "assembly", pgettext_lazy("forum kind", "General assembly")
        PLEDGE_CEREMONY = "pledge_ceremony", pgettext_lazy("forum kind", "Pledge ceremony")
        PRESS_CONFERENCE = "press_conference", pgettext_lazy("forum kind", "Press conference")

    class Change(models.TextChoices):
        NONE = "", pgettext_lazy("forum change", "Takes place as planned")
        POSTPONED = "postponed", pgettext_lazy("forum change", "Postponed")
        CANCELLED = "cancelled", pgettext_lazy("forum change", "Cancelled")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.FORUM)
    slogan = models.CharField(_("slogan"), max_length=100, blank=True)
    place = models.CharField(
        _("place"), max_length=100, blank=True, help_text=_("Empty: to be announced.")
    )
    place_detail = models.CharField(
        _("way there"), max_length=200, blank=True, help_text=_("The next station, the entrance.")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    online_url = models.URLField(
        _("online address"), blank=True, help_text=_("Told to registered people only.")
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("what it is about"), blank=True)
    more_hosts = models.CharField(_("further hosts"), max_length=200, blank=True)
    # Hour words as in the coalition's own notices: 낮 12시 30분, 저녁 6시.
    spoken_hours = models.BooleanField(_("낮 and 저녁 instead of 오전 and 오후"), default=False)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    payment_due_at = models.DateTimeField(_("to be paid by"), null=True, blank=True)
    account = models.ForeignKey(
        "payments.BankAccount",
        verbose_name=_("bank account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"is_open": True},
    )
    depositor_prefix = models.CharField(
        _("word before the depositor's name"),
        max_length=4,
        blank=True,
        default="토론회",
        help_text=_("Banks print about seven letters: 토론회홍길동."),
    )
    issues_papers = models.BooleanField(_("organisations get an estimate and a bill"), default=True)
    contact = models.ForeignKey(
        "home.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accessibility = StreamField(BodyStreamBlock(), verbose_name=_("accessibility"), blank=True)
    retention_months = models.PositiveSmallIntegerField(
        _("months kept after the meeting"), default=3
    )
    change = models.CharField(
        _("change"), max_length=9, choices=Change.choices, blank=True, default=Change.NONE
    )
    change_reason = models.CharField(_("why it changed"), max_length=200, blank=True)
    results = StreamField(BodyStreamBlock(), verbose_name=_("what came of it"), blank=True)
    materials = StreamField([("file", FileBlock())], verbose_name=_("materials"), blank=True)

    content_panels = [
        *Page.content_panels,
        *(FieldPanel("kind"), FieldPanel("slogan"), FieldPanel("summary"), FieldPanel("body")),
        InlinePanel("sessions", heading=_("Sessions"), label=_("Session"), min_num=1),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(BasePage.promote_panels, heading=_("Search and sharing")),
            ObjectList(Page.settings_panels, heading=_("Publishing")),
        ]
    )
    searched_fields = (*BasePage.searched_fields, "slogan", "place", "body")

    parent_page_types = ["campaigns.CampaignPage", "forums.ForumIndexPage"]
    subpage_types = []
    # Whoever copies last year's forum wants its words, not its people.
    exclude_fields_in_copy = ["orders", "pools", "invitations", "doors", "change", "change_reason"]

    class Meta:
        verbose_name = _("forum")
        constraints = [
            models.CheckConstraint(
                condition=Q(registration_opens_at=None)
                | Q(registration_closes_at=None)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="forums_forum_closes_after_opening",
            )
        ]

    @property
    def is_cancelled(self):
        return self.change == self.Change.CANCELLED

    def is_open(self, now=None):
        """Whether people may register at this moment."""
        now = now or timezone.now()
        opened = self.registration_opens_at is None or self.registration_opens_at <= now
        closes = self.registration_closes_at
        return not self.change and opened and (closes is None or now < closes)
