"""Agreements on paper: entered by one person, compared with the scan by another."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from privacy.models import AccessAction

from ..exceptions import (
    AgreementGoneError,
    PaperIncompleteError,
    TooFewAcceptedError,
    TwoPeopleError,
)
from ..forms import PaperForm, PaperRefusalForm
from ..models import PaperAgreement, Respondent
from ..presenters import PaperPresenter
from ..services.demands import current_versions, demands_asked, label_of
from ..services.papers import PaperFacts, enter_paper, refuse_paper, take_paper
from .access import AGREEMENTS, OF_RESPONDENT, log_access, post_of, readable
from .frame import show

RIGHT = "pledges.change_pledgeagreement"
SHOWN = 100
TOLD = {
    TwoPeopleError: gettext_lazy("Another person than the one who entered it has to compare it."),
    TooFewAcceptedError: gettext_lazy(
        "Fewer demands are accepted than the published rule asks for."
    ),
    AgreementGoneError: gettext_lazy("Nothing changed: it is in another state now."),
}


def _papers(user):
    """Of respondents whom this person works with."""
    respondents = readable(user, Respondent)
    rows = PaperAgreement.objects.filter(respondent__in=respondents.values("pk"))
    return rows.select_related(*OF_RESPONDENT, "entered_by", "checked_by", "agreement")


@require_safe
@permission_required(RIGHT)
def list_papers(request):
    papers = _papers(request.user).defer("scan", "answers").order_by("-entered_at", "-pk")[:SHOWN]
    log_access(request, AccessAction.LIST, AGREEMENTS, papers)
    return show(request, "papers", _("Paper agreements"), papers=papers)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(RIGHT)
def enter(request, public_id):
    rows = readable(request.user, Respondent)
    respondent = rows.filter(public_id=public_id).first()
    if respondent is None:
        raise Http404
    asked = demands_asked(current_versions(respondent))
    demands = [(label_of(row), row) for row in asked]
    form = PaperForm(request.POST or None, request.FILES or None, demands=demands)
    if request.method == "POST" and form.is_valid():
        try:
            paper = enter_paper(
                respondent,
                form.answers,
                PaperFacts(**form.facts),
                form.cleaned_data["scan"].read(),
                user=request.user,
            )
        except AgreementGoneError:
            form.add_error(
                None, _("An agreement, or a paper, of this respondent is there already.")
            )
        except PaperIncompleteError:
            form.add_error(
                None, _("Nothing is asked of this respondent yet: publish demands first.")
            )
        else:
            messages.success(request, _("Entered. Another person now compares it with the scan."))
            return redirect("pledges_paper", paper.public_id)
    context = {"form": form, "respondent": respondent, "post": post_of(respondent)}
    status = 422 if form.errors else 200
    return show(request, "paper_new", _("Enter a paper agreement"), status=status, **context)


def _paper(request, public_id):
    row = _papers(request.user).filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row


@require_safe
@permission_required(RIGHT)
def show_paper(request, public_id):
    return _render(request, _paper(request, public_id))


def _render(request, paper, form=None):
    log_access(request, AccessAction.FULL, AGREEMENTS, [paper], _("Paper agreement"))
    return show(
        request,
        "paper",
        _("Paper agreement"),
        status=422 if form else 200,
        shown=PaperPresenter(paper, request.user),
        form=form or PaperRefusalForm(),
    )


@require_safe
@permission_required(RIGHT)
def download_scan(request, public_id):
    paper = _paper(request, public_id)
    log_access(request, AccessAction.FULL, AGREEMENTS, [paper], _("Paper agreement"))
    response = HttpResponse(bytes(paper.scan), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="agreement-scan.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@permission_required(RIGHT)
def decide_paper(request, public_id):
    paper = _paper(request, public_id)
    form = PaperRefusalForm(request.POST)
    takes = request.POST.get("do") == "take"
    if not takes and not form.is_valid():
        return _render(request, paper, form)
    log_access(request, AccessAction.CHANGE, AGREEMENTS, [paper], _("Paper agreement"))
    try:
        told = _take(request, paper) if takes else _refuse(request, paper, form)
        messages.success(request, told)
    except tuple(TOLD) as refusal:
        messages.error(request, TOLD[type(refusal)])
    return redirect("pledges_paper", paper.public_id)


def _take(request, paper):
    agreement = take_paper(paper, user=request.user)
    return _("Registered as paper under number %(number)s.") % {"number": agreement.number}


def _refuse(request, paper, form):
    refuse_paper(paper, form.cleaned_data["note"], user=request.user)
    return _("It is not registered. It can be entered anew.")
