"""What is owed: unpaid, marked by a person, paid without a seat."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from .. import services
from ..exceptions import AlreadyRefundedError, NoSeatError, NotMarkedError, PaymentsError
from ..forms import MarkForm, ReasonForm
from ..models import BankAccount, Payment
from ..presenters import Names, payment_rows
from .frame import MARK, VIEW_PAYMENTS, back, first_error, log_payments, page_of, show


@require_safe
@permission_required(VIEW_PAYMENTS)
def unpaid(request):
    rows = Payment.objects.open().select_related("account").order_by("due_at", "pk")
    page = page_of(request, rows)
    payments = list(page.object_list)
    log_payments(request, payments)
    return show(
        request,
        "unpaid",
        _("Unpaid"),
        page=page,
        rows=payment_rows(payments, Names(request.user)),
        form=MarkForm(),
        accounts=BankAccount.objects.filter(is_open=True).order_by("pk"),
        can_change=request.user.has_perm(MARK),
    )


@require_POST
@permission_required(MARK)
def mark(request, public_id):
    payment, form = _payment(public_id), MarkForm(request.POST)
    if not form.is_valid():
        return back(request, "payments_unpaid", first_error(form), problem=True)
    try:
        services.mark_paid(payment, user=request.user, **form.cleaned_data)
    except NoSeatError:
        told = _("Nothing changed: there is no seat any more. Take no money.")
        return back(request, "payments_unpaid", told, problem=True)
    except PaymentsError:
        told = _("Nothing changed: this was paid already.")
        return back(request, "payments_unpaid", told, problem=True)
    return back(request, "payments_unpaid", _("It is paid, and the registration is confirmed."))


@require_POST
@permission_required(MARK)
def unmark(request, public_id):
    payment, form = _payment(public_id), ReasonForm(request.POST)
    if not form.is_valid():
        return back(request, "payments_matched", first_error(form), problem=True)
    try:
        services.unmark_paid(payment, user=request.user, note=form.cleaned_data["reason"])
    except NotMarkedError:
        told = _("Nothing changed: nobody's mark stands there any more.")
        return back(request, "payments_matched", told, problem=True)
    except AlreadyRefundedError:
        told = _("This can't be undone: money of this payment goes back. Drop the refund first.")
        return back(request, "payments_matched", told, problem=True)
    return back(request, "payments_matched", _("The mark is taken back."))


@require_safe
@permission_required(VIEW_PAYMENTS)
def no_seat(request):
    """Money that came for what was gone."""
    rows = Payment.objects.without_seat().select_related("account").order_by("paid_at", "pk")
    page = page_of(request, rows)
    payments = list(page.object_list)
    log_payments(request, payments)
    return show(
        request,
        "no_seat",
        _("Paid without a seat"),
        page=page,
        rows=payment_rows(payments, Names(request.user)),
        form=ReasonForm(initial={"reason": _("Paid after the seats were gone")}),
        can_change=request.user.has_perm(MARK),
    )


@require_POST
@permission_required(MARK)
def retry(request, public_id):
    try:
        services.retry_settling(_payment(public_id))
    except NoSeatError:
        told = _("There is still no seat.")
        return back(request, "payments_no_seat", told, problem=True)
    except PaymentsError:
        told = _("Nothing changed: somebody decided about it already.")
        return back(request, "payments_no_seat", told, problem=True)
    return back(request, "payments_no_seat", _("There was a seat: the registration is confirmed."))


@require_POST
@permission_required(MARK)
def refund(request, public_id):
    payment, form = _payment(public_id), ReasonForm(request.POST)
    if not form.is_valid():
        return back(request, "payments_no_seat", first_error(form), problem=True)
    try:
        reason = form.cleaned_data["reason"]
        services.ask_refund(payment, amount_krw=payment.refundable_krw, reason=reason)
    except PaymentsError:
        told = _("Nothing changed: the money is on the list of refunds already.")
        return back(request, "payments_no_seat", told, problem=True)
    return back(request, "payments_refunds", _("It is on the list of refunds."))


def _payment(public_id):
    return get_object_or_404(Payment, public_id=public_id)
