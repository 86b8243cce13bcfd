"""Open deposits with what they may be for; one press each."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from .. import services
from ..exceptions import PaymentsError
from ..matching import Proposal
from ..models import BankAccount, Deposit
from ..presenters import Names, card_of
from ..services.proposals import (
    candidates,
    pairing_for,
    parted_pairs,
    propose,
    waiting_deposits,
)
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


def open_deposits():
    rows = Deposit.objects.filter(state=Deposit.State.OPEN).select_related("account")
    return rows.order_by("occurred_at", "pk")


@require_safe
@permission_required(VIEW_DEPOSITS)
def reconcile(request):
    page = page_of(request, open_deposits())
    cards = _cards(request, page.object_list)
    return show(
        request,
        "reconcile",
        _("Match deposits"),
        page=page,
        cards=cards,
        safe=[card for card in cards if card.safe_offer],
        without=[card for card in cards if not card.offers],
        can_change=request.user.has_perm(MATCH),
        aside=Deposit.objects.filter(state=Deposit.State.SET_ASIDE).count(),
    )


def _cards(request, deposits):
    """Those of this page with their proposals; who is named is on record before."""
    known = candidates()
    proposals = _proposals(deposits)
    names, parted = Names(request.user), parted_pairs(list(deposits))
    cards = [card_of(row, proposals.get(str(row.pk)), known, names, parted) for row in deposits]
    log_deposits(request, deposits)
    keys = {
        part.split(":")[0] for card in cards for o in card.offers for part in o.value.split(",")
    }
    log_payments(request, [known[key].payment for key in sorted(keys)])
    return cards


def _proposals(deposits) -> dict[str, Proposal]:
    """By deposit; the rules see all that wait, so that none is promised twice."""
    wanted = {str(row.pk) for row in deposits}
    found = {}
    for account in BankAccount.objects.filter(pk__in={row.account_id for row in deposits}):
        for proposal in propose(account, waiting_deposits(account)):
            if proposal.deposit_key in wanted:
                found[proposal.deposit_key] = proposal
    return found


@require_POST
@permission_required(MATCH)
def accept(request):
    """One or many, as they stood on the screen: what changed since is left and told."""
    done = changed = 0
    for line in request.POST.getlist("accept")[:PAGE]:
        pairing = _pairing(line)
        if pairing is None:
            changed += 1
            continue
        try:
            services.match_deposit(pairing, user=request.user)
            done += 1
        except PaymentsError:
            changed += 1
    if changed:
        told = _("Not everything was matched: something changed in the meantime. Look once more.")
        return back(request, "payments_reconcile", told, problem=True)
    told = ngettext("%(count)d deposit is matched.", "%(count)d deposits are matched.", done)
    return back(request, "payments_reconcile", told % {"count": done})


def _pairing(line):
    """``deposit|payment:won,payment:won|reason`` as the screen sends it, or None."""
    try:
        deposit, targets, reason = line.split("|")
        pairs = [part.split(":") for part in targets.split(",")]
        return pairing_for(deposit, [(key, int(won)) for key, won in pairs], reason[:40])
    except ValueError:
        return None


@require_POST
@permission_required(MATCH)
def put_aside(request):
    chosen = [key for key in request.POST.getlist("deposit") if key.isdecimal()][:PAGE]
    done = services.set_aside([int(key) for key in chosen])
    told = ngettext("%(count)d deposit is set aside.", "%(count)d deposits are set aside.", done)
    return back(request, "payments_reconcile", told % {"count": done})
