"""Stopped addresses as staff see them: since when and why."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from desk.viewsets import RowsIndexView, RowsViewSet
from privacy.addresses import canonical_email
from privacy.blind_index import blind_index
from privacy.masking import mask_email

from ..admin_forms import AddressForm
from ..models import Suppression


class SuppressionIndexView(RowsIndexView):
    check_url_name = None

    def order_queryset(self, queryset):
        return queryset.order_by("-created_at", "-pk")

    @cached_property
    def columns(self):
        return [
            Column("reason", label=_("Reason"), accessor="get_reason_display"),
            Column("scope", label=_("Stopped"), accessor="get_scope_display"),
            DateColumn("created_at", label=_("Since")),
            Column("expires_at", label=_("Until"), accessor=_last_day),
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            address_form=AddressForm(), check_url=reverse(self.check_url_name), **kwargs
        )


def _last_day(suppression):
    moment = suppression.expires_at
    return date_format(timezone.localtime(moment)) if moment else _("for good")


@method_decorator(sensitive_post_parameters("email"), name="dispatch")
class AddressCheckView(PermissionCheckedMixin, View):
    """Says whether an address gets mail. By POST: an address never becomes part of a URL."""

    model = Suppression
    any_permission_required = ["view"]
    index_url_name = None
    http_method_names = ["post"]

    def post(self, request):
        form = AddressForm(request.POST)
        if form.is_valid():
            messages.info(request, _word_on(form.cleaned_data["email"]))
        else:
            messages.error(request, _("Write a full e-mail address."))
        return redirect(self.index_url_name)


def _word_on(email: str) -> str:
    index = blind_index("email", canonical_email(email))
    rows = Suppression.objects.in_force(timezone.now()).filter(email_index=index)
    stopped = ", ".join(str(row) for row in rows)
    if not stopped:
        return _("%(email)s gets all mail.") % {"email": mask_email(email)}
    values = {"email": mask_email(email), "stopped": stopped}
    return _("Stopped for %(email)s: %(stopped)s") % values


class SuppressionViewSet(RowsViewSet):
    """Addresses that get no mail; only how many, since when and why can be seen."""

    model = Suppression
    name = "stopped-addresses"
    icon = "no-view"
    menu_label = gettext_lazy("Stopped addresses")
    index_view_class = SuppressionIndexView
    list_filter = ["scope", "reason"]
    index_template_name = "messaging/admin/suppressions.html"
    index_results_template_name = "wagtailadmin/generic/listing_results.html"

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(check_url_name=self.get_url_name("check"), **kwargs)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("check/", self.construct_view(AddressCheckView), name="check"),
        ]
