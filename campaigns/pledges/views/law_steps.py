"""The steps on the screen of the election law: each a press that answers for itself."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from ..exceptions import (
    ApprovalDecidedError,
    CommissionObjectsError,
    InquiryAnsweredError,
    InquiryWaitsError,
    OrganisationBarredError,
    ReleaseBlockedError,
)
from ..forms.guards import (
    ApprovalForm,
    CoHostForm,
    DecisionForm,
    InquiryAnswerForm,
    InquiryForm,
    OverrideForm,
)
from ..models import Approval, CoHost, CommissionInquiry, Election
from ..services.approvals import ask_approval, decide_approval
from ..services.co_hosts import add_co_host, remove_co_host
from ..services.guards import release_board
from ..services.inquiries import enter_answer, override_inquiry, send_inquiry
from .law import ANSWER, ASK, ASK_APPROVAL, DECIDE, HOST, NO_HOST, OVERRIDE, RELEASE, render_law


def _back(request, pk, told, *, problem=False):
    (messages.error if problem else messages.success)(request, told)
    return redirect("pledges_law_of", pk)


@require_POST
@permission_required(ASK)
def ask_commission(request, pk):
    election = get_object_or_404(Election, pk=pk)
    form = InquiryForm(request.POST)
    if not form.is_valid():
        return render_law(request, election, inquiry=form)
    try:
        send_inquiry(election, **form.cleaned_data, user=request.user)
    except InquiryWaitsError:
        told = _("An inquiry waits for its answer already. Enter the answer first.")
        return _back(request, pk, told, problem=True)
    return _back(request, pk, _("Written down. Enter the answer once it comes."))


@require_POST
@permission_required(ANSWER)
def answer_inquiry(request, pk, key):
    inquiry = get_object_or_404(CommissionInquiry, election=pk, pk=key)
    form = InquiryAnswerForm(request.POST, sent_on=inquiry.sent_on)
    if not form.is_valid():
        return render_law(request, inquiry.election, answer=form)
    said = form.cleaned_data
    try:
        enter_answer(
            inquiry,
            is_clear=said["verdict"] == "clear",
            answer=said["answer"],
            answered_on=said["answered_on"],
            user=request.user,
        )
    except InquiryAnsweredError:
        return _back(request, pk, _("The answer was entered already."), problem=True)
    return _back(request, pk, _("The answer is on record."))


@require_POST
@permission_required(OVERRIDE)
def override(request, pk):
    election = get_object_or_404(Election, pk=pk)
    form = OverrideForm(request.POST)
    if not form.is_valid():
        return render_law(request, election, override=form)
    try:
        override_inquiry(election, **form.cleaned_data, user=request.user)
    except CommissionObjectsError:
        told = _("The election commission objects. Against its word nobody publishes.")
        return _back(request, pk, told, problem=True)
    return _back(request, pk, _("On record with name, office and reason."))


@require_POST
@permission_required(RELEASE)
def release(request, pk):
    election = get_object_or_404(Election, pk=pk)
    try:
        release_board(election, user=request.user)
    except ReleaseBlockedError as refusal:
        told = _("Nothing was published. %(why)s") % {"why": " ".join(map(str, refusal.reasons))}
        return _back(request, pk, told, problem=True)
    return _back(request, pk, _("The board is public."))


@require_POST
@permission_required(ASK_APPROVAL)
def ask_for_approval(request, pk):
    election = get_object_or_404(Election, pk=pk)
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        return render_law(request, election, approval=form)
    try:
        ask_approval(**form.cleaned_data, election=election, user=request.user)
    except ApprovalDecidedError:
        told = _("For this an approval waits or is given already.")
        return _back(request, pk, told, problem=True)
    return _back(request, pk, _("Whoever approves sees it on their first screen."))


@require_POST
@permission_required(DECIDE)
def decide(request, pk, key):
    approval = get_object_or_404(Approval, election=pk, pk=key)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _back(request, pk, next(iter(form.errors.values()))[0], problem=True)
    said = form.cleaned_data
    try:
        decide_approval(
            approval,
            is_approved=said["decision"] == "approve",
            reason=said["reason"],
            user=request.user,
        )
    except ApprovalDecidedError:
        return _back(request, pk, _("Somebody decided about it already."), problem=True)
    return _back(request, pk, _("Decided, and on record."))


@require_POST
@permission_required(HOST)
def add_host(request, pk):
    election = get_object_or_404(Election, pk=pk)
    form = CoHostForm(request.POST)
    if not form.is_valid():
        return render_law(request, election, host=form)
    organisation = form.cleaned_data["organisation"]
    try:
        add_co_host(election, organisation, user=request.user)
    except OrganisationBarredError:
        form.add_error("organisation", form.fields["organisation"].error_messages["invalid_choice"])
        return render_law(request, election, host=form)
    return _back(request, pk, _("“%(name)s” was added.") % {"name": organisation})


@require_POST
@permission_required(NO_HOST)
def remove_host(request, pk, key):
    row = get_object_or_404(CoHost.objects.select_related("organisation"), election=pk, pk=key)
    remove_co_host(row.election, row.organisation)
    return _back(request, pk, _("“%(name)s” was removed.") % {"name": row.organisation})
