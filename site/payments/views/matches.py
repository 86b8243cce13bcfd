"""What was matched, and the way back."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from .. import services
from ..exceptions import MatchUndoneError, PaymentsError
from ..forms import ReasonForm
from ..models import Deposit, Match, Payment
from ..presenters import Names, payment_rows, reason_words
from .frame import (
    MATCH,
    PAGE,
    VIEW_DEPOSITS,
    back,
    log_deposits,
    log_payments,
    page_of,
    show,
)

MOST_FOUND = 20


@require_safe
@permission_required(VIEW_DEPOSITS)
def matched(request):
    """What was matched, newest first; what was set aside; what persons vouched for."""
    rows = Match.objects.filter(undone_at=None).order_by("-pk")
    page = page_of(request, rows.select_related("deposit", "payment", "matched_by"))
    matches = list(page.object_list)
    aside = Deposit.objects.filter(state=Deposit.State.SET_ASIDE).order_by("-occurred_at")[:PAGE]
    marked = list(Payment.objects.filter(marked_krw__gt=0).select_related("marked_by")[:PAGE])
    names = Names(request.user)
    log_deposits(request, [match.deposit for match in matches] + list(aside))
    log_payments(request, [match.payment for match in matches] + marked)
    shown = payment_rows([match.payment for match in matches], names)
    lines = [
        (match, row, names(match.deposit.name), reason_words(match.reason))
        for match, row in zip(matches, shown, strict=True)
    ]
    return show(
        request,
        "matched",
        _("Matched deposits"),
        page=page,
        lines=lines,
        aside=[(deposit, names(deposit.name)) for deposit in aside],
        marked=payment_rows(marked, names),
        reason_form=ReasonForm(),
        can_change=request.user.has_perm(MATCH),
    )


@require_POST
@permission_required(MATCH)
def undo(request, pk):
    match = get_object_or_404(Match, pk=pk)
    try:
        services.undo_match(match, user=request.user)
    except MatchUndoneError:
        told = _("Nothing changed: the match was undone already.")
        return back(request, "payments_matched", told, problem=True)
    except PaymentsError:
        told = _(
            "This can't be undone: money of this payment or of its deposit goes back. A refund "
            "that was not sent yet can be dropped first."
        )
        return back(request, "payments_matched", told, problem=True)
    told = _("The match is undone. The deposit waits on the list, the registration for its money.")
    return back(request, "payments_matched", told)
