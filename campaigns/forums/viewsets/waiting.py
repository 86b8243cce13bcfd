"""The waiting list of one forum for its staff: masked, in order, each look written down."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from exports.registry import sources_for
from privacy.models import AccessAction

from .. import services
from ..exceptions import ForumError, OfferGoneError, RegistrationClosedError
from ..forms import ProlongForm, WaitingFullViewForm, WaitingStepForm
from ..models import WaitingEntry
from ..panels import waiting_history_of
from ..policies import forum_for, is_within_reach
from ..presenters import ListPresenter, ListRow, office_of
from .access import log_waiting_access

READ = ("forums.view_order", "forums.change_order")
CHANGE, FULL = "forums.change_order", "forums.view_full_order"
EXPORT = "forums.waiting"


def list_waiting(request, pk):
    forum = forum_for(request.user, pk, *READ)
    shown = ListPresenter(forum)
    log_waiting_access(request, AccessAction.LIST, [row.entry for row in shown.rows])
    context = {
        "page": forum,
        "shown": shown,
        "offers": office_of(request.user, forum),
        "export_url": _export_url(request.user, forum),
    }
    return TemplateResponse(request, "forums/admin/waiting_list.html", context)


def _export_url(user, forum):
    """Where who may take this list out says why; empty for others."""
    may = any(source.name == EXPORT for source in sources_for(user))
    if not may or not is_within_reach(user, "forums.export_order", forum):
        return ""
    chosen = f"forum={forum.pk}&states=waiting&states=offered"
    return f"{reverse('exports:start', args=[EXPORT])}?{chosen}"


def _entry(request, pk, key, *rights):
    forum_for(request.user, pk, *rights)
    rows = WaitingEntry.objects.select_related("forum", "invitation__organisation", "order")
    return get_object_or_404(rows.prefetch_related("sessions"), pk=key, forum_id=pk)


def show_entry(request, pk, key):
    entry = _entry(request, pk, key, *READ)
    log_waiting_access(request, AccessAction.DETAIL, [entry])
    return _show(request, entry)


def _show(request, entry, *, status=200, **context):
    user, forum = request.user, entry.forum
    may_change = is_within_reach(user, CHANGE, forum) and entry.anonymised_at is None
    context = {
        "page": forum,
        "entry": entry,
        "row": ListRow(entry, None),
        "history": waiting_history_of(entry),
        "can_offer": may_change and entry.is_waiting,
        "can_prolong": may_change and entry.is_offered,
        "can_remove": may_change and (entry.is_waiting or entry.is_offered),
        "can_see_all": is_within_reach(user, FULL, forum) and entry.anonymised_at is None,
        "full_form": WaitingFullViewForm(auto_id="id_full_%s"),
        "offer_form": WaitingStepForm(auto_id="id_offer_%s"),
        "prolong_form": ProlongForm(auto_id="id_prolong_%s"),
        "remove_form": WaitingStepForm(auto_id="id_remove_%s"),
        **context,
    }
    return TemplateResponse(request, "forums/admin/waiting_entry.html", context, status=status)


@require_POST
def show_entry_in_full(request, pk, key):
    """Who it is, once, for a reason that is written down first."""
    entry = _entry(request, pk, key, FULL)
    if entry.anonymised_at:
        raise Http404
    form = WaitingFullViewForm(request.POST, auto_id="id_full_%s")
    if not form.is_valid():
        log_waiting_access(request, AccessAction.DETAIL, [entry])
        return _show(request, entry, full_form=form, status=422)
    log_waiting_access(request, AccessAction.FULL, [entry], form.cleaned_data["reason"])
    return _show(request, entry, person=entry)


def _offer(entry, actor, said):
    services.offer_now(entry, actor=actor, **said)
    return _("The offer goes out by mail within a minute.")


def _prolong(entry, actor, said):
    services.prolong_offer(entry, actor=actor, **said)
    return _("The offer stands longer; they are told by mail.")


def _remove(entry, actor, said):
    services.remove_entry(entry, actor=actor, **said)
    return _("The entry is off the list; they are told by mail.")


STEPS = {
    "offer": ("offer_form", WaitingStepForm, _offer),
    "prolong": ("prolong_form", ProlongForm, _prolong),
    "remove": ("remove_form", WaitingStepForm, _remove),
}


@require_POST
def take_step(request, pk, key, step):
    """One step of staff, with its reason."""
    entry = _entry(request, pk, key, CHANGE)
    if step not in STEPS or entry.anonymised_at:
        raise Http404
    name, form_class, take = STEPS[step]
    form = form_class(request.POST, auto_id=f"id_{step}_%s")
    if not form.is_valid():
        log_waiting_access(request, AccessAction.DETAIL, [entry])
        return _show(request, entry, status=422, **{name: form})
    log_waiting_access(request, AccessAction.CHANGE, [entry], form.cleaned_data["reason"])
    try:
        messages.success(request, take(entry, str(request.user.pk), form.cleaned_data))
    except ForumError as error:
        messages.error(request, _refusal(error))
    return redirect("waiting_entry", pk, key)


def _refusal(error):
    if isinstance(error, OfferGoneError):
        return _("Nothing changed: the entry is in another state now.")
    if isinstance(error, RegistrationClosedError):
        return _("Nothing changed: registration is closed.")
    return _("Nothing changed: so many seats are not free at the moment.")
