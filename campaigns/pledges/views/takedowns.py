"""게시 중단: something goes off the site, its author is told, and may object."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from ..exceptions import NothingToTakeDownError, ObjectionLateError, TakedownDecidedError
from ..forms.guards import ObjectionForm, OutcomeForm, TakedownForm, ToldForm
from ..models import Election, Takedown
from ..presenters.guards import story_of_takedown, what_of
from ..services.takedowns import (
    Request,
    answer_at,
    decide_objection,
    enter_objection,
    note_told,
    response_at,
    take_board_down,
    take_comment_down,
    take_page_down,
    take_statement_down,
)
from .frame import show
from .law import TAKE_DOWN

VIEW, CHANGE = "pledges.view_takedown", "pledges.change_takedown"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(TAKE_DOWN)
def take_down(request, pk):
    election = get_object_or_404(Election, pk=pk)
    form = TakedownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = _take(election, form.cleaned_data, request.user)
        except NothingToTakeDownError:
            told = _("Nothing like that is public. Look at the page, and at what you chose.")
            form.add_error(None, told)
        else:
            messages.success(request, _("It is off the site."))
            return redirect("pledges_takedown", pk, row.public_id)
    status = 422 if form.errors else 200
    title = _("Take something down")
    return show(request, "takedown_new", title, status=status, election=election, form=form)


def _take(election, said, user):
    asked = Request(said["reason"], said["words"], said["asked_at"], said["reference"])
    if said["target"] == Takedown.Target.PAGE:
        return take_page_down(election, said["page"], asked, user=user)
    if said["target"] == Takedown.Target.BOARD:
        return take_board_down(election, asked, user=user)
    if said["target"] == Takedown.Target.STATEMENT:
        return take_statement_down(response_at(election, said["where"]), asked, user=user)
    answer = answer_at(election, said["where"], said["number"])
    return take_comment_down(answer, asked, user=user)


@require_safe
@permission_required(VIEW)
def show_takedown(request, pk, public_id):
    return _render(request, _row(pk, public_id))


def _row(pk, public_id):
    rows = Takedown.objects.select_related(
        "election",
        "page",
        "answer__response__respondent__candidacy",
        "response__respondent__candidacy",
    )
    return get_object_or_404(rows, election=pk, public_id=public_id)


def _render(request, row, **bound):
    may_change = request.user.has_perm(CHANGE)
    return show(
        request,
        "takedown",
        what_of(row),
        status=422 if bound else 200,
        row=row,
        story=story_of_takedown(row),
        told_form=bound.get("told") or ToldForm() if may_change and not row.told_at else None,
        objection_form=bound.get("objection") or ObjectionForm()
        if may_change and not row.outcome
        else None,
        outcome_form=bound.get("outcome") or OutcomeForm()
        if may_change and row.outcome == Takedown.Outcome.OBJECTED
        else None,
    )


def _back(request, row, told, *, problem=False):
    (messages.error if problem else messages.success)(request, told)
    return redirect("pledges_takedown", row.election_id, row.public_id)


@require_POST
@permission_required(CHANGE)
def tell(request, pk, public_id):
    row, form = _row(pk, public_id), ToldForm(request.POST)
    if not form.is_valid():
        return _render(request, row, told=form)
    try:
        note_told(row, form.cleaned_data["how"])
    except TakedownDecidedError:
        return _back(request, row, _("The author was told already."), problem=True)
    return _back(request, row, _("Written down."))


@require_POST
@permission_required(CHANGE)
def object_to(request, pk, public_id):
    row, form = _row(pk, public_id), ObjectionForm(request.POST)
    if not form.is_valid():
        return _render(request, row, objection=form)
    try:
        enter_objection(row, form.cleaned_data["words"], user=request.user)
    except ObjectionLateError:
        return _back(request, row, _("The three days to object are over."), problem=True)
    except TakedownDecidedError:
        return _back(request, row, _("Somebody entered an objection already."), problem=True)
    return _back(request, row, _("The objection is on record."))


@require_POST
@permission_required(CHANGE)
def decide(request, pk, public_id):
    row, form = _row(pk, public_id), OutcomeForm(request.POST)
    if not form.is_valid():
        return _render(request, row, outcome=form)
    said = form.cleaned_data
    try:
        decide_objection(
            row,
            is_upheld=said["outcome"] == Takedown.Outcome.RESTORED,
            words=said["words"],
            user=request.user,
        )
    except TakedownDecidedError:
        return _back(request, row, _("Somebody decided about it already."), problem=True)
    return _back(request, row, _("Decided, and on record."))
