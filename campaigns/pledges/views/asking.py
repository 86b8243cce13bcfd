"""How an election's respondents are asked, parties that answer, and how far the regions are."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ..exceptions import RespondentAskedError, RoundFixedError
from ..forms.rounds import PartyForm, RoundForm
from ..models import Election, PledgeRound, Respondent
from ..policies import may, reaches, regions_within, rows_for
from ..presenters import RollupPresenter
from ..services import parties, rounds
from .frame import found, needs, show

BOTH = ["GET", "HEAD", "POST"]
SEE_ROUND, CHANGE_ROUND = "pledges.view_pledgeround", "pledges.change_pledgeround"
SEE, ADD = "pledges.view_respondent", "pledges.add_respondent"


@require_http_methods(BOTH)
@needs(CHANGE_ROUND)
def edit_round(request, pk):
    """Until when, how and by what method: decided before anybody is asked."""
    election = get_object_or_404(Election, pk=pk)
    if not reaches(request.user, CHANGE_ROUND, None):
        raise PermissionDenied
    row = PledgeRound.objects.filter(election=election).first()
    form = RoundForm(
        request.POST or None,
        instance=row or PledgeRound(election=election),
        election=election,
        demand_count=rounds.demands_of_everybody(election),
        is_asked=row is not None and rounds.is_asked(election),
    )
    if request.method == "POST" and form.is_valid() and _save(request, election, form):
        return redirect("pledges_election", pk)
    status = 422 if form.errors else 200
    title = _("How they are asked")
    return show(request, "round", title, status=status, election=election, form=form)


def _save(request, election, form):
    try:
        rounds.save_round(election, form.cleaned_data, user=request.user)
    except RoundFixedError:
        told = _("Somebody was asked meanwhile. What holds for all alike stands.")
        form.add_error(None, told)
        return False
    messages.success(request, _("Saved."))
    return True


@require_http_methods(BOTH)
@needs(ADD)
def add_party(request, pk):
    election = get_object_or_404(Election, pk=pk)
    user = request.user
    form = PartyForm(
        request.POST or None,
        regions=regions_within(user, ADD, election.vote_on),
        may_ask_all=reaches(user, ADD, None),
    )
    if request.method == "POST" and form.is_valid():
        row, is_new = parties.add_party(election, **form.cleaned_data)
        told = _("“%(name)s” can be asked now.") if is_new else _("“%(name)s” is there already.")
        messages.success(request, told % {"name": row})
        return redirect("pledges_election", pk)
    status = 422 if form.errors else 200
    title = _("Add a party or camp")
    return show(request, "party_new", title, status=status, election=election, form=form)


@require_POST
@needs(SEE)
def remove_party(request, pk, public_id):
    """Take out what was entered by mistake."""
    rows = rows_for(request.user, Respondent).exclude(kind=Respondent.Kind.CANDIDATE)
    row = found(rows, election=pk, public_id=public_id)
    if not may(request.user, "change", row):
        raise PermissionDenied
    try:
        parties.remove_party(row)
    except RespondentAskedError:
        messages.error(request, _("It was asked already and stays."))
    else:
        messages.success(request, _("“%(name)s” is taken out.") % {"name": row})
    return redirect("pledges_election", pk)


@require_safe
@needs(SEE)
def show_regions(request, pk):
    """Contacts, answers and agreements by province; for the office alone."""
    election = get_object_or_404(Election, pk=pk)
    shown = RollupPresenter(election, request.user)
    return show(request, "regions", _("By region"), election=election, shown=shown)
