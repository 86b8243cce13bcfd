"""Consent texts for staff: edited as one text, kept as versions."""

from django.db.models import Max
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from ..admin_forms import ConsentDefinitionForm
from ..models import ConsentDefinition


class ConsentIndexView(generic.IndexView):
    FORMATS = ()

    def get_base_queryset(self):
        return ConsentDefinition.objects.annotate(
            version=Max("versions__number"), changed_at=Max("versions__published_at")
        )

    def order_queryset(self, queryset):
        return queryset.order_by("pk")

    @cached_property
    def columns(self):
        return [
            TitleColumn("title", label=_("Title"), get_url=self._get_url),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            BooleanColumn("required", label=_("Needed to take part")),
            Column("version", label=_("Version")),
            DateColumn("changed_at", label=_("Changed")),
        ]

    def _get_url(self, definition):
        return self.get_edit_url(definition) or self.get_inspect_url(definition)


class ConsentEditView(generic.EditView):
    success_message = gettext_lazy("Saved. Who signs from here on agrees to this text.")

    @cached_property
    def header_buttons(self):
        url = self.get_inspect_url()
        return [HeaderButton(_("Earlier versions"), url=url, icon_name="history")] if url else []

    def get_inspect_url(self):
        return self.inspect_url_name and reverse(self.inspect_url_name, args=[self.object.pk])


class ConsentVersionsView(generic.InspectView):
    """Every text that people have agreed to, newest first."""

    page_title = gettext_lazy("Versions")

    def get_context_data(self, **kwargs):
        versions = self.object.versions.order_by("-number")
        return super().get_context_data(versions=versions, **kwargs)


class ConsentViewSet(ModelViewSet):
    """Nothing is deleted here: what people agreed to must stay readable."""

    model = ConsentDefinition
    name = "consent-texts"
    icon = "clipboard-list"
    menu_label = gettext_lazy("Consent texts")
    add_to_settings_menu = True
    menu_order = 150
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = ConsentIndexView
    edit_view_class = ConsentEditView
    inspect_view_class = ConsentVersionsView
    inspect_template_name = "privacy/admin/versions.html"
    panels = [
        HelpPanel(template="privacy/admin/consent_help.html"),
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel("kind"),
                FieldPanel("style"),
                FieldPanel("slug"),
            ],
            heading=gettext_lazy("Consent"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("purpose"),
                FieldPanel("items"),
                FieldPanel("retention"),
                FieldPanel("refusal"),
            ],
            heading=gettext_lazy("What the law wants told"),
        ),
        MultiFieldPanel(
            [FieldPanel("recipients"), FieldPanel("recipients_retention")],
            heading=gettext_lazy("For a third party only"),
        ),
    ]

    def get_edit_handler(self):
        handler = ObjectList(self.panels, base_form_class=ConsentDefinitionForm)
        return handler.bind_to_model(self.model)

    def get_common_view_kwargs(self, **kwargs):
        absent = {f"{name}_url_name": None for name in ("delete", "history", "usage")}
        return super().get_common_view_kwargs(**absent, **kwargs)

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("<int:pk>/", self.edit_view, name="edit"),
            path("<int:pk>/versions/", self.inspect_view, name="inspect"),
        ]
