"""A representative chooses agreements, proves the second factor anew, and signs them."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from accounts.requests import factor_door, factor_proved_at
from privacy.models import AccessAction

from ..exceptions import BatchRefusedError, ProofMissingError
from ..forms import BatchForm
from ..models import AgreementSignature, CountersignBatch, PledgeAgreement
from ..presenters import WaitingPresenter
from ..services.countersigning import (
    MOST_AT_ONCE,
    RIGHT,
    countersign_batch,
    is_fresh,
    prepare_batch,
)
from .access import AGREEMENTS, OF_RESPONDENT, log_access, readable
from .frame import show


def _waiting(user):
    rows = readable(user, PledgeAgreement, ("countersign",)).filter(state="signed")
    signatures = AgreementSignature.objects.select_related("identity_check__invitation__delegation")
    rows = rows.select_related(*OF_RESPONDENT, "respondent__election__round")
    return rows.prefetch_related(Prefetch("signatures", signatures)).order_by("signed_at", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(RIGHT)
def choose_agreements(request):
    """All that waits, oldest first, a hundred at most; those that can't be signed say why."""
    waiting = _waiting(request.user)
    rows = [WaitingPresenter(row) for row in waiting[:MOST_AT_ONCE]]
    form = BatchForm(
        request.POST or None, waiting=waiting, initial=_initial(request, rows), auto_id="id_%s"
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _lead_to_proof(request, form)
        except BatchRefusedError:
            form.add_error(None, _("Choose a hundred agreements at most."))
    log_access(request, AccessAction.LIST, AGREEMENTS, [row.agreement for row in rows])
    ticked = {str(key) for key in form["agreements"].value() or ()}
    return show(
        request,
        "countersign",
        _("Countersign agreements"),
        status=422 if form.errors else 200,
        form=form,
        rows=rows,
        ticked=ticked,
        more=max(0, waiting.count() - len(rows)) if len(rows) == MOST_AT_ONCE else 0,
    )


def _initial(request, rows):
    """One came from its own screen; otherwise all that can be signed."""
    one = request.GET.get("one", "")
    keys = [str(row.agreement.pk) for row in rows if row.obstacle is None]
    return {"agreements": [one] if one in keys else keys}


def _lead_to_proof(request, form):
    batch = prepare_batch(
        form.cleaned_data["agreements"],
        user=request.user,
        title=form.cleaned_data["signer_title"],
    )
    return redirect(_proof_of(request, batch))


def _proof_of(request, batch):
    """Where the second factor is proved; from there it leads back to the batch."""
    following = reverse("pledges_batch", args=[batch.public_id])
    door = factor_door(request.user) or "mfa_index"
    return f"{reverse(door)}?{urlencode({'next': following})}"


def _batch(request, public_id):
    rows = CountersignBatch.objects.filter(user=request.user)
    return get_object_or_404(rows, public_id=public_id)


@require_safe
@permission_required(RIGHT)
def show_batch(request, public_id):
    """What will be signed, once the factor is proved; afterwards, what was."""
    batch = _batch(request, public_id)
    rows = batch.agreements.select_related(*OF_RESPONDENT, "respondent__election__round")
    rows = [WaitingPresenter(row) for row in rows.prefetch_related("signatures").order_by("number")]
    log_access(request, AccessAction.LIST, AGREEMENTS, [row.agreement for row in rows])
    return show(
        request,
        "countersign_batch",
        _("Sign the chosen agreements"),
        batch=batch,
        rows=rows,
        is_proved=is_fresh(batch, factor_proved_at(request)),
        proof_url=_proof_of(request, batch),
    )


@require_POST
@permission_required(RIGHT)
def sign_batch(request, public_id):
    batch = _batch(request, public_id)
    chosen = batch.agreements.select_related("respondent")
    log_access(request, AccessAction.CHANGE, AGREEMENTS, chosen, batch.signer_title)
    try:
        outcome = countersign_batch(batch, user=request.user, proved_at=factor_proved_at(request))
    except ProofMissingError:
        messages.error(request, _("Nothing is signed: prove your second factor once more."))
        return redirect("pledges_batch", batch.public_id)
    _tell(request, outcome)
    return redirect("pledges_batch", batch.public_id)


def _tell(request, outcome):
    count = len(outcome.concluded)
    told = ngettext(
        "%(count)d agreement is concluded.", "%(count)d agreements are concluded.", count
    )
    if count:
        messages.success(request, told % {"count": count})
    for agreement, obstacle in outcome.refused:
        words = {"number": agreement.number, "why": obstacle.label}
        messages.warning(request, _("%(number)s was not signed: %(why)s") % words)
