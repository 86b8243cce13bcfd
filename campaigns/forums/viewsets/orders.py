from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from desk.viewsets import RowsIndexView, RowsViewSet
from exports.registry import sources_for
from payments.models import Payment
from privacy.models import AccessAction
from privacy.services import searches

from ..forms import OrderSearchForm
from ..models import PAYMENT_PURPOSE, Order, Seat, Ticket
from ..presenters.fees import won
from .access import NOBODY, log_access, masked_name, readable_orders
from .detail import OrderDetailView, OrderFullView
from .filters import OrderFilterSet
from .office import ForumsView
from .steps import EntryChoiceView, EntryView, OrderStepView

PAYMENT_STATES = dict(Payment.State.choices)


def _sessions(order):
    seats = {seat.session for ticket in order.tickets.all() for seat in ticket.seats.all()}
    return ", ".join(s.part or s.title for s in sorted(seats, key=lambda s: s.starts_at))


def _people(order):
    return len(order.tickets.all())


def _money(order):
    """How much, and whether it came."""
    if not order.amount_krw:
        return pgettext("registration", "Nothing to pay")
    state = PAYMENT_STATES.get(order.payment_state, NOBODY)
    return f"{won(order.amount_krw)} · {state}"


class OrderIndexView(RowsIndexView):
    """All registrations, newest first; or those of one search, then without filters."""

    detail_url_name = None
    search_url_name = None
    enter_url_name = None

    @cached_property
    def search_key(self):
        return self.request.GET.get(searches.FOUND, "")

    @cached_property
    def found(self):
        return searches.recall_search(self.request.session, self.search_key)

    @cached_property
    def filters(self):
        return None if self.search_key else super().filters

    def get_base_queryset(self):
        orders = with_what_is_shown(readable_orders(self.request.user))
        if not self.search_key:
            return orders
        if not self.found:
            return orders.none()
        # Somebody may have registered other people.
        named = Ticket.objects.filter(name_index=searches.name_sought(self.found))
        also = Q(pk__in=named.values("order"))
        return searches.found_by(self.found, orders, also=also)

    def order_queryset(self, queryset):
        return queryset.order_by("-created_at", "-pk")

    @cached_property
    def header_buttons(self):
        address = reverse("registrations:forums")
        buttons = [HeaderButton(_("Each forum"), url=address, icon_name="date")]
        if self.user_has_permission("add"):
            address = reverse(self.enter_url_name)
            buttons.append(HeaderButton(_("Enter a registration"), url=address, icon_name="plus"))
        if sources_for(self.request.user):
            address = reverse("exports:index")
            buttons.append(HeaderButton(_("Export"), url=address, icon_name="download"))
        return buttons

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "name",
                label=_("Name"),
                accessor=masked_name,
                get_url=lambda row: reverse(self.detail_url_name, args=[row.pk]),
            ),
            Column("people", label=pgettext("registration", "People"), accessor=_people),
            Column("sessions", label=_("Sessions"), accessor=_sessions),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="get_status_display",
                primary=lambda row: row.status == Order.Status.CONFIRMED,
            ),
            Column("money", label=pgettext("registration", "Money"), accessor=_money),
            DateColumn("created_at", label=pgettext("moment", "Registered")),
            Column("reference", label=_("Reference")),
            Column("forum", label=_("Forum"), accessor="forum_title"),
        ]

    @cached_property
    def no_results_message(self):
        if self.search_key and not self.found:
            return _("This search is over. Please search again.")
        if self.search_key:
            return _("Nobody registered under exactly this name, address or number.")
        return super().no_results_message

    def get_context_data(self, **kwargs):
        around = {
            "find_form": OrderSearchForm(),
            "find_url": reverse(self.search_url_name),
            "searched": self.found["shown"] if self.found else "",
            "is_found_list": bool(self.search_key),
        }
        context = super().get_context_data(**around, **kwargs)
        action = AccessAction.SEARCH if self.search_key else AccessAction.LIST
        log_access(self.request, action, context["object_list"])
        return context


def with_what_is_shown(orders):
    """The same orders with the forum's title, the payment's state, tickets and their seats."""
    payments = Payment.objects.filter(purpose=PAYMENT_PURPOSE, subject=OuterRef("public_id"))
    seats = Seat.objects.filter(released_at=None).select_related("session")
    tickets = Ticket.objects.order_by("number").prefetch_related(Prefetch("seats", queryset=seats))
    return orders.annotate(
        forum_title=F("forum__title"), payment_state=Subquery(payments.values("state")[:1])
    ).prefetch_related(Prefetch("tickets", queryset=tickets))


@method_decorator(sensitive_post_parameters("query"), name="dispatch")
class OrderSearchView(PermissionCheckedMixin, View):
    """Takes a person's name or address by POST and leads to a list whose address names nobody."""

    model = Order
    any_permission_required = ["view", "change"]
    index_url_name = None
    http_method_names = ["post"]

    def post(self, request):
        form = OrderSearchForm(request.POST)
        index_url = reverse(self.index_url_name)
        if not form.is_valid():
            messages.error(request, _("Write a full name, a full e-mail address or a number."))
            return redirect(index_url)
        key = searches.remember_search(request.session, form.cleaned_data["query"])
        return redirect(f"{index_url}?{searches.FOUND}={key}")


class OrderViewSet(RowsViewSet):
    """Registrations for staff: masked, found by filters or an exact search, each with its story."""

    model = Order
    name = "registrations"
    icon = "group"
    menu_label = gettext_lazy("Registrations")
    menu_order = 120
    add_to_admin_menu = True
    filterset_class = OrderFilterSet
    index_view_class = OrderIndexView
    inspect_view_class = OrderDetailView
    index_template_name = "forums/admin/orders.html"
    index_results_template_name = "wagtailadmin/generic/listing_results.html"
    inspect_template_name = "forums/admin/order.html"

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            detail_url_name=self.get_url_name("inspect"),
            search_url_name=self.get_url_name("search"),
            enter_url_name=self.get_url_name("enter"),
            **kwargs,
        )

    def get_urlpatterns(self):
        step = self.construct_view(OrderStepView, template_name=self.inspect_template_name)
        full = self.construct_view(OrderFullView, template_name=self.inspect_template_name)
        return [
            *super().get_urlpatterns(),
            path("search/", self.construct_view(OrderSearchView), name="search"),
            path("forums/", self.construct_view(ForumsView), name="forums"),
            path("enter/", self.construct_view(EntryChoiceView), name="enter"),
            path("enter/<int:forum>/", self.construct_view(EntryView), name="enter_one"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/full/", full, name="full"),
            path("<int:pk>/<slug:step>/", step, name="step"),
        ]
