"""What staff do: cancel, send a mail again, enter who called."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import policy_registry

from privacy.models import AccessAction

from .. import services
from ..exceptions import ForumError, OrderGoneError
from ..forms import ResendForm, StaffCancelForm, StaffOrderForm
from ..models import Order
from ..policies import forums_within_reach
from ..presenters import refusal_to_staff, registration_of
from .access import log_access
from .detail import CANCEL_ID, RESEND_ID, OrderDetailView

ENTER = "forums.add_order"


def _cancel(order, form, actor):
    services.hear_of_card(order)
    account = services.RefundAccount(*form.where_to) if form.where_to else None
    services.cancel_order(order, account=account, actor=actor, reason=form.cleaned_data["reason"])
    return _("The registration is cancelled. Money that goes back stands on the list of refunds.")


def _resend(order, form, actor):
    services.resend_mail(order, actor=actor, reason=form.cleaned_data["reason"])
    return _("The mail goes out again within a minute.")


STEPS = {
    "cancel": ("cancel_form", StaffCancelForm, CANCEL_ID, _cancel),
    "resend": ("resend_form", ResendForm, RESEND_ID, _resend),
}


class OrderStepView(OrderDetailView):
    """One step of staff on a registration, by POST."""

    permission_required = "change"
    any_permission_required = None
    http_method_names = ["post"]
    access = AccessAction.CHANGE

    @cached_property
    def step(self):
        if self.kwargs["step"] not in STEPS:
            raise Http404
        return STEPS[self.kwargs["step"]]

    def post(self, request, **_kwargs):
        name, form_class, auto_id, take = self.step
        if not self.may("change") or self.object.anonymised_at is not None:
            raise PermissionDenied
        form = form_class(request.POST, auto_id=auto_id)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**{name: form}), status=422)
        log_access(request, self.access, [self.object], form.cleaned_data["reason"])
        try:
            messages.success(request, take(self.object, form, str(request.user.pk)))
        except OrderGoneError:
            messages.error(request, _("Nothing changed: the registration is in another state now."))
        return redirect(reverse("registrations:inspect", args=[self.object.pk]))


class EntryChoiceView(PermissionCheckedMixin, View):
    """For which forum somebody called."""

    model = Order
    permission_required = "add"
    http_method_names = ["get"]

    def get(self, request):
        forums = forums_within_reach(request.user, ENTER).live().filter(ends_at__gt=timezone.now())
        context = {"forums": forums.order_by("starts_at").only("title", "starts_at")}
        return TemplateResponse(request, "forums/admin/enter_choice.html", context)


class EntryView(PermissionCheckedMixin, View):
    """Enters who called. The same limits of seats hold, the window of registration does not."""

    model = Order
    permission_required = "add"
    http_method_names = ["get", "post"]

    def dispatch(self, request, *args, forum, **kwargs):
        self.page = get_object_or_404(forums_within_reach(request.user, ENTER).live(), pk=forum)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def state(self):
        return services.state_of(self.page)

    def get(self, request):
        return self._show(self._form(initial={"form_key": uuid.uuid4()}))

    def post(self, request):
        policy = policy_registry.get_by_type(Order)
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            order = services.enter_order(
                self.state,
                registration_of(form, Order.Channel.STAFF),
                actor=str(request.user.pk),
                reason=form.cleaned_data["reason"],
            )
        except ForumError as refusal:
            form.add_error(None, refusal_to_staff(refusal))
            return self._show(form, status=422)
        messages.success(request, _("Registered: %(number)s.") % {"number": order.reference})
        if policy.user_has_any_permission(request.user, ("view", "change")):
            return redirect("registrations:inspect", order.pk)
        return redirect("registrations:enter_one", self.page.pk)

    def _form(self, data=None, **kwargs):
        return StaffOrderForm(data, sessions=self.state.sessions, people=self._people(), **kwargs)

    def _people(self):
        wanted = self.request.GET.get("people", "1")
        return min(max(int(wanted), 1), 10) if wanted.isdecimal() and len(wanted) < 3 else 1

    def _show(self, form, status=200):
        context = {"page": self.page, "form": form, "people": self._people()}
        return TemplateResponse(self.request, "forums/admin/enter.html", context, status=status)
