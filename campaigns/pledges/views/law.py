"""선거법 점검: what the law keeps back, and the steps that open it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from ..forms.guards import (
    ApprovalForm,
    CoHostForm,
    InquiryAnswerForm,
    InquiryForm,
    OverrideForm,
)
from ..models import Election
from ..presenters.guards import LawPresenter, warnings
from ..presenters.inquiry_package import make_package
from ..services.approvals import nearest_election
from .frame import show

VIEW = "pledges.view_commissioninquiry"
ASK, ANSWER = "pledges.add_commissioninquiry", "pledges.change_commissioninquiry"
OVERRIDE, RELEASE = "pledges.add_releaseoverride", "pledges.add_boardrelease"
ASK_APPROVAL, DECIDE = "pledges.add_approval", "pledges.decide_approval"
HOST, NO_HOST = "pledges.add_cohost", "pledges.delete_cohost"
TAKE_DOWN = "pledges.add_takedown"


@require_safe
@permission_required(VIEW)
def find_law(request):
    """The election that is nearest."""
    election = nearest_election()
    if election is None:
        return show(request, "law_empty", _("Election law"))
    return redirect("pledges_law_of", election.pk)


@require_safe
@permission_required(VIEW)
def show_law(request, pk):
    return render_law(request, get_object_or_404(Election, pk=pk))


def render_law(request, election, **bound):
    """The screen with what was typed into one of its forms."""
    user, law = request.user, LawPresenter(election)
    return show(
        request,
        "law",
        _("Election law"),
        status=422 if bound else 200,
        header_title=str(election),
        election=election,
        elections=Election.objects.exclude(pk=election.pk),
        law=law,
        warnings=[one for one in warnings() if one.election == election],
        forms=_forms(user, law, bound),
        may_release=user.has_perm(RELEASE),
        may_decide=user.has_perm(DECIDE),
        may_take_down=user.has_perm(TAKE_DOWN),
        may_remove_host=user.has_perm(NO_HOST),
    )


def _forms(user, law, bound):
    """Those that this person may fill in, and that make sense now."""
    waiting = law.waiting_inquiry
    offers = {
        "inquiry": (ASK, InquiryForm, not waiting),
        "answer": (ANSWER, InquiryAnswerForm, bool(waiting)),
        "override": (OVERRIDE, OverrideForm, law.may_override),
        "approval": (ASK_APPROVAL, ApprovalForm, True),
        "host": (HOST, CoHostForm, True),
    }
    return {
        name: bound.get(name) or form()
        for name, (right, form, makes_sense) in offers.items()
        if makes_sense and user.has_perm(right)
    }


@require_safe
@permission_required(VIEW)
def download_package(request, pk):
    """선관위 질의 자료: what the commission needs to judge the board."""
    election = get_object_or_404(Election, pk=pk)
    response = HttpResponse(
        make_package(election),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="inquiry-{election.commission_id}.zip"'
        },
    )
    add_never_cache_headers(response)
    return response
