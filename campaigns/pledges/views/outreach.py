"""Who can be reached, who was asked, and how far they are. No screen shows a link or a code."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from accounts.services import holds_somewhere
from privacy.models import AccessAction

from ..exceptions import (
    ContactDecidedError,
    ContactTooEarlyError,
    LateReasonMissingError,
    NotReadyToAskError,
    TwoPeopleError,
)
from ..forms.outreach import (
    AskForm,
    AttemptForm,
    ContactForm,
    ContactListForm,
    DecideForm,
    NarrowForm,
)
from ..models import ContactPoint, Election, Invitation, Respondent
from ..policies import may, rows_for
from ..presenters.contest_steps import ContestSteps
from ..presenters.outreach import ContactPresenter, FunnelPresenter
from ..services import outreach
from ..services.contacts import decide_contact, enter_contact
from ..services.letters import without_address
from ..services.outreach import ready_to_ask
from .access import log_access
from .frame import found, needs, show

SEE, CHANGE = "pledges.view_contactpoint", "pledges.change_contactpoint"
CONTACTS = "pledges.contacts"
PER_PAGE = 50
PROPOSED = gettext_lazy(
    "Another address is in use. It was told of the change; a day from now another person decides."
)
REFUSED = {
    TwoPeopleError: gettext_lazy("Another person than the one who proposed it has to decide."),
    ContactTooEarlyError: gettext_lazy(
        "Whoever reads the old address has a day to object. On the eve, let them sign on site."
    ),
    ContactDecidedError: gettext_lazy("Nothing changed: it is in another state now."),
}


def _respondents(user, election):
    rows = rows_for(user, Respondent).filter(election=election)
    return rows.select_related("candidacy__contest__post__region__parent", "region")


def may_enter_lists(user):
    return holds_somewhere(user, "pledges.add_contactpoint")


def may_print(user):
    return holds_somewhere(user, "pledges.add_outreachentry")


@require_safe
@needs(SEE)
def show_outreach(request, pk):
    """All respondents of an election in the state they are in; who has no contact comes first."""
    return render_outreach(request, get_object_or_404(Election, pk=pk))


def render_outreach(request, election, *, form=None, list_form=None):
    """The screen, with what was typed into the form for all, or into that for a list."""
    rows = _respondents(request.user, election)
    chosen = NarrowForm(request.GET or None, election=election)
    narrowed = chosen.narrow(rows)
    funnel = FunnelPresenter(narrowed, request.GET.get("state", ""))
    page = Paginator(funnel.rows, PER_PAGE).get_page(request.GET.get("p"))
    steps = ContestSteps(narrowed)
    contests = Paginator(list(steps.keys), PER_PAGE).get_page(request.GET.get("c"))
    return show(
        request,
        "outreach",
        _("Contacts and invitations"),
        status=422 if form or list_form else 200,
        election=election,
        funnel=funnel,
        page=page,
        lines=funnel.lines(page.object_list),
        chosen=chosen,
        letters=without_address(narrowed).count() if may_print(request.user) else 0,
        steps=steps,
        contests=contests,
        contest_lines=steps.lines(contests.object_list),
        may_export=holds_somewhere(request.user, "pledges.export_contactpoint"),
        ready=ready_to_ask(rows).count(),
        form=form or AskForm(),
        may_ask=request.user.has_perm("pledges.add_invitation"),
        list_form=(list_form or ContactListForm()) if may_enter_lists(request.user) else None,
        waiting_lists=election.contact_lists.filter(asked_by=request.user, state="preview"),
        may_download=holds_somewhere(request.user, "exports.add_exportjob"),
    )


@require_POST
@needs("pledges.add_invitation")
def ask_all(request, pk):
    election = get_object_or_404(Election, pk=pk)
    form = AskForm(request.POST)
    form.is_valid()
    rows = _respondents(request.user, election)
    try:
        number = outreach.ask_all(
            election,
            rows,
            user=request.user,
            late_reason=form.cleaned_data["late_reason"],
            until=form.cleaned_data["until"],
        )
    except NotReadyToAskError:
        form.add_error(
            None,
            _("Nobody can be asked: publish demands, say how all are asked, and enter contacts."),
        )
    except LateReasonMissingError:
        form.add_error(
            "late_reason",
            _("Others of a contest were asked on an earlier day. Say why these come later."),
        )
    else:
        told = ngettext("%(number)d was asked.", "%(number)d were asked.", number)
        messages.success(request, told % {"number": number})
        return redirect("pledges_outreach", pk)
    return render_outreach(request, election, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE)
def show_respondent(request, public_id):
    """One respondent: contacts (masked), attempts, invitations; and the steps there are."""
    rows = rows_for(request.user, Respondent).select_related(
        "election", "candidacy__contest__post__region__parent", "region"
    )
    respondent = found(rows, public_id=public_id)
    forms = {"contact": ContactForm(), "attempt": AttemptForm()}
    if request.method == "POST":
        step = request.POST.get("step", "")
        if step not in STEPS or not may(request.user, "change", respondent):
            raise PermissionDenied
        form = STEPS[step](request, respondent)
        if form is None:
            return redirect("pledges_respondent", public_id)
        forms[step] = form
    contacts = list(respondent.contacts.select_related("replaces").order_by("kind", "pk"))
    if contacts:
        log_access(request, AccessAction.DETAIL, CONTACTS, contacts[:1])
    return show(
        request,
        "respondent",
        respondent.name,
        status=422 if request.method == "POST" else 200,
        respondent=respondent,
        contacts=[ContactPresenter(contact, request.user) for contact in contacts],
        attempts=respondent.outreach.select_related("made_by"),
        invitations=respondent.invitations.select_related("contact").order_by("-made_at"),
        may_change=may(request.user, "change", respondent),
        may_print=may_print(request.user),
        decide_form=DecideForm(),
        **{f"{name}_form": form for name, form in forms.items()},
    )


def _enter_contact(request, respondent):
    form = ContactForm(request.POST)
    if not form.is_valid():
        return form
    contact = enter_contact(respondent, user=request.user, **form.cleaned_data)
    if contact.proposed_by_id and contact.state == ContactPoint.State.WAITING:
        messages.warning(request, PROPOSED)
    elif contact.state == ContactPoint.State.STOPPED:
        messages.error(request, _("Whoever reads it wants no more mail from us. Leave it so."))
    else:
        messages.success(request, _("The contact was entered."))
    return None


def _note_attempt(request, respondent):
    form = AttemptForm(request.POST)
    if not form.is_valid():
        return form
    outreach.note_attempt(respondent, user=request.user, **form.cleaned_data)
    messages.success(request, _("The attempt was noted."))
    return None


def _decide(request, respondent):
    contact = found(
        ContactPoint.objects.filter(respondent=respondent), public_id=request.POST.get("contact")
    )
    form = DecideForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["note"][0])
        return
    is_theirs = request.POST.get("is_theirs") == "yes"
    note = form.cleaned_data["note"]
    try:
        decided = decide_contact(contact, is_theirs=is_theirs, note=note, user=request.user)
    except tuple(REFUSED) as refusal:
        messages.error(request, REFUSED[type(refusal)])
        return
    is_proposed = decided.state == ContactPoint.State.WAITING
    messages.success(request, PROPOSED if is_proposed else _("Noted."))


def _revoke(request, respondent):
    invitation = found(
        Invitation.objects.filter(respondent=respondent),
        public_id=request.POST.get("invitation"),
    )
    outreach.revoke(invitation, user=request.user)
    messages.success(request, _("The link leads nowhere now. They can be asked anew."))


STEPS = {
    "contact": _enter_contact,
    "attempt": _note_attempt,
    "decide": _decide,
    "revoke": _revoke,
}
