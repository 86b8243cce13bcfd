"""Closing a month, and opening it again with a second person."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from ..exceptions import (
    MonthHasObstaclesError,
    MonthNeedsNoteError,
    OwnReopeningError,
    PaymentsError,
)
from ..forms import CloseMonthForm, ReasonForm
from ..models import MonthClose
from ..services import months as services
from ..services.figures import FIGURES, Scope, months_of_the_books, shows_cards, sums_of, total_of
from ..services.retention import won
from .frame import CLOSE, REOPEN, VIEW_MONTHS, back, first_error, show
from .scopes import address, month_from, month_name


@require_safe
@permission_required(VIEW_MONTHS)
def months(request):
    """Every month of the books, the newest first, and who closed it."""
    closes = MonthClose.objects.filter(reopened_at=None).select_related(
        "closed_by", "reopen_asked_by"
    )
    by_month = {close.month: close for close in closes}
    rows = [
        (month, month_name(month), by_month.get(month), number == 0)
        for number, month in enumerate(months_of_the_books())
    ]
    return show(
        request,
        "months",
        _("Closing months"),
        rows=rows,
        waiting=[close for close in closes if close.reopen_asked_by_id],
        past=MonthClose.objects.exclude(reopened_at=None)
        .select_related("closed_by", "reopened_by", "reopen_asked_by")
        .order_by("-reopened_at")[:12],
        may_reopen=request.user.has_perm(REOPEN),
        may_ask=request.user.has_perm(CLOSE),
    )


@require_safe
@permission_required(VIEW_MONTHS)
def month(request, year, number):
    return _show_month(request, _month(year, number), CloseMonthForm())


def _month(year, number):
    found = month_from(f"{year}-{number:02d}")
    if found is None or found not in months_of_the_books():
        raise Http404
    return found


def _show_month(request, month, form, status=200):
    close = MonthClose.objects.filter(month=month, reopened_at=None)
    close = close.select_related("closed_by", "reopen_asked_by").first()
    is_over = month in services.months_to_close()
    obstacles = services.obstacles_of(month) if is_over else []
    sums, cards = sums_of(Scope(month).entries()), shows_cards()
    return show(
        request,
        "month",
        _("Close %(month)s") % {"month": month_name(month)},
        status=status,
        month=month,
        month_name=month_name(month),
        close=close,
        is_over=is_over,
        obstacles=[_told(one, month) for one in obstacles],
        can_close=all(one.needs_note_only for one in obstacles),
        needs_note=bool(obstacles),
        figures=[
            (
                figure.label,
                total_of(figure, sums),
                address("payments_entries", Scope(month), figure=figure.name),
            )
            for figure in FIGURES
            if cards or not figure.is_of_cards
        ],
        ledger_url=address("payments_ledger", Scope(month)),
        form=form,
        reason_form=ReasonForm(),
        may_close=request.user.has_perm(CLOSE),
        may_reopen=request.user.has_perm(REOPEN),
        asked_myself=close is not None and close.reopen_asked_by_id == request.user.pk,
    )


def _told(obstacle, month):
    """In words, with where to look, and whether a note is enough."""
    words, url = _WORDS[obstacle.kind](obstacle, month)
    return words, url, obstacle.needs_note_only


def _deposits(obstacle, _month):
    words = ngettext(
        "%(number)d deposit of the month belongs to nothing yet: %(amount)s.",
        "%(number)d deposits of the month belong to nothing yet: %(amount)s.",
        obstacle.number,
    )
    values = {"number": obstacle.number, "amount": won(obstacle.amount_krw)}
    return words % values, reverse("payments_reconcile")


def _balance(obstacle, month):
    words = _("The accounts do not add up: %(amount)s too much or too little.")
    return words % {"amount": won(obstacle.amount_krw)}, address("payments_ledger", Scope(month))


def _comparison(obstacle, month):
    words = ngettext(
        "The comparison of the books found %(number)d difference. Tell your administrator.",
        "The comparison of the books found %(number)d differences. Tell your administrator.",
        obstacle.number,
    )
    return words % {"number": obstacle.number}, address("payments_ledger", Scope(month))


def _cards_differ(obstacle, _month):
    words = _("The card company's balance and the books differ by %(amount)s.")
    return words % {"amount": won(obstacle.amount_krw)}, reverse("payments_card_books")


def _cards_away(_obstacle, _month):
    return _("The card company does not answer."), reverse("payments_card_books")


_WORDS = {
    services.DEPOSITS: _deposits,
    services.BALANCE: _balance,
    services.COMPARISON: _comparison,
    services.CARDS_DIFFER: _cards_differ,
    services.CARDS_AWAY: _cards_away,
}


@require_POST
@permission_required(CLOSE)
def close(request, year, number):
    month, form = _month(year, number), CloseMonthForm(request.POST)
    if not form.is_valid():
        return _show_month(request, month, form, status=422)
    try:
        services.close_month(month, user=request.user, note=form.cleaned_data["note"])
    except MonthNeedsNoteError:
        form.add_error("note", _("Say what is carried over to the next month, and why."))
        return _show_month(request, month, form, status=422)
    except MonthHasObstaclesError:
        form.add_error(None, _("The month can't be closed yet: see what stands against it."))
        return _show_month(request, month, form, status=422)
    except PaymentsError:
        told = _("Nothing changed: the month is closed already, or not over yet.")
        return back(request, "payments_months", told, problem=True)
    return back(request, "payments_months", _("The month is closed."))


@require_POST
@permission_required(CLOSE)
def ask_to_reopen(request, pk):
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return back(request, "payments_months", first_error(form), problem=True)
    try:
        services.ask_to_reopen(_close(pk), user=request.user, reason=form.cleaned_data["reason"])
    except PaymentsError:
        return back(request, "payments_months", _decided(), problem=True)
    return back(request, "payments_months", _("Another person must allow it now."))


@require_POST
@permission_required(REOPEN)
def reopen(request, pk):
    try:
        services.reopen_month(_close(pk), user=request.user)
    except OwnReopeningError:
        told = _("You asked for this yourself. Another person must allow it.")
        return back(request, "payments_months", told, problem=True)
    except PaymentsError:
        return back(request, "payments_months", _decided(), problem=True)
    return back(request, "payments_months", _("The month is open again."))


@require_POST
@permission_required(VIEW_MONTHS)
def keep_closed(request, pk):
    """Who may allow it says no, or who asked takes it back."""
    close = _close(pk)
    if not request.user.has_perm(REOPEN) and close.reopen_asked_by_id != request.user.pk:
        return redirect("payments_months")
    try:
        services.keep_closed(close, user=request.user)
    except PaymentsError:
        return back(request, "payments_months", _decided(), problem=True)
    return back(request, "payments_months", _("The month stays closed."))


def _close(pk):
    return get_object_or_404(MonthClose, pk=pk)


def _decided():
    return _("Nothing changed: somebody decided about this month already.")
