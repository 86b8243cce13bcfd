from django.conf import settings
from django.db import models
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.documents.models import AbstractDocument, Document
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Orderable, Page
from wagtail.search import index

from .blocks import BodyStreamBlock


class SiteImage(AbstractImage):
    """A picture with its credit; the description is its text alternative."""

    credit = models.CharField(_("credit"), max_length=120, blank=True)

    admin_form_fields = (
        *("title", "file", "description", "credit"),
        *("collection", "tags", "focal_point_x", "focal_point_y"),
        *("focal_point_width", "focal_point_height"),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"),
                name="home_siterendition_unique",
            )
        ]


class SiteDocument(AbstractDocument):
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class BasePage(Page):
    """What every public page shares: a one-line summary and Korean-first search description."""

    summary = models.CharField(
        _("summary"),
        max_length=200,
        blank=True,
        help_text=_("One or two sentences. Shown under the title, in lists and when shared."),
    )

    is_action = False  # True on pages a visitor takes part with: petitions, forums, pledges.

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search and sharing"),
        ),
        FieldPanel("show_in_menus"),
    ]

    class Meta:
        abstract = True

    def route(self, request, path_components):
        """Find a page several levels below with two queries, not with two per level."""
        if len(path_components) > 1:
            url_path = f"{self.url_path}{'/'.join(path_components)}/"
            page = self.get_descendants().filter(url_path=url_path).first()
            if page:
                return page.specific.route(request, [])
        return super().route(request, path_components)

    @property
    def public_url(self):
        return settings.SITE_URL + (self.url or "/")

    @property
    def share_image_url(self):
        return settings.SITE_URL + static("img/share.png")

    @cached_property
    def trail(self):
        """The pages above this one, from the front page down."""
        return self.get_ancestors().live().filter(depth__gt=1)

    @property
    def crumb_title(self):
        return self.title

    @property
    def share_title(self):
        return self.seo_title or self.title

    @property
    def share_description(self):
        return self.search_description or self.summary


class HomePage(BasePage):
    lead_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("lead campaign"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The campaign at the top of the front page."),
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        PageChooserPanel("lead_page", "campaigns.CampaignPage"),
        FieldPanel("body"),
    ]

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.StandardPage", "campaigns.CampaignIndexPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        lead = self.lead_page.specific if self.lead_page and self.lead_page.live else None
        context["lead"] = lead
        return context


class StandardPage(BasePage):
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = _("standard page")


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
                *(FieldPanel("privacy_officer"), FieldPanel("footer_note")),
            ],
            heading=_("Operator"),
        ),
        InlinePanel("menu_items", heading=_("Menu"), label=_("Menu item")),
        MultiFieldPanel(
            [
                FieldPanel("action_page"),
                FieldPanel("privacy_policy_page"),
                FieldPanel("official_petition_help_page"),
                FieldPanel("kakao_javascript_key"),
            ],
            heading=_("Pages and sharing"),
        ),
    ]

    class Meta:
        verbose_name = _("site settings")


class MenuItem(Orderable):
    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="menu_items")
    label = models.CharField(pgettext_lazy("menu item", "label"), max_length=20)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [FieldPanel("label"), FieldPanel("page")]


class PublicVersion(models.Model):
    """One row whose number rises whenever something public changes."""

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="home_publicversion_single")
        ]
        default_permissions = ()
