import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from home.network.models import Organisation
from payments.models import Payment

from ..models import PAYMENT_PURPOSE, ForumPage, ForumSession, Order, Seat
from ..policies import forums_within_reach
from ..presenters.office import SEES


def _forums(request):
    """Those whose registrations this person sees."""
    if request is None:
        return ForumPage.objects.none()
    forums = forums_within_reach(request.user, *SEES)
    return forums.only("title", "starts_at").order_by("-starts_at", "-pk")


def _sessions(request):
    """Those of the chosen forum; without one their names would say nothing."""
    chosen = request.GET.get("forum", "") if request else ""
    rows = ForumSession.objects.order_by("starts_at", "sort_order")
    if not chosen.isdecimal():
        return rows.none()
    return rows.filter(forum__in=_forums(request).filter(pk=chosen))


def _organisations(request):
    """Those that somebody registered for with their code: other names are encrypted."""
    orders = Order.objects.filter(invitation__organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(orders.filter(forum__in=_forums(request)))).in_order()


class OrderFilterSet(WagtailFilterSet):
    """Each filter is one plain condition."""

    forum = django_filters.ModelChoiceFilter(label=_("Forum"), queryset=_forums)
    session = django_filters.ModelChoiceFilter(
        label=_("Session"), queryset=_sessions, method="in_session"
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"),
        choices=Order.Status.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    paid = django_filters.ChoiceFilter(
        label=pgettext_lazy("registration", "Money"),
        choices=[
            ("paid", pgettext_lazy("registration", "Paid")),
            ("unpaid", pgettext_lazy("registration", "Not paid")),
            ("free", pgettext_lazy("registration", "Nothing to pay")),
        ],
        method="by_money",
    )
    organisation = django_filters.ModelChoiceFilter(
        label=_("Invited organisation"),
        queryset=_organisations,
        field_name="invitation__organisation",
    )

    class Meta:
        model = Order
        fields = []

    def in_session(self, orders, _name, session):
        seats = Seat.objects.filter(session=session, released_at=None, ticket__cancelled_at=None)
        return orders.filter(pk__in=seats.values("ticket__order"))

    def by_money(self, orders, _name, chosen):
        if chosen == "free":
            return orders.filter(amount_krw=0)
        paid = Payment.objects.filter(purpose=PAYMENT_PURPOSE, subject=OuterRef("public_id"))
        is_paid = Exists(paid.filter(state=Payment.State.PAID))
        return orders.filter(is_paid if chosen == "paid" else ~is_paid, amount_krw__gt=0)
