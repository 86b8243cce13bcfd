"""What goes back: to whom, where, how much; sent or dropped."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from privacy.models import AccessAction

from .. import services
from ..exceptions import PaymentsError, RefundAccountMissingError
from ..forms import ReasonForm, RefundAccountForm
from ..models import Refund
from ..presenters import Names, refund_rows
from .frame import PAGE, SEND, VIEW_REFUNDS, back, first_error, log_deposits, log_payments, show

MOST_PRINTED = 500


@require_safe
@permission_required(VIEW_REFUNDS)
def refunds(request):
    asked = _asked()
    decided = _refunds().exclude(state=Refund.State.ASKED).order_by("-decided_at")[:PAGE]
    _log(request, [*asked, *decided], AccessAction.LIST)
    names = Names(request.user)
    rows = refund_rows(asked, names)
    by_hand = [row for row in rows if not row.goes_by_itself]
    return show(
        request,
        "refunds",
        _("Refunds"),
        rows=by_hand,
        by_card=[row for row in rows if row.goes_by_itself],
        decided=refund_rows(list(decided), names),
        total=sum(row.refund.amount_krw for row in by_hand),
        account_form=RefundAccountForm(),
        reason_form=ReasonForm(),
        can_change=request.user.has_perm(SEND),
    )


@require_safe
@permission_required(VIEW_REFUNDS)
def print_refunds(request):
    asked = [refund for refund in _asked() if not refund.attempt_id or refund.problem]
    _log(request, asked, AccessAction.PRINT)
    context = {
        "rows": refund_rows(asked, Names(request.user)),
        "total": sum(refund.amount_krw for refund in asked),
        "printed_at": timezone.now(),
    }
    return TemplateResponse(request, "payments/admin/refunds_print.html", context)


def _refunds():
    return Refund.objects.select_related("payment", "deposit", "decided_by", "attempt__payment")


def _asked():
    rows = _refunds().filter(state=Refund.State.ASKED).order_by("asked_at", "pk")
    return list(rows[:MOST_PRINTED])


def _log(request, rows, action):
    log_payments(request, [refund.payment for refund in rows if refund.payment], action)
    log_deposits(request, [refund.deposit for refund in rows if refund.deposit], action)


@sensitive_post_parameters("account_number", "account_holder")
@require_POST
@permission_required(SEND)
def set_account(request, public_id):
    form = RefundAccountForm(request.POST)
    if not form.is_valid():
        return back(request, "payments_refunds", first_error(form), problem=True)
    try:
        services.set_refund_account(_refund(public_id), **form.cleaned_data)
    except PaymentsError:
        return back(request, "payments_refunds", _decided(), problem=True)
    return back(request, "payments_refunds", _("The account is noted."))


@require_POST
@permission_required(SEND)
def send(request, public_id):
    try:
        services.send_refund(_refund(public_id), user=request.user)
    except RefundAccountMissingError:
        told = _("Write down first to which account it went.")
        return back(request, "payments_refunds", told, problem=True)
    except PaymentsError:
        return back(request, "payments_refunds", _decided(), problem=True)
    return back(request, "payments_refunds", _("The refund is noted as sent."))


@require_POST
@permission_required(SEND)
def retry(request, public_id):
    try:
        services.retry_card(_refund(public_id))
    except PaymentsError:
        return back(request, "payments_refunds", _decided(), problem=True)
    told = _("It is tried again by itself within minutes.")
    return back(request, "payments_refunds", told)


@require_POST
@permission_required(SEND)
def drop(request, public_id):
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return back(request, "payments_refunds", first_error(form), problem=True)
    try:
        note = form.cleaned_data["reason"]
        services.drop_refund(_refund(public_id), user=request.user, note=note)
    except PaymentsError:
        return back(request, "payments_refunds", _decided(), problem=True)
    return back(request, "payments_refunds", _("The refund is off the list; the money stays."))


def _refund(public_id):
    return get_object_or_404(Refund, public_id=public_id)


def _decided():
    return _("Nothing changed: somebody decided about this refund already.")
