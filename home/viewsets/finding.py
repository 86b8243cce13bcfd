"""Ways to a page that editors keep: words that mean the same, short addresses with QR codes."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet

from ..models import SearchSynonym, ShortLink
from ..services import draw_qr_png, draw_qr_svg

ANY_RIGHT = ("add", "change", "delete", "view")
QR_KINDS = {"svg": ("image/svg+xml", draw_qr_svg), "png": ("image/png", draw_qr_png)}


def describe_target(link):
    """Where it leads, in words; with a warning where visitors find nothing."""
    name = link.page.title if link.page else link.url
    if link.page and link.target and not link.page.live:
        return _("%(title)s (no longer public: leads to what replaced it)") % {"title": name}
    if link.target:
        return name
    return _("%(title)s (not public: the address leads nowhere)") % {"title": name}


class SearchSynonymViewSet(SnippetViewSet):
    model = SearchSynonym
    icon = "search"
    list_display = ["words"]
    search_fields = ["words"]
    copy_view_enabled = False


class AddressColumn(Column):
    """The whole address, and the way to its QR code."""

    cell_template_name = "home/admin/short_link_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "url": reverse("short-links:inspect", args=[instance.pk])}


class ShortLinkIndexView(IndexView):
    def get_base_queryset(self):
        return ShortLink.objects.select_related("page")


class ShortLinkInspectView(InspectView):
    """The address to copy, and the code to print."""

    page_title = gettext_lazy("Address and QR code")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            svg_url=reverse("short-links:qr", args=[self.object.pk, "svg"]),
            png_url=reverse("short-links:qr", args=[self.object.pk, "png"]),
            leads_to=describe_target(self.object),
            **kwargs,
        )


class QRCodeView(PermissionCheckedMixin, View):
    """The code as a file. ``?download`` saves it, else it is shown."""

    model = ShortLink
    any_permission_required = ANY_RIGHT

    def get(self, request, pk, kind):
        if kind not in QR_KINDS:
            raise Http404
        link = get_object_or_404(ShortLink, pk=pk)
        content_type, draw = QR_KINDS[kind]
        headers = {}
        if "download" in request.GET:
            headers["Content-Disposition"] = f'attachment; filename="qr-{link.pk}.{kind}"'
        return HttpResponse(draw(link.address), content_type=content_type, headers=headers)


class ShortLinkViewSet(SnippetViewSet):
    model = ShortLink
    icon = "link"
    url_namespace = "short-links"
    base_url_path = "short-links"
    list_display = [
        "slug",
        AddressColumn("address", label=gettext_lazy("Address and QR code")),
        Column("target", label=gettext_lazy("Leads to"), accessor=describe_target),
    ]
    search_fields = ["slug", "url", "page__title"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_template_name = "home/admin/short_link.html"
    index_view_class = ShortLinkIndexView
    inspect_view_class = ShortLinkInspectView

    @property
    def qr_view(self):
        return self.construct_view(QRCodeView)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("qr/<int:pk>.<slug:kind>", self.qr_view, name="qr"),
        ]
