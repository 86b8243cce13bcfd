from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import DateBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from ..blocks import LinkBlock
from ..fields import StreamField


@register_setting(icon="site")
class SiteSettings(ClusterableModel, BaseSiteSetting):
    """Who runs this site: the footer, mails and certificates take their words from here."""

    organisation_name = models.CharField(_("organisation"), max_length=80, blank=True)
    short_name = models.CharField(_("short name"), max_length=20, blank=True)
    representatives = models.CharField(_("representatives"), max_length=120, blank=True)
    registration_number = models.CharField(
        _("registration number"), max_length=20, blank=True, help_text=_("000-82-00000")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    privacy_officer = models.CharField(_("privacy officer"), max_length=80, blank=True)
    privacy_officer_office = models.CharField(
        _("office of the privacy officer"), max_length=80, blank=True
    )
    privacy_officer_phone = models.CharField(
        _("phone of the privacy officer"), max_length=20, blank=True
    )
    privacy_officer_email = models.EmailField(_("e-mail of the privacy officer"), blank=True)
    footer_note = models.CharField(_("footer note"), max_length=200, blank=True)
    privacy_policy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy policy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    official_petition_help_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("explanation of the two kinds of signature"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Says how a signature here differs from the National Assembly's own petition."),
    )
    action_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page behind the button in the header"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    footer_links = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("links at the foot"),
        blank=True,
        help_text=_("Beside the privacy policy: terms of use, no harvesting of addresses."),
    )
    election_days = StreamField(
        [("day", DateBlock(label=_("Day of an election")))],
        verbose_name=_("coming elections"),
        blank=True,
        help_text=_(
            "In the 120 days before, editors are warned of words the law forbids. Elections that "
            "are listed under “Elections and candidates” count by themselves."
        ),
    )
    security_contact = models.EmailField(
        _("address for security reports"),
        blank=True,
        help_text=_("Told in /.well-known/security.txt."),
    )
    naver_site_verification = models.CharField(
        _("Naver site verification"), max_length=80, blank=True
    )
    google_site_verification = models.CharField(
        _("Google site verification"), max_length=80, blank=True
    )
    kakao_javascript_key = models.CharField(
        _("Kakao JavaScript key"),
        max_length=64,
        blank=True,
        help_text=_("Without a key the KakaoTalk button copies the title and the link."),
    )

    panels = [
        MultiFieldPanel(
            [
                *(FieldPanel("organisation_name"), FieldPanel("short_name")),
                *(FieldPanel("representatives"), FieldPanel("registration_number")),
                *(FieldPanel("address"), FieldPanel("phone"), FieldPanel("email")),
                FieldPanel("footer_note"),
            ],
            heading=_("Operator"),
        ),
        MultiFieldPanel(
            [
                *(FieldPanel("privacy_officer"), FieldPanel("privacy_officer_office")),
                *(FieldPanel("privacy_officer_phone"), FieldPanel("privacy_officer_email")),
            ],
            heading=_("Privacy officer"),
            help_text=_("Stands in the privacy policy, which needs it, and at the foot."),
        ),
        FieldPanel("election_days"),
        InlinePanel("menu_items", heading=_("Menu"), label=_("Menu item")),
        MultiFieldPanel(
            [
                FieldPanel("action_page"),
                FieldPanel("privacy_policy_page"),
                *(FieldPanel("official_petition_help_page"), FieldPanel("footer_links")),
                *(FieldPanel("kakao_javascript_key"), FieldPanel("security_contact")),
                FieldPanel("naver_site_verification"),
                FieldPanel("google_site_verification"),
            ],
            heading=_("Pages and sharing"),
        ),
    ]

    class Meta:
        verbose_name = verbose_name_plural = _("site settings")

    @property
    def names_privacy_officer(self):
        """Whether there is somebody to turn to, and a way to reach them (PIPA art. 30, 31)."""
        reachable = self.privacy_officer_phone or self.privacy_officer_email
        return bool(self.privacy_officer and reachable)


class MenuItem(Orderable):
    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="menu_items")
    label = models.CharField(pgettext_lazy("menu item", "label"), max_length=20)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    links = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("links below it"),
        blank=True,
        help_text=_("Shown when the menu opens, and as a column of the footer."),
    )

    panels = [FieldPanel("label"), FieldPanel("page"), FieldPanel("links")]


@register_setting(icon="warning")
class SiteAlert(BaseSiteSetting):
    """One line above every page, for what cannot wait."""

    class Kind(models.TextChoices):
        INFO = "info", _("Notice")
        URGENT = "urgent", _("Urgent")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.INFO)
    text = models.CharField(
        _("text"), max_length=120, blank=True, help_text=_("Empty: nothing is shown.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link_label = models.CharField(_("words of the link"), max_length=20, blank=True)
    shows_until = models.DateTimeField(
        _("shown until"), null=True, blank=True, help_text=_("Empty: until you take it down.")
    )

    panels = [
        *(FieldPanel("text"), FieldPanel("kind"), FieldPanel("page")),
        *(FieldPanel("link_label"), FieldPanel("shows_until")),
    ]

    class Meta:
        verbose_name = verbose_name_plural = _("alert above every page")


class PublicVersion(models.Model):
    """One row whose number rises whenever something public changes."""

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="home_publicversion_single")
        ]
        default_permissions = ()
