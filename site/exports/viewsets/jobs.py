"""The register of exports: who took what out, why, how far it is."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.services import holds_somewhere
from desk.viewsets import RowsIndexView, RowsViewSet

from ..models import ExportJob
from ..registry import source_named, sources_for
from .job import CancelView, DownloadView, ExportDetailView, ManifestView
from .start import StartView

EVERYBODYS = "exports.view_exportjob"
MAY_READ = ["add", "view"]


class ExportPolicy(ModelPermissionPolicy):
    """Who may export sees their own; the register of all is a right of its own."""

    def user_has_permission(self, user, action):
        """Also where a right holds within a limit: the rows of the file keep to it."""
        return holds_somewhere(user, self._get_permission_name(action))

    def instances_user_has_any_permission_for(self, user, actions):
        jobs = ExportJob.objects.all()
        return jobs if user.has_perm(EVERYBODYS) else jobs.filter(requested_by=user)


class ExportIndexView(RowsIndexView):
    any_permission_required = MAY_READ
    detail_url_name = start_url_name = None

    def get_base_queryset(self):
        mine = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, MAY_READ
        )
        return mine.select_related("requested_by").defer("manifest")

    def order_queryset(self, queryset):
        return queryset.order_by("-created_at")

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "source",
                label=_("Export"),
                accessor=label_of,
                get_url=lambda job: reverse(self.detail_url_name, args=[job.public_id]),
            ),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=state_of,
                primary=lambda job: job.is_ready and not job.missing_key,
            ),
            Column("total", label=_("Rows")),
            Column("purpose", label=_("Purpose"), accessor="get_purpose_display"),
            Column("requested_by", label=_("Requested by")),
            DateColumn("created_at", label=_("Requested")),
            Column("downloads", label=_("Downloads")),
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            sources=sources_for(self.request.user), start_url_name=self.start_url_name, **kwargs
        )


def state_of(job):
    if job.missing_key:
        return _("Key %(key)s is missing") % {"key": job.missing_key}
    return job.get_state_display()


def label_of(job):
    source = source_named(job.source)
    return str(source.label) if source else job.source


class ExportViewSet(RowsViewSet):
    """Where staff take data out, and where all of it is seen."""

    model = ExportJob
    name = "exports"
    icon = "download"
    menu_label = gettext_lazy("Exports")
    menu_order = 700
    add_to_admin_menu = True
    index_view_class = ExportIndexView
    index_template_name = "exports/admin/index.html"
    index_results_template_name = "wagtailadmin/generic/listing_results.html"

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            detail_url_name=self.get_url_name("detail"),
            start_url_name=self.get_url_name("start"),
            **kwargs,
        )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("new/<str:source>/", self.construct_view(StartView), name="start"),
            path("<uuid:public_id>/", self.construct_view(ExportDetailView), name="detail"),
            path("<uuid:public_id>/cancel/", self.construct_view(CancelView), name="cancel"),
            path("<uuid:public_id>/file/", self.construct_view(DownloadView), name="file"),
            path("<uuid:public_id>/manifest/", self.construct_view(ManifestView), name="manifest"),
        ]
