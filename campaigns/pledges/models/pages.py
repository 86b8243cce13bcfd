from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from home.blocks import BodyStreamBlock
from home.fields import StreamField
from home.models import BasePage

from .elections import Election


class PledgeBoardPage(RoutablePageMixin, BasePage):
    """Who was asked what at an election, and what they said: all alike, in a fixed neutral order.

    Who stands and what they answered are rows, shown once the board is released
    (``services.guards``); the page says what an editor writes around them.
    """

    default_slug = "pledges"
    names_candidates = True
    share_look = "paper"

    election = models.ForeignKey(
        Election, verbose_name=_("election"), on_delete=models.PROTECT, related_name="board_pages"
    )
    body = StreamField(
        BodyStreamBlock(),
        verbose_name=_("below the answers"),
        blank=True,
        help_text=_("Photographs of the ceremony, texts of the coalition."),
    )

    content_panels = [
        *(*Page.content_panels, FieldPanel("summary"), FieldPanel("election")),
        FieldPanel("body"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(BasePage.promote_panels, heading=_("Search and sharing")),
            ObjectList(Page.settings_panels, heading=_("Publishing")),
        ]
    )
    searched_fields = (*BasePage.searched_fields, "body")
    read_with = ("election__round",)

    parent_page_types = ["campaigns.CampaignPage"]
    subpage_types = []

    class Meta:
        verbose_name = verbose_name_plural = _("board of answers")

    @property
    def share_tag(self):
        return str(self.election)

    @path("")
    def show_board(self, request):
        return _views().show_board(request, self)

    @path("respondents/<uuid:public_id>/")
    def show_respondent(self, request, public_id):
        return _views().show_respondent(request, self, public_id)

    @path("contests/<int:key>/")
    def show_contest(self, request, key):
        return _views().show_contest(request, self, key)

    @path("demands/")
    def show_demands(self, request):
        return _views().show_demands(request, self)

    @path("log/")
    def show_log(self, request):
        return _views().show_log(request, self)

    @path("open-data/csv/")
    def show_csv(self, request):
        return _views().show_csv(request, self)

    @path("open-data/json/")
    def show_json(self, request):
        return _views().show_json(request, self)

    def serve_preview(self, request, mode_name):
        return self.show_board(request)


def _views():
    from ..views import board  # noqa: PLC0415 (the one allowed, see architecture.md)

    return board
