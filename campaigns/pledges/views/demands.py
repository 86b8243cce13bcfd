"""The demands of an election: written, reviewed, resolved, published, each a press of its own."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ..exceptions import (
    DemandsChangedError,
    DemandsFrozenError,
    DemandsIncompleteError,
    MoveRefusedError,
    NotMinorError,
)
from ..forms.demands import DemandForm, DemandSetForm, IntroForm, PublishForm, ResolveForm
from ..models import Demand, DemandSetVersion, Election
from ..policies import may, reaches, readable_demand_sets, regions_within
from ..presenters import VersionPresenter
from ..services import demands as services
from .frame import found, needs, show

VIEW, ADD = "pledges.view_demandset", "pledges.add_demandset"
BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@needs(ADD)
def new_demand_set(request):
    """A set for everybody or a region; where there is one already, that one is shown."""
    last = Election.objects.first()
    if last is None:
        messages.warning(request, _("Enter the election first."))
        return redirect("elections:index")
    form = DemandSetForm(
        request.POST or None,
        initial={"election": request.GET.get("election") or last.pk},
        regions=regions_within(request.user, ADD, last.vote_on),
        may_ask_all=reaches(request.user, ADD, None),
    )
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        version, is_new = services.open_demand_set(
            cleaned["election"], cleaned["region"], cleaned["title"], user=request.user
        )
        if not is_new:
            messages.warning(request, _("There are such demands already: here they are."))
        return redirect("pledges_demands", version.demand_set_id)
    status = 422 if form.errors else 200
    title = _("New policy demands")
    return show(request, "demands_new", title, status=status, form=form)


def _version(request, pk, number=None):
    sets = readable_demand_sets(request.user)
    rows = DemandSetVersion.objects.filter(demand_set__in=sets).select_related(
        "demand_set__election", "demand_set__region__parent"
    )
    if number is None:
        return found(rows.order_by("-number"), demand_set=pk)
    return found(rows, demand_set=pk, number=number)


@require_safe
@needs(VIEW)
def show_demands(request, pk, number=None):
    version = _version(request, pk, number)
    return _render(request, VersionPresenter(version, request.user))


def _render(request, shown, **forms):
    version = shown.version
    intro = {"title": shown.title, "intro": version.intro}
    context = {
        "intro_form": IntroForm(initial=intro, title_stands=shown.base is not None),
        "resolve_form": ResolveForm(),
        **forms,
    }
    status = 422 if forms else 200
    return show(request, "demands", shown.title, status=status, shown=shown, **context)


@require_POST
@needs(VIEW)
def move_version(request, pk, number, step):
    """One of the presses on a version: ``intro``, ``review``, ``draft`` or ``resolve``."""
    version = _version(request, pk, number)
    if not may(request.user, "change", version):
        raise PermissionDenied
    steps = {"intro": _word, "review": _send, "draft": _take_back, "resolve": _resolve}
    if step not in steps:
        raise Http404
    try:
        refused = steps[step](request, version)
    except DemandsIncompleteError:
        messages.error(request, _("Write a demand first."))
    except (DemandsFrozenError, MoveRefusedError):
        _say_changed(request)
    else:
        if refused:
            return _render(request, VersionPresenter(version, request.user), **refused)
    return redirect("pledges_demands_version", pk, number)


def _say_changed(request):
    messages.error(request, _("The state was changed meanwhile. Please look again."))


def _word(request, version):
    stands = services.published_before(version) is not None
    initial = {"title": version.demand_set.title}
    form = IntroForm(request.POST, initial=initial, title_stands=stands)
    if not form.is_valid():
        return {"intro_form": form}
    services.word_version(version, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return None


def _send(request, version):
    services.send_to_review(version)
    messages.success(request, _("The text is under review. Enter the resolution when it is made."))


def _take_back(request, version):
    services.back_to_draft(version)
    messages.success(request, _("The text can be written on."))


def _resolve(request, version):
    form = ResolveForm(request.POST)
    if not form.is_valid():
        return {"resolve_form": form}
    services.resolve_version(version, **form.cleaned_data)
    messages.success(request, _("The resolution is entered. The text can be published."))
    return None


@require_POST
@needs(VIEW)
def begin_version(request, pk):
    """Go on from the published text; that one stays as it is."""
    last = _version(request, pk)
    if not reaches(request.user, "pledges.add_demandsetversion", last.demand_set.region_id):
        raise PermissionDenied
    version = services.begin_version(last.demand_set, user=request.user)
    return redirect("pledges_demands_version", pk, version.number)


def _writable(request, pk, number):
    version = _version(request, pk, number)
    if not may(request.user, "change", version):
        raise PermissionDenied
    return version


@require_http_methods(BOTH)
@needs(VIEW)
def write_demand(request, pk, number, key=None):
    """Word a demand; ``again`` opens an empty one after it is saved."""
    version = _writable(request, pk, number)
    demand = found(version.demands.all(), key=key) if key else None
    form = DemandForm(request.POST or None, instance=demand or Demand(version=version))
    if request.method == "POST" and form.is_valid():
        before = found(version.demands.all(), key=key) if key else None
        try:
            services.save_demand(version, form.cleaned_data, demand=before)
        except DemandsFrozenError:
            # What was typed stays on the screen.
            form.add_error(None, _("This text is not being written any more. Nothing was saved."))
        else:
            messages.success(request, _("Saved."))
            if "again" in request.POST:
                return redirect("pledges_demand_new", pk, number)
            return redirect("pledges_demands_version", pk, number)
    status = 422 if form.errors else 200
    title = _("Change a demand") if demand else _("New demand")
    context = {"version": version, "demand": demand, "form": form}
    return show(request, "demand", title, status=status, **context)


@require_POST
@needs(VIEW)
def move_demand(request, pk, number, key, step):
    """``up``, ``down`` or ``remove``."""
    version = _writable(request, pk, number)
    demand = found(version.demands.select_related("version"), key=key)
    steps = {
        "up": lambda: services.move_demand(demand, up=True),
        "down": lambda: services.move_demand(demand, up=False),
        "remove": lambda: services.remove_demand(demand),
    }
    if step not in steps:
        raise Http404
    try:
        steps[step]()
    except DemandsFrozenError:
        _say_changed(request)
    return redirect("pledges_demands_version", pk, number)


@require_safe
@needs(VIEW)
def preview_demands(request, pk, number):
    """All demands as a candidate reads them."""
    shown = VersionPresenter(_version(request, pk, number), request.user)
    return TemplateResponse(request, "pledges/demands_preview.html", {"shown": shown})


@require_http_methods(BOTH)
@needs(VIEW)
def publish_demands(request, pk, number):
    """What will stand still, its hash and what changes, on one screen with one button."""
    shown = VersionPresenter(_version(request, pk, number), request.user)
    if not reaches(request.user, "pledges.publish_demandsetversion", shown.demand_set.region_id):
        raise PermissionDenied
    if not shown.may_publish:
        return redirect("pledges_demands_version", pk, number)
    form = PublishForm(
        request.POST or None, initial={"seen": shown.digest}, is_first=shown.base is None
    )
    if request.method == "POST" and form.is_valid() and _publish(request, shown.version, form):
        return redirect("pledges_demands_version", pk, number)
    status = 422 if form.errors else 200
    title = _("Publish the demands")
    return show(request, "demands_publish", title, status=status, shown=shown, form=form)


def _publish(request, version, form):
    try:
        services.publish_version(version, user=request.user, **form.cleaned_data)
    except NotMinorError:
        told = _("A demand was added or taken away: that is no small correction.")
        form.add_error("is_minor", told)
        return False
    except (DemandsChangedError, MoveRefusedError):
        _say_changed(request)
    else:
        messages.success(request, _("The demands are published and stand still from now on."))
    return True
