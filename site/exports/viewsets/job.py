"""One export: its progress, its file, its manifest."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from privacy.requests import client_ip

from .. import services
from ..exceptions import (
    AlreadyOverError,
    FileUnreadableError,
    NotAllowedError,
    NotReadyError,
)
from ..models import ExportJob
from ..registry import source_named
from ..services.writers import WRITERS

SECONDS_TO_REFRESH = "3"


class ExportJobView(PermissionCheckedMixin, View):
    """Base: a job that this person may see; of another's there is none."""

    model = ExportJob
    any_permission_required = ["add", "view"]
    detail_url_name = index_url_name = start_url_name = None

    def dispatch(self, request, *args, public_id, **kwargs):
        visible = self.permission_policy.instances_user_has_any_permission_for(
            request.user, self.any_permission_required
        )
        self.job = visible.select_related("requested_by").filter(public_id=public_id).first()
        if self.job is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_mine(self):
        return self.job.requested_by_id == self.request.user.pk

    def back(self):
        return redirect(self.detail_url_name, self.job.public_id)


class ExportDetailView(ExportJobView):
    http_method_names = ["get"]

    def get(self, request):
        job, source = self.job, source_named(self.job.source)
        context = {
            "page_title": str(source.label) if source else job.source,
            "header_icon": "download",
            "job": job,
            "source": source,
            "is_mine": self.is_mine,
            "problem": problem_of(job),
            "index_url": reverse(self.index_url_name),
        }
        response = TemplateResponse(request, "exports/admin/job.html", context)
        add_never_cache_headers(response)
        if job.is_under_way:  # Needs no script.
            response["Refresh"] = SECONDS_TO_REFRESH
        return response


def problem_of(job):
    """What went wrong, and what to do."""
    if job.missing_key:
        return _(
            "The file can't be read: the key %(key)s, with which it is locked, is not here any "
            "more. Nothing was sent. Ask your administrator to put the key back "
            "(FIELD_ENCRYPTION_KEYS, printed key sheet), then fetch the file again; or ask for "
            "the export anew."
        ) % {"key": job.missing_key}
    told = {
        "damaged": _(
            "The stored file is damaged, so nothing was sent and it was deleted. Ask for the "
            "export again. If it happens again, tell your administrator: the database may be at "
            "fault."
        ),
        "not_allowed": _("The right to export this was taken back before the file was made."),
        "access_log": _(
            "The access log could not be written, so nothing was read. Tell your administrator."
        ),
        "storage": _(
            "The file could not be stored; the database or its disk may be full. Nothing half made "
            "was kept. Tell your administrator, then ask for the export again."
        ),
        "defect": _("The file could not be made. Nothing half made was kept. Please try again."),
    }
    return told.get(job.problem, "")


class CancelView(ExportJobView):
    http_method_names = ["post"]

    def post(self, request):
        if not self.is_mine:
            raise PermissionDenied
        try:
            services.cancel_export(self.job)
        except AlreadyOverError:
            messages.warning(request, _("This export was over already."))
        else:
            messages.success(request, _("The export is cancelled and its file is deleted."))
        return self.back()


class DownloadView(ExportJobView):
    """By POST: a fetched file is an event, and a scanner of links causes none."""

    http_method_names = ["post"]

    def post(self, request):
        try:
            pieces = services.fetch_file(self.job, user=request.user, address=client_ip(request))
        except NotAllowedError as error:
            raise PermissionDenied from error
        except NotReadyError:
            messages.error(request, _("There is no file any more. Ask for the export again."))
            return self.back()
        except FileUnreadableError:  # The page says what to do.
            return self.back()
        response = StreamingHttpResponse(pieces, content_type=WRITERS[self.job.format].content_type)
        response["Content-Length"] = self.job.size
        response["Content-Disposition"] = content_disposition_header(True, file_name(self.job))
        add_never_cache_headers(response)
        return response


class ManifestView(ExportJobView):
    http_method_names = ["get"]

    def get(self, request):
        if not self.job.manifest:
            raise Http404
        response = HttpResponse(self.job.manifest, content_type="application/json; charset=utf-8")
        name = f"manifest-{self.job}.json"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response


def file_name(job):
    """Which file, of when: 서명부-20261126-1a2b3c4d.xlsx."""
    source = source_named(job.source)
    day = timezone.localtime(job.finished_at).strftime("%Y%m%d")
    label = str(source.label if source else job.source).replace(" ", "-").replace("/", "-")
    return f"{label}-{day}-{job}.{job.format}"
