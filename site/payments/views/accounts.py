"""The coalition's own accounts, and what somebody wants to change about them."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from ..exceptions import AccountExistsError, ChangeWaitsError, OwnChangeError, PaymentsError
from ..forms import AccountChangeForm, CoverForm
from ..models import AccountChange, BankAccount
from ..services.accounts import approve_change, ask_change, confirm_no_deposits, refuse_change
from .frame import APPROVE, ASK, UPLOAD, VIEW_ACCOUNTS, back, first_error, show

PAST = 20


@require_safe
@permission_required(VIEW_ACCOUNTS)
def accounts(request):
    return _show(request, AccountChangeForm())


def _show(request, form, status=200):
    user, changes = request.user, AccountChange.objects.select_related("asked_by", "decided_by")
    waiting = changes.filter(decision=AccountChange.Decision.WAITING).order_by("asked_at")
    past = changes.exclude(decision=AccountChange.Decision.WAITING).order_by("-decided_at")
    may_cover = user.has_perm(UPLOAD)
    rows = BankAccount.objects.order_by("-is_open", "pk")
    return show(
        request,
        "accounts",
        _("Bank accounts"),
        status=status,
        rows=[(row, CoverForm(initial={"account": row.pk}) if may_cover else None) for row in rows],
        waiting=[(change, change.asked_by_id == user.pk) for change in waiting],
        past=past[:PAST],
        form=form if user.has_perm(ASK) else None,
        may_approve=user.has_perm(APPROVE),
        may_ask=user.has_perm(ASK),
    )


@require_POST
@permission_required(ASK)
def ask(request):
    form = AccountChangeForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        ask_change(**form.cleaned_data, user=request.user)
    except AccountExistsError:
        form.add_error("number", _("This account is on the list already."))
    except ChangeWaitsError:
        form.add_error("account", _("A change of this account waits for approval already."))
    else:
        told = _("Another person must approve it. Everybody who can was told by mail.")
        return back(request, "payments_accounts", told)
    return _show(request, form, status=422)


@require_POST
@permission_required(APPROVE)
def approve(request, pk):
    try:
        approve_change(get_object_or_404(AccountChange, pk=pk), user=request.user)
    except OwnChangeError:
        told = _("You asked for it yourself: another person must approve it.")
        return back(request, "payments_accounts", told, problem=True)
    except AccountExistsError:
        told = _("This account is on the list already. Refuse the change.")
        return back(request, "payments_accounts", told, problem=True)
    except PaymentsError:
        return back(request, "payments_accounts", _decided(), problem=True)
    return back(request, "payments_accounts", _("It holds. All pages and mails show it at once."))


@require_POST
@permission_required(VIEW_ACCOUNTS)
def refuse(request, pk):
    """Who may approve may refuse, and so may who asked."""
    change = get_object_or_404(AccountChange, pk=pk)
    if not (request.user.has_perm(APPROVE) or change.asked_by_id == request.user.pk):
        told = _("Another person decides about this change.")
        return back(request, "payments_accounts", told, problem=True)
    try:
        refuse_change(change, user=request.user)
    except PaymentsError:
        return back(request, "payments_accounts", _decided(), problem=True)
    return back(request, "payments_accounts", _("The change is refused; nothing has changed."))


def _decided():
    return _("Nothing changed: somebody decided about it already.")


@require_POST
@permission_required(UPLOAD)
def cover(request):
    form = CoverForm(request.POST)
    if not form.is_valid():
        return back(request, "payments_accounts", first_error(form), problem=True)
    confirm_no_deposits(form.cleaned_data["account"], form.cleaned_data["until"], user=request.user)
    told = _("Noted. What was not paid until then is given up when its time is over.")
    return back(request, "payments_accounts", told)
