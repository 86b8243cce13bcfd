from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Orderable, Page

from home.blocks import BodyStreamBlock
from home.fields import StreamField
from home.models import BasePage
from privacy.models import ConsentDefinition

from .. import defaults
from ..admin_forms import (
    REASON_FIELDS,
    ConsentSelect,
    PetitionPageForm,
    obstacles_to_publishing,
)
from ..validators import read_goal_steps, validate_goal_steps

DEFAULT_RETENTION_MONTHS = 6
DEFAULT_GOALS = "500, 1000, 2000, 5000, 10000, 20000, 50000, 100000"


class PetitionPage(BasePage):
    """A demand that citizens sign. What they sign is rows; what they read is this page."""

    is_action = True
    opening_fields = ("opens_at", "closes_at")
    read_with = ("tally",)
    default_slug = "petition"
    action_label = _("Sign")
    card_template = "petitions/_card.html"
    share_look = "act"

    addressees = models.CharField(
        _("addressed to"),
        max_length=120,
        help_text=_("Whom the petition addresses, as shown under the title."),
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("why it matters"), blank=True)
    goal_steps = models.CharField(
        _("goals"),
        max_length=200,
        default=DEFAULT_GOALS,
        validators=[validate_goal_steps],
        help_text=_("Rising numbers with commas between. The next one shows when one is reached."),
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    hand_over_on = models.DateField(_("to be handed over on"), null=True, blank=True)
    confirmation_required = models.BooleanField(
        _("signatures count once confirmed by mail"),
        default=True,
        help_text=_(
            "Without it every signature counts at once, and the page says so. Then the number "
            "moves only for an address that is new, so it can show whether somebody signed: "
            "not for sensitive matters."
        ),
    )
    asks_comment = models.BooleanField(_("asks for a comment"), default=True)
    name_reason = models.CharField(
        _("why the name is needed"), max_length=120, blank=True, default=defaults.NAME_REASON
    )
    email_reason = models.CharField(
        _("why the e-mail is needed"), max_length=120, blank=True, default=defaults.EMAIL_REASON
    )
    region_reason = models.CharField(
        _("why the region is needed"), max_length=120, blank=True, default=defaults.REGION_REASON
    )
    roll_recipients = models.CharField(
        _("recipients of the signature roll"),
        max_length=200,
        blank=True,
        help_text=_("Named in the consent to be listed on the roll handed over."),
    )
    retention_months = models.PositiveSmallIntegerField(
        _("months kept after the hand-over"),
        default=DEFAULT_RETENTION_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )

    content_panels = [
        *Page.content_panels,
        *(FieldPanel("summary"), FieldPanel("addressees"), FieldPanel("body")),
    ]
    signing_panels = [
        MultiFieldPanel(
            [FieldPanel("goal_steps"), FieldPanel("opens_at"), FieldPanel("closes_at")],
            heading=_("Goal and time"),
        ),
        MultiFieldPanel(
            [FieldPanel("confirmation_required"), FieldPanel("asks_comment")],
            heading=_("Form"),
        ),
        MultiFieldPanel(
            [FieldPanel("name_reason"), FieldPanel("email_reason"), FieldPanel("region_reason")],
            heading=_("Why these are needed"),
            help_text=_(
                "The form asks for name, e-mail and region and says why. Only what is needed may "
                "be asked for; without a reason the petition can't be published."
            ),
        ),
        InlinePanel(
            "petition_consents",
            heading=_("Consents"),
            label=_("Consent"),
            help_text=_(
                "Asked for in this order. “Collection and use” and “Age” are needed to publish. "
                "Their words are edited under Settings, Consent texts."
            ),
        ),
    ]
    hand_over_panels = [
        FieldPanel("roll_recipients"),
        FieldPanel("hand_over_on"),
        FieldPanel("retention_months"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(signing_panels, heading=_("Signing")),
            ObjectList(hand_over_panels, heading=_("Hand-over and retention")),
            ObjectList(BasePage.promote_panels, heading=_("Search and sharing")),
            ObjectList(Page.settings_panels, heading=_("Publishing")),
        ]
    )
    base_form_class = PetitionPageForm
    searched_fields = (*BasePage.searched_fields, "addressees", "body")

    parent_page_types = ["campaigns.CampaignPage"]
    subpage_types = []
    exclude_fields_in_copy = ["signatures", "tally", "count_deltas"]

    class Meta:
        verbose_name = verbose_name_plural = _("petition")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True)
                | models.Q(opens_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="petitions_petition_closes_after_opening",
            )
        ]

    def save(self, clean=True, **kwargs):
        """Save as Wagtail does; what is live must be ready for signers, whichever way it got so."""
        if clean and self.live:
            self.check_ready()
        return super().save(clean=clean, **kwargs)

    def clean(self):
        super().clean()
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("The petition must close after it opens.")})

    @property
    def crumb_title(self):
        return _("Signing")

    @property
    def share_tag(self):
        return str(self.crumb_title)

    def serve(self, request, *args, **kwargs):
        from ..views import show_petition  # noqa: PLC0415 (the one allowed, see architecture.md)

        return show_petition(request, self)

    def serve_preview(self, request, mode_name):
        return self.serve(request)

    def publish(self, revision, *args, **kwargs):
        """Publish as Wagtail does, or schedule: what waits for its hour must be ready as well."""
        revision.as_object().check_ready()
        return super().publish(revision, *args, **kwargs)

    def check_ready(self):
        """Raise ValidationError with all that keeps this petition from being published."""
        definitions = [consent.definition for consent in self.petition_consents.all()]
        reasons = {name: getattr(self, name) for name in REASON_FIELDS}
        if obstacles := obstacles_to_publishing(definitions, self.roll_recipients, reasons):
            told = " ".join(str(obstacle.message) for obstacle in obstacles)
            values = {"title": self.title, "told": told}
            raise ValidationError(
                _("Nothing was published. “%(title)s” is not ready: %(told)s"), params=values
            )

    def is_open(self, now=None):
        now = now or timezone.now()
        opened = self.opens_at is None or self.opens_at <= now
        return opened and (self.closes_at is None or now < self.closes_at)

    def is_handed_over(self, now=None):
        """Whether the day of the hand-over has passed: nothing can join the roll any more."""
        day = self.hand_over_on
        return day is not None and timezone.localdate(now) > day

    def goal_for(self, count):
        """The first goal not yet reached, or the last one."""
        steps = read_goal_steps(self.goal_steps or DEFAULT_GOALS)  # A draft may have none.
        return next((step for step in steps if step > count), steps[-1])


class PetitionConsent(Orderable):
    """A consent that this petition's form asks for."""

    page = ParentalKey(PetitionPage, on_delete=models.CASCADE, related_name="petition_consents")
    definition = models.ForeignKey(
        ConsentDefinition,
        verbose_name=_("consent"),
        on_delete=models.PROTECT,
        related_name="petition_consents",
    )

    panels = [FieldPanel("definition", widget=ConsentSelect)]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "definition"], name="petitions_consent_once")
        ]
