"""Asking for an export: which rows, in what form, and why."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from privacy.requests import client_ip

from .. import services
from ..exceptions import NotAllowedError
from ..forms import ExportForm
from ..models import ExportJob
from ..registry import permitted_source
from ..tasks import run_export


class StartView(PermissionCheckedMixin, View):
    model = ExportJob
    permission_required = "add"
    detail_url_name = index_url_name = start_url_name = None
    http_method_names = ["get", "post"]

    def dispatch(self, request, *args, source, **kwargs):
        try:
            self.source = permitted_source(source, request.user)
        except NotAllowedError as error:
            raise PermissionDenied from error
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        chosen = self.source.choose(request.GET or None, user=request.user)
        if not request.GET:
            return self._show(chosen, ExportForm())
        return self._show(chosen, ExportForm(), self._count(chosen))

    def post(self, request):
        chosen = self.source.choose(request.POST, user=request.user)
        form = ExportForm(request.POST)
        if not (chosen.is_valid() and form.is_valid()):
            return self._show(chosen, form, status=422)
        # The worker hears of the job in the same transaction, or there is none.
        with transaction.atomic():
            job = services.request_export(
                self.source.name,
                user=request.user,
                options=chosen.options(),
                address=client_ip(request),
                **form.cleaned_data,
            )
            transaction.on_commit(lambda: run_export.enqueue(str(job.public_id)))
        return redirect(self.detail_url_name, job.public_id)

    def _count(self, chosen):
        """How many rows there would be; None until it is said which."""
        return self.source.count(chosen.options(), self.request.user) if chosen.is_valid() else None

    def _show(self, chosen, form, count=None, status=200):
        context = {
            "page_title": _("Export: %(what)s") % {"what": self.source.label},
            "header_icon": "download",
            "source": self.source,
            "chosen": chosen,
            "form": form,
            "count": count,
            "index_url": reverse(self.index_url_name),
        }
        return TemplateResponse(self.request, "exports/admin/start.html", context, status=status)
