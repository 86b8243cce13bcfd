"""One deposit: what it pays, whom else it could pay, back to whom it goes."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from privacy.models import AccessAction

from .. import services
from ..exceptions import DepositTakenError, NotOwedError, PaymentsError
from ..forms import PayerSearchForm, ReasonForm
from ..gateways.stripe_checkout import takes_cards
from ..models import Deposit, Match
from ..presenters import BY_HAND, Names, payment_rows, target_of
from ..services.payouts import part_from_payout, payouts_for, take_for_payout
from ..services.proposals import candidates, pairing_for
from .frame import (
    MATCH,
    VIEW_DEPOSITS,
    back,
    log_deposits,
    log_payments,
    show,
)

MOST_FOUND = 20


@require_safe
@permission_required(VIEW_DEPOSITS)
def deposit_detail(request, public_id):
    return _detail(request, _deposit(public_id), PayerSearchForm())


def _deposit(public_id):
    matches = Match.objects.filter(undone_at=None).select_related("payment")
    rows = Deposit.objects.select_related("account").prefetch_related(
        Prefetch("matches", matches, to_attr="live_matches")
    )
    return get_object_or_404(rows, public_id=public_id)


def _detail(request, deposit, form, found=None, reason_form=None, status=200):
    log_deposits(request, [deposit], AccessAction.DETAIL)
    matches = deposit.live_matches
    log_payments(request, [match.payment for match in matches])
    rows = payment_rows([match.payment for match in matches], Names(request.user))
    return show(
        request,
        "deposit",
        _("Deposit"),
        status=status,
        deposit=deposit,
        name=Names(request.user)(deposit.name),
        memo=Names(request.user)(deposit.memo),
        matched=list(zip(matches, rows, strict=True)),
        form=form,
        found=found,
        reason_form=reason_form or ReasonForm(),
        payouts=payouts_for(deposit) if takes_cards() else [],
        can_change=request.user.has_perm(MATCH),
    )


@sensitive_post_parameters("query")
@require_POST
@permission_required(MATCH)
def search(request, public_id):
    """By POST: a name has no place in an address."""
    deposit, form = _deposit(public_id), PayerSearchForm(request.POST)
    if not form.is_valid():
        return _detail(request, deposit, form, status=422)
    found = find(form.cleaned_data["query"])
    log_payments(request, [one.payment for _key, one in found], AccessAction.SEARCH)
    rest, names, shown = deposit.rest_krw, Names(request.user), []
    for key, one in found:
        amount = min(rest, one.payment.takes_krw)
        rest -= amount
        shown.append((key, target_of(one, amount, names), one.payment))
    return _detail(request, deposit, form, shown)


def find(query):
    """Payments that take money, whose payer has exactly this name or number."""
    wanted = _compact(query)
    everything = candidates().items()
    return [(key, one) for key, one in everything if wanted in _called(one)][:MOST_FOUND]


def _called(one):
    payer = one.payer
    words = (*payer.names, payer.reference, payer.organisation, one.payment.depositor_name or "")
    return {_compact(word) for word in words if word}


def _compact(words):
    return "".join(words.split()).casefold().replace("-", "")


@require_POST
@permission_required(MATCH)
def split(request, public_id):
    """The deposit, or a part of it, for the payments that were ticked, as much each as is said."""
    deposit = _deposit(public_id)
    targets = []
    for key in request.POST.getlist("payment")[:MOST_FOUND]:
        amount = request.POST.get(f"amount_{key}", "").replace(",", "")
        if not (key.isdecimal() and amount.isdecimal()):
            return _refuse(request, public_id, _("Write amounts as whole won, such as 20,000."))
        targets.append((key, int(amount)))
    if not targets:
        return _refuse(request, public_id, _("Tick at least one registration."))
    try:
        services.match_deposit(pairing_for(str(deposit.pk), targets, BY_HAND), user=request.user)
    except DepositTakenError:
        return _refuse(request, public_id, _("The amounts add up to more than is left of it."))
    except NotOwedError:
        return _refuse(request, public_id, _("More than is owed was written for one of them."))
    return back(request, "payments_reconcile", _("The deposit is matched."))


def _refuse(request, public_id, told):
    deposit = _deposit(public_id)
    back(request, "payments_reconcile", told, problem=True)
    return _detail(request, deposit, PayerSearchForm(), status=422)


@require_POST
@permission_required(MATCH)
def send_back(request, public_id):
    deposit, form = _deposit(public_id), ReasonForm(request.POST)
    if not form.is_valid():
        return _detail(request, deposit, PayerSearchForm(), reason_form=form, status=422)
    try:
        reason = form.cleaned_data["reason"]
        services.return_deposit(deposit, reason=reason, user=request.user)
    except DepositTakenError:
        told = _("Nothing changed: the deposit belongs to something already.")
        return back(request, "payments_reconcile", told, problem=True)
    told = _("It is on the list of refunds. Find out where it should go, and write it there.")
    return back(request, "payments_refunds", told)


@require_POST
@permission_required(MATCH)
def take_back(request, public_id):
    try:
        services.take_back(_deposit(public_id))
    except DepositTakenError:
        told = _("Nothing changed: the deposit was not set aside.")
        return back(request, "payments_matched", told, problem=True)
    return back(request, "payments_reconcile", _("The deposit waits on this list again."))


@require_POST
@permission_required(MATCH)
def from_company(request, public_id, booking):
    """It is what the card company paid out."""
    try:
        take_for_payout(_deposit(public_id), booking)
    except PaymentsError:
        told = _("Nothing changed: the deposit or the payout belongs to something already.")
        return back(request, "payments_reconcile", told, problem=True)
    return back(request, "payments_reconcile", _("It is noted as paid out by the card company."))


@require_POST
@permission_required(MATCH)
def not_from_company(request, public_id):
    try:
        part_from_payout(_deposit(public_id))
    except DepositTakenError:
        told = _("Nothing changed: the deposit is not from the card company.")
        return back(request, "payments_reconcile", told, problem=True)
    return back(request, "payments_reconcile", _("The deposit waits on this list again."))
