"""What the card company says, beside what our books say. There is none of it without its key."""

from functools import wraps

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from ..gateways.stripe_checkout import takes_cards
from ..services import card_comparison as comparison
from ..services.figures import Scope
from ..services.payouts import lost_payouts
from .frame import VIEW_LEDGER, show
from .scopes import address


def only_with_cards(view):
    """There is no such page on a site that takes no cards."""

    @wraps(view)
    def shown(request, *args, **kwargs):
        if not takes_cards():
            raise Http404
        return view(request, *args, **kwargs)

    return shown


@only_with_cards
@require_safe
@permission_required(VIEW_LEDGER)
def card_books(request):
    told = comparison.compare_with_company()
    return show(
        request,
        "card_books",
        _("Card company"),
        told=told,
        gap_krw=abs(told.difference_krw),
        lines=[(_reason(line.reason), line) for line in told.lines],
        on_the_way=comparison.payouts_on_the_way(),
        lost=lost_payouts(),
        entries_url=address("payments_entries", Scope(), account="card"),
    )


def _reason(reason):
    return {
        comparison.CHARGE_NOT_BOOKED: _("Paid there, and not in our books"),
        comparison.REFUND_NOT_BOOKED: _("Sent back there, and not in our books"),
        comparison.FEE_NOT_BOOKED: _("A fee that the nightly job has not taken over yet"),
        comparison.PAYOUT_NOT_BOOKED: _("Paid out there, and not taken over yet"),
        comparison.PAYOUT_BACK_NOT_BOOKED: _("A payout that came back, not taken over yet"),
        comparison.OTHER_NOT_BOOKED: _("Something else in its books, such as a dispute"),
        comparison.PAID_WITHOUT_LINE: _("In our books as paid, and not in theirs"),
        comparison.REFUND_WITHOUT_LINE: _("In our books as sent back, and not in theirs"),
    }.get(reason, pgettext("difference", "Unknown"))
