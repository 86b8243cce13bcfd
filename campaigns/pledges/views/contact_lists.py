"""Contacts from a list: sent in, looked at, entered or discarded, by whoever sent it in."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from privacy.models import AccessAction

from ..exceptions import ListChangedError, ListDecidedError, ListFaultyError, UnknownListError
from ..forms.outreach import ContactListForm
from ..models import ContactList, Election, Respondent
from ..policies import rows_for
from ..presenters.contact_lists import ContactPlanPresenter
from ..services import contact_lists as lists
from ..services.contact_plans import plan_contacts
from .access import log_access_of
from .frame import found, needs, show
from .outreach import CONTACTS, render_outreach

ADD = "pledges.add_contactpoint"


@require_POST
@needs(ADD)
def upload_contacts(request, pk):
    election = get_object_or_404(Election, pk=pk)
    form = ContactListForm(request.POST, request.FILES)
    if form.is_valid():
        file, source = form.cleaned_data["file"], form.cleaned_data["source"]
        try:
            job = lists.request_contacts(
                election, file.read(), file_name=file.name, source=source, user=request.user
            )
        except UnknownListError as error:
            form.add_error("file", str(error))
        else:
            return redirect("pledges_contacts", job.public_id)
    return render_outreach(request, election, list_form=form)


@require_safe
@needs(ADD)
def show_contacts(request, public_id):
    """What the list would enter, addresses masked; afterwards only numbers."""
    job = _job(request, public_id)
    plan = None
    if job.state == ContactList.State.PREVIEW:
        plan = ContactPlanPresenter(plan_contacts(job, _reach(request, job)))
        log_access_of(request, AccessAction.LIST, CONTACTS, plan.people)
    return show(request, "contact_list", job.file_name, job=job, plan=plan)


@require_POST
@needs(ADD)
def apply_contacts(request, public_id):
    job = _job(request, public_id)
    digest = request.POST.get("digest", "")
    try:
        done = lists.apply_contacts(job, digest, reach=_reach(request, job), user=request.user)
    except ListDecidedError:
        messages.error(request, _("This list was entered, discarded or forgotten already."))
    except ListFaultyError:
        messages.error(request, _("Nothing was entered: put the lines below right first."))
    except ListChangedError:
        told = _("Nothing was entered: contacts or candidates changed meanwhile. Look again.")
        messages.error(request, told)
    else:
        told = _("Entered: %(entered)d contacts. To be decided by another person: %(proposed)d.")
        values = {"entered": done.entered, "proposed": done.proposed}
        messages.success(request, told % values)
        return redirect("pledges_outreach", done.election_id)
    return redirect("pledges_contacts", job.public_id)


@require_POST
@needs(ADD)
def discard_contacts(request, public_id):
    job = _job(request, public_id)
    try:
        lists.discard_contacts(job, user=request.user)
    except ListDecidedError:
        messages.error(request, _("This list was entered, discarded or forgotten already."))
    else:
        messages.success(request, _("The list was discarded. Nothing of it was entered."))
    return redirect("pledges_outreach", job.election_id)


def _job(request, public_id):
    rows = ContactList.objects.select_related("election", "asked_by", "decided_by")
    return found(rows, public_id=public_id, asked_by=request.user)


def _reach(request, job):
    rows = rows_for(request.user, Respondent, "change").filter(election=job.election_id)
    return set(rows.values_list("pk", flat=True))
