"""Lists of the election commission: sent in, looked at, taken over or discarded."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from .. import services
from ..exceptions import ListChangedError, ListDecidedError, ListFaultyError, UnknownListError
from ..forms import ListForm
from ..models import CandidateImport, Election
from ..presenters import PlanPresenter
from .elections import render_election
from .frame import ADD_LIST, VIEW_LISTS, show

State = CandidateImport.State


@require_POST
@permission_required(ADD_LIST)
def upload_list(request, pk):
    election = get_object_or_404(Election, pk=pk)
    form = ListForm(request.POST, request.FILES)
    if form.is_valid():
        cleaned = {**form.cleaned_data}
        file = cleaned.pop("file")
        try:
            job = services.request_import(
                election, file.read(), file_name=file.name, user=request.user, **cleaned
            )
        except UnknownListError as error:
            form.add_error("file", str(error))
        else:
            return redirect("pledges_list", job.public_id)
    return render_election(request, election, list_form=form)


@require_safe
@permission_required(VIEW_LISTS)
def show_list(request, public_id):
    job = _job(public_id)
    plan = None
    if job.state == State.PREVIEW:
        plan = PlanPresenter(job, services.plan_import(job))
    return show(
        request,
        "list",
        job.file_name,
        job=job,
        plan=plan,
        may_decide=request.user.has_perm(ADD_LIST),
    )


@require_POST
@permission_required(ADD_LIST)
def apply_list(request, public_id):
    job = _job(public_id)
    lapse = request.POST.get("lapse_missing") == "on"
    digest = request.POST.get("digest", "")
    try:
        done = services.apply_import(job, digest, lapse_missing=lapse, user=request.user)
    except ListDecidedError:
        messages.error(request, _("Somebody decided about this list already."))
    except ListFaultyError:
        messages.error(request, _("Nothing was taken over: put the lines below right first."))
    except ListChangedError:
        told = _("Nothing was taken over: the candidates changed meanwhile. Please look again.")
        messages.error(request, told)
    else:
        told = _("Taken over: %(added)d added, %(changed)d changed, %(missing)d missing.")
        values = {"added": done.added, "changed": done.changed, "missing": done.missing}
        messages.success(request, told % values)
        return redirect("pledges_election", done.election_id)
    return redirect("pledges_list", job.public_id)


@require_POST
@permission_required(ADD_LIST)
def discard_list(request, public_id):
    job = _job(public_id)
    try:
        services.discard_import(job, user=request.user)
    except ListDecidedError:
        messages.error(request, _("Somebody decided about this list already."))
    else:
        messages.success(request, _("The list was discarded. Nothing of it was taken over."))
    return redirect("pledges_election", job.election_id)


def _job(public_id):
    rows = CandidateImport.objects.select_related("election", "asked_by", "decided_by")
    return get_object_or_404(rows, public_id=public_id)
