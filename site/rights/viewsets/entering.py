"""Taking down what somebody asked by telephone, by post or in person."""

from datetime import date, datetime

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from privacy.dates import day_begins

from .. import services
from ..forms import EnteredRequestForm
from ..models import Request


class EnterRequestView(PermissionCheckedMixin, View):
    model = Request
    permission_required = "change"
    detail_url_name = index_url_name = enter_url_name = None
    http_method_names = ["get", "post"]

    def get(self, _request):
        return self._show(EnteredRequestForm())

    def post(self, request):
        form = EnteredRequestForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        values = dict(form.cleaned_data)
        public_id, day = values.pop("public_id"), values.pop("received_on")
        values.pop("reply_by")
        entered = services.enter_request(
            services.Wish(**values),
            public_id=public_id,
            received_at=_moment_of(day),
            actor=str(request.user.pk),
        )
        told = _("It is on the list with its last day. Its number: %(number)s")
        messages.success(request, told % {"number": entered.reference})
        return redirect(self.detail_url_name, entered.pk)

    def _show(self, form, status=200):
        context = {
            "page_title": _("Enter a request"),
            "header_icon": "user",
            "form": form,
            "index_url": reverse(self.index_url_name),
        }
        return TemplateResponse(
            self.request, "rights/admin/enter_request.html", context, status=status
        )


def _moment_of(day: date) -> datetime:
    """Now for today; of an earlier day nobody knows the hour."""
    return timezone.now() if day == timezone.localdate() else day_begins(day)
