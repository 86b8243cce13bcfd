"""What all screens of the treasurer have in common."""

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin import messages

from privacy.models import AccessAction
from privacy.requests import client_ip
from privacy.services import record_access

from ..gateways.stripe_checkout import takes_cards
from ..services.retention import DEPOSITS, PAYMENTS

PAGE = 50
VIEW_DEPOSITS, MATCH = "payments.view_deposit", "payments.change_deposit"
VIEW_PAYMENTS, MARK = "payments.view_payment", "payments.change_payment"
VIEW_REFUNDS, SEND = "payments.view_refund", "payments.change_refund"
VIEW_STATEMENTS, UPLOAD = "payments.view_statementimport", "payments.add_statementimport"
VIEW_ACCOUNTS, ASK = "payments.view_bankaccount", "payments.add_accountchange"
APPROVE = "payments.approve_accountchange"
VIEW_LEDGER, EXPORT = "payments.view_ledgerentry", "payments.export_ledgerentry"
VIEW_MONTHS, CLOSE = "payments.view_monthclose", "payments.add_monthclose"
REOPEN = "payments.approve_monthclose"


def tabs_for(user):
    """The screens that this person may open."""
    tabs = (
        ("payments_reconcile", _("Match deposits"), VIEW_DEPOSITS),
        ("payments_statements", _("Bank statements"), VIEW_STATEMENTS),
        ("payments_unpaid", _("Unpaid"), VIEW_PAYMENTS),
        ("payments_matched", pgettext("deposits", "Matched"), VIEW_DEPOSITS),
        ("payments_no_seat", _("Paid without a seat"), VIEW_PAYMENTS),
        ("payments_refunds", _("Refunds"), VIEW_REFUNDS),
        ("payments_ledger", pgettext("treasury", "Ledger"), VIEW_LEDGER),
        *([("payments_card_books", _("Card company"), VIEW_LEDGER)] if takes_cards() else []),
        ("payments_months", _("Closing months"), VIEW_MONTHS),
        ("payments_accounts", _("Bank accounts"), VIEW_ACCOUNTS),
        ("payments_papers", _("Papers for organisations"), VIEW_ACCOUNTS),
    )
    return [(name, label) for name, label, right in tabs if user.has_perm(right)]


def show(request, template, title, *, status=200, **context):
    """A screen with the tabs above it; never kept by a cache."""
    context = {
        "page_title": title,
        "header_icon": "table",
        "tabs": tabs_for(request.user),
        **context,
    }
    response = TemplateResponse(request, f"payments/admin/{template}.html", context, status=status)
    add_never_cache_headers(response)
    return response


def page_of(request, rows):
    return Paginator(rows, PAGE).get_page(request.GET.get("p"))


def log_payments(request, payments, action=AccessAction.LIST):
    _log(request, payments, PAYMENTS, action)


def log_deposits(request, deposits, action=AccessAction.LIST):
    _log(request, deposits, DEPOSITS, action)


def _log(request, rows, data_set, action):
    """Before anything is shown; raises AccessLogUnavailableError, and then nothing is."""
    if subjects := [str(row.public_id) for row in rows]:
        record_access(
            user=request.user,
            address=client_ip(request),
            action=action,
            data_set=data_set,
            subjects=subjects,
        )


def back(request, name, told="", *, problem=False):
    """To the list that the person came from."""
    if told:
        (messages.error if problem else messages.success)(request, told)
    return redirect(name)


def first_error(form):
    return next(iter(form.errors.values()))[0]
