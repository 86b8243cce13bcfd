from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from privacy.services import searches as search

from .. import services
from ..admin_forms import ReasonForm
from ..exceptions import NotBlockedError

LIFT_RIGHT = "petitions.delete_blockedaddress"


class BlockLiftView(PermissionCheckedMixin, View):
    """Lets the address of a remembered search sign again. The address itself is not posted."""

    permission_policy = None
    permission_required = "delete"
    index_url_name = None
    http_method_names = ["post"]

    def post(self, request):
        key = request.GET.get(search.FOUND, "")
        found = search.recall_search(request.session, key)
        form = ReasonForm(request.POST)
        if not found:
            messages.error(request, _("This search is over. Please search again."))
        elif not form.is_valid():
            messages.error(request, form.errors["reason"][0])
        else:
            self._lift(request, bytes.fromhex(found["email"]), form.cleaned_data["reason"])
        return redirect(f"{reverse(self.index_url_name)}?{urlencode({search.FOUND: key})}")

    def _lift(self, request, email_index, reason):
        try:
            services.lift_block(email_index, actor=str(request.user.pk), reason=reason)
        except NotBlockedError:
            messages.error(request, _("Nothing changed: this address is not blocked."))
        else:
            messages.success(request, _("The block is lifted. This address can sign again."))
