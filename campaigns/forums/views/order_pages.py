"""An order behind its link. A GET shows; only a button's POST changes something."""

import uuid
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.services import change_depositor_name
from privacy.tokens import read_token

from .. import services
from ..emails import ORDER_TOKEN
from ..exceptions import ForumError, OrderGoneError
from ..forms import CancelForm, DepositorForm
from ..models import Order
from ..presenters import CardReturn, OrderPresenter, order_calendar
from .form_cookie import forget_form
from .links import link_page


def _order(token):
    public_id = uuid.UUID(read_token(ORDER_TOKEN, token))
    orders = Order.objects.select_related("forum__contact", "invitation__organisation")
    return orders.get(public_id=public_id, anonymised_at=None)


order_page = link_page(_order)


@order_page
def show_order(request, token, order):
    return _show(request, token, order)


def _show(request, token, order, *, status=200, **context):
    presenter = OrderPresenter(order, timezone.now())
    payment = presenter.payment
    name = payment.depositor_name if payment else ""
    context = {
        "page": order.forum,
        "order": order,
        "shown": presenter,
        "token": token,
        "form": DepositorForm(initial={"depositor": name}),
        "told": request.GET.get("told", ""),
        "card": CardReturn(presenter, request.GET),
        **context,
    }
    return render(request, "forums/order.html", context, status=status)


@order_page
def show_order_calendar(_request, _token, order):
    shown = OrderPresenter(order, timezone.now())
    sessions = [session for session, _hours in shown.sessions]
    text = order_calendar(order, sessions, shown.payment)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="forum.ics"'
    return response


@order_page
def change_depositor(request, token, order):
    presenter = OrderPresenter(order, timezone.now())
    if request.method != "POST" or not presenter.asks_for_money:
        return see_order(token)
    form = DepositorForm(request.POST)
    if not form.is_valid():
        return _show(request, token, order, form=form, status=422)
    change_depositor_name(presenter.payment, form.cleaned_data["depositor"])
    return see_order(token, told="depositor")


@order_page
def cancel(request, token, order):
    if request.method == "POST":
        services.hear_of_card(order)
    presenter = OrderPresenter(order, timezone.now())
    if not presenter.may_cancel:
        return see_order(token)
    choices = presenter.cancel_choices()
    known = [(choice.value, choice.label, choice.account_krw) for choice in choices]
    form = CancelForm(request.POST if request.method == "POST" else None, choices=known)
    if request.method != "POST":
        return _show_cancel(request, token, presenter, form, choices)
    if not form.is_valid():
        return _show_cancel(request, token, presenter, form, choices, status=422)
    chosen = next(c for c in choices if c.value == form.cleaned_data["who"])
    try:
        services.cancel_order(
            order, tickets=chosen.tickets, shown_krw=chosen.refund_krw, account=_account(form)
        )
    except OrderGoneError:
        return see_order(token)
    except ForumError:
        form.add_error("who", _("This has changed meanwhile. Please look at it again."))
        return _show_cancel(request, token, presenter, form, choices, status=409)
    return forget_form(see_order(token, told="cancelled"), order.forum)


def _account(form):
    cleaned = form.cleaned_data
    if not form.refunds[cleaned["who"]]:
        return None
    return services.RefundAccount(
        bank=cleaned["bank"],
        number=cleaned["account_number"],
        holder=cleaned["account_holder"],
    )


def _show_cancel(request, token, presenter, form, choices, *, status=200):
    context = {
        "page": presenter.order.forum,
        "order": presenter.order,
        "shown": presenter,
        "token": token,
        "form": form,
        "choices": choices,
    }
    return render(request, "forums/cancel.html", context, status=status)


def see_order(token, **told):
    """Back to the order's page; what it is told besides stands in its address."""
    query = urlencode({name: value for name, value in told.items() if value})
    address = reverse("forums:show-order", args=[token])
    response = HttpResponseRedirect(f"{address}?{query}" if query else address)
    response.status_code = 303
    return response
