"""One election: its legal days, its contests, the lists that came."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from accounts.services import holds_somewhere

from .. import services
from ..forms import ContestDetailsForm, ContestForm, ListForm
from ..models import Contest, Election
from ..policies import reaches
from ..presenters import AskingPresenter, contests_by_office, timetable_lines
from .frame import (
    ADD_CONTEST,
    ADD_LIST,
    CHANGE_CONTEST,
    VIEW,
    VIEW_CONTACTS,
    VIEW_LISTS,
    needs,
    show,
)


@require_safe
@needs(VIEW)
def show_election(request, pk):
    return render_election(request, get_object_or_404(Election, pk=pk))


def render_election(request, election, *, list_form=None):
    """The election's screen, with what was typed into the form for a list."""
    user = request.user
    contests = services.contests_of(election)
    sees_lists = user.has_perm(VIEW_LISTS)
    lists = election.imports.select_related("asked_by").order_by("-asked_at") if sees_lists else []
    return show(
        request,
        "election",
        str(election),
        status=422 if list_form else 200,
        election=election,
        asking=AskingPresenter(election, user),
        enterable=_enterable(user, contests),
        days=timetable_lines(election),
        offices=contests_by_office(contests),
        lists=lists,
        list_form=(list_form or ListForm()) if user.has_perm(ADD_LIST) else None,
        may_add=user.has_perm(ADD_CONTEST),
        may_change=user.has_perm(CHANGE_CONTEST),
        sees_contacts=holds_somewhere(user, VIEW_CONTACTS),
    )


def _enterable(user, contests):
    """The contests for which this person may enter a candidate from here."""
    if user.has_perm(CHANGE_CONTEST):
        return set()  # they do it on the contest's own screen
    right = "pledges.add_candidacy"
    return {one.pk for one in contests if reaches(user, right, one.post.region_id)}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(ADD_CONTEST)
def open_contest(request, pk):
    election = get_object_or_404(Election, pk=pk)
    regions = services.regions_on(election.vote_on)
    form = ContestForm(request.POST or None, regions=regions)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        contest, is_new = services.open_contest(
            election, cleaned["office"], cleaned["region"], cleaned["district_name"]
        )
        told = _("“%(name)s” was added.") if is_new else _("“%(name)s” is there already.")
        messages.success(request, told % {"name": contest.post})
        return redirect("pledges_contest", election.pk, contest.pk)
    status = 422 if form.errors else 200
    title = _("Add a contest")
    return show(request, "contest_new", title, status=status, election=election, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(CHANGE_CONTEST)
def edit_contest(request, pk, key):
    rows = Contest.objects.select_related("election", "post__region__parent")
    contest = get_object_or_404(rows, election=pk, pk=key)
    form = ContestDetailsForm(request.POST or None, instance=contest)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("“%(name)s” was changed.") % {"name": contest.post})
        return redirect("pledges_election", contest.election_id)
    status = 422 if form.errors else 200
    return show(request, "contest", str(contest.post), status=status, contest=contest, form=form)
