from copy import copy

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from desk.panels import TODO_HOOK

from .panels import todo_items
from .views import (
    accounts,
    card_books,
    deposits,
    ledger,
    matches,
    months,
    papers,
    payments,
    reconcile,
    refunds,
    statements,
)
from .views.frame import tabs_for

hooks.register(TODO_HOOK, todo_items, order=20)


class TreasuryMenuItem(MenuItem):
    """Leads to the first screen that the person may open."""

    def is_shown(self, request):
        return bool(tabs_for(request.user))

    def render_component(self, request):
        own = copy(self)
        own.url = reverse(tabs_for(request.user)[0][0])
        return super(TreasuryMenuItem, own).render_component(request)


@hooks.register("register_admin_menu_item")
def show_treasury():
    url = reverse("payments_reconcile")
    return TreasuryMenuItem(_("Treasury"), url, name="treasury", icon_name="table", order=130)


@hooks.register("register_admin_urls")
def open_treasury():
    return [
        path("payments/", reconcile.reconcile, name="payments_reconcile"),
        path("payments/accept/", reconcile.accept, name="payments_accept"),
        path("payments/aside/", reconcile.put_aside, name="payments_put_aside"),
        path("payments/matched/", matches.matched, name="payments_matched"),
        path("payments/matched/<int:pk>/undo/", matches.undo, name="payments_undo"),
        *_deposit_urls(),
        *_payment_urls(),
        *_refund_urls(),
        path("payments/statements/", statements.statements, name="payments_statements"),
        path(
            "payments/statements/<uuid:public_id>/", statements.statement, name="payments_statement"
        ),
        *_ledger_urls(),
        *_account_urls(),
        *_paper_urls(),
    ]


def _deposit_urls():
    one = "payments/deposits/<uuid:public_id>/"
    return [
        path(one, deposits.deposit_detail, name="payments_deposit"),
        path(f"{one}search/", deposits.search, name="payments_search"),
        path(f"{one}split/", deposits.split, name="payments_split"),
        path(f"{one}send-back/", deposits.send_back, name="payments_send_back"),
        path(f"{one}take-back/", deposits.take_back, name="payments_take_back"),
        path(f"{one}payout/<uuid:booking>/", deposits.from_company, name="payments_from_company"),
        path(f"{one}no-payout/", deposits.not_from_company, name="payments_not_from_company"),
    ]


def _payment_urls():
    one = "payments/owed/<uuid:public_id>/"
    return [
        path("payments/unpaid/", payments.unpaid, name="payments_unpaid"),
        path("payments/no-seat/", payments.no_seat, name="payments_no_seat"),
        path(f"{one}mark/", payments.mark, name="payments_mark"),
        path(f"{one}unmark/", payments.unmark, name="payments_unmark"),
        path(f"{one}retry/", payments.retry, name="payments_retry"),
        path(f"{one}refund/", payments.refund, name="payments_refund"),
    ]


def _refund_urls():
    one = "payments/refunds/<uuid:public_id>/"
    return [
        path("payments/refunds/", refunds.refunds, name="payments_refunds"),
        path("payments/refunds/print/", refunds.print_refunds, name="payments_print_refunds"),
        path(f"{one}account/", refunds.set_account, name="payments_refund_account"),
        path(f"{one}send/", refunds.send, name="payments_send_refund"),
        path(f"{one}retry/", refunds.retry, name="payments_retry_refund"),
        path(f"{one}drop/", refunds.drop, name="payments_drop_refund"),
    ]


def _ledger_urls():
    one, closed = "payments/months/<int:year>-<int:number>/", "payments/closed/<int:pk>/"
    return [
        path("payments/ledger/", ledger.ledger, name="payments_ledger"),
        path("payments/ledger/entries/", ledger.entries, name="payments_entries"),
        path("payments/card-books/", card_books.card_books, name="payments_card_books"),
        path("payments/months/", months.months, name="payments_months"),
        path(one, months.month, name="payments_month"),
        path(f"{one}close/", months.close, name="payments_close_month"),
        path(f"{closed}ask/", months.ask_to_reopen, name="payments_ask_to_reopen"),
        path(f"{closed}reopen/", months.reopen, name="payments_reopen_month"),
        path(f"{closed}keep/", months.keep_closed, name="payments_keep_closed"),
    ]


def _account_urls():
    return [
        path("payments/accounts/", accounts.accounts, name="payments_accounts"),
        path("payments/accounts/ask/", accounts.ask, name="payments_ask_account"),
        path("payments/accounts/cover/", accounts.cover, name="payments_cover"),
        path("payments/accounts/<int:pk>/approve/", accounts.approve, name="payments_approve"),
        path("payments/accounts/<int:pk>/refuse/", accounts.refuse, name="payments_refuse"),
    ]


def _paper_urls():
    one = "payments/papers/<int:pk>/"
    return [
        path("payments/papers/", papers.papers, name="payments_papers"),
        path("payments/papers/send/", papers.send_in, name="payments_send_in_paper"),
        path(f"{one}paper.pdf", papers.download, name="payments_paper"),
        path(f"{one}approve/", papers.approve, name="payments_approve_paper"),
        path(f"{one}remove/", papers.remove, name="payments_remove_paper"),
    ]
