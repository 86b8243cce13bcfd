"""Where staff begin who write no page."""

from django.template.response import TemplateResponse
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from ..models import Order
from ..presenters import offices_of


class ForumsView(PermissionCheckedMixin, View):
    """Each forum with what somebody does for it."""

    model = Order
    any_permission_required = ["view", "change", "add", "export"]
    http_method_names = ["get"]

    def get(self, request):
        context = {"offices": offices_of(request.user)}
        return TemplateResponse(request, "forums/admin/forums.html", context)
