"""One registration: who comes, what was paid, what happened, and what staff can do."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.views import generic

from payments.models import CardAttempt, Payment
from payments.services import card_part, latest_attempt, payments_of, ways_in_words
from privacy.models import AccessAction

from .. import services
from ..forms import OrderFullViewForm, ResendForm, StaffCancelForm
from ..models import PAYMENT_PURPOSE, Order, Seat
from ..panels import history_of
from .access import NOBODY, READ, log_access, masked_email, masked_name, readable_orders

# Three forms of this screen have a field for the reason.
FULL_ID, CANCEL_ID, RESEND_ID = "id_full_%s", "id_cancel_%s", "id_resend_%s"


class OrderDetailView(generic.InspectView):
    any_permission_required = READ
    page_title = gettext_lazy("Registration")
    # What is written down before the page is built.
    access = AccessAction.DETAIL
    access_reason = ""

    def get_object(self, queryset=None):
        if not self.user_has_any_permission(READ):
            raise PermissionDenied
        rows = readable_orders(self.request.user).select_related("forum", "invitation")
        row = rows.filter(pk=self.pk).first()
        if row is None:
            raise Http404
        return row

    def get_page_subtitle(self):
        return self.object.reference

    def get_fields_context(self):
        return []

    def get_edit_url(self):
        return None

    def get_delete_url(self):
        return None

    def may(self, action):
        return self.user_has_permission_for_instance(action, self.object)

    def get_context_data(self, **kwargs):
        row = self.object
        log_access(self.request, self.access, [row], self.access_reason)
        payment = payments_of(PAYMENT_PURPOSE, [row.public_id]).get(str(row.public_id))
        row.catch_up_with(payment)
        can_change = self.may("change") and row.anonymised_at is None
        can_cancel = can_change and row.status in (Order.Status.WAITING, Order.Status.CONFIRMED)
        return super().get_context_data(
            **{
                "order": row,
                "name": masked_name(row),
                "email": masked_email(row),
                "people": people_of(row),
                "payment": payment,
                "refunds": list(payment.refunds.order_by("pk")) if payment else [],
                "ways": ways_in_words(payment),
                "card_page": open_card_page_of(payment),
                "history": history_of(row),
                "can_cancel": can_cancel,
                "can_resend": can_change and row.email_index is not None,
                **(quote_of(row, payment) if can_cancel else {}),
                "can_see_all": self.may("view_full") and row.anonymised_at is None,
                "full_view_form": OrderFullViewForm(auto_id=FULL_ID),
                "cancel_form": StaffCancelForm(auto_id=CANCEL_ID),
                "resend_form": ResendForm(auto_id=RESEND_ID),
                **kwargs,
            }
        )


def quote_of(order, payment):
    """What goes back if it is cancelled now, and how much of it to a card by itself."""
    quote = services.refund_quote(order, timezone.now())
    card_krw = card_part(payment, quote.amount_krw) if payment else 0
    return {"quote": quote, "card_krw": card_krw, "rest_krw": quote.amount_krw - card_krw}


def open_card_page_of(payment):
    """The page on which somebody may be paying by card just now."""
    attempt = latest_attempt(payment) if payment and payment.state == Payment.State.OPEN else None
    return attempt if attempt and attempt.state == CardAttempt.State.OPEN else None


def people_of(order, *, masked=True):
    """Each person with sessions and meal; a moment where they came in."""
    seats = Seat.objects.filter(ticket__order=order).select_related("session", "check_in")
    by_ticket = {}
    for seat in seats.order_by("session__starts_at"):
        by_ticket.setdefault(seat.ticket_id, []).append(seat)
    return [
        {
            "ticket": ticket,
            "name": masked_name(ticket) if masked else ticket.name or NOBODY,
            "seats": by_ticket.get(ticket.pk, []),
        }
        for ticket in order.tickets.order_by("number")
    ]


class OrderFullView(OrderDetailView):
    """The participant unmasked, once, for a reason that is written down first."""

    permission_required = "view_full"
    any_permission_required = None
    http_method_names = ["post"]

    def post(self, request, **_kwargs):
        if not self.may("view_full") or self.object.anonymised_at is not None:
            raise PermissionDenied
        form = OrderFullViewForm(request.POST, auto_id=FULL_ID)
        context = {"full_view_form": form}
        if form.is_valid():
            self.access, self.access_reason = AccessAction.FULL, form.cleaned_data["reason"]
            context |= {"shown": self.object, "people_shown": True}
        return self.render_to_response(self.get_context_data(**context))
