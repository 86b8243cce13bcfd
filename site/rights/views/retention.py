"""The staff's screens of retention: calendar, dry run, holds, destruction log."""

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from .. import services
from ..admin_forms import HoldForm, HoldReasonForm
from ..exceptions import HoldError
from ..models import DestructionRecord, RetentionHold
from ..panels import FAULTS, VIEW, job_state
from ..registry import clocked_rules, label_of, retention_rules

SHOWN_DUE = 200
LINES = 100
PLACE, LIFT = "rights.add_retentionhold", "rights.change_retentionhold"


def _render(request, template, title, **context):
    tabs = (
        ("retention_calendar", _("Calendar")),
        ("retention_today", _("What goes today")),
        ("retention_log", _("Destruction log")),
    )
    context = {"page_title": title, "header_icon": "date", "tabs": tabs, **context}
    return TemplateResponse(request, f"rights/admin/{template}.html", context)


@require_safe
@permission_required(VIEW)
def show_calendar(request):
    return _calendar(request)


def _calendar(request, form=None, status=200):
    now = timezone.now()
    parts = _parts()
    response = _render(
        request,
        "retention_calendar",
        _("Retention calendar"),
        months=services.retention_calendar(timezone.localdate(now)),
        reminders=services.reminders_by_month(timezone.localdate(now)),
        job=job_state(now),
        rules=retention_rules(),
        rules_heading=pgettext("retention", "Rules"),
        holds=_holds(dict(parts)),
        form=(form or HoldForm(parts=parts)) if request.user.has_perm(PLACE) else None,
        lift_form=HoldReasonForm(prefix="lift") if request.user.has_perm(LIFT) else None,
    )
    response.status_code = status
    return response


def _parts():
    """What can be held, as (data_set:scope, words): each set, and each part that has rows."""
    parts = {}
    for rule, clock in clocked_rules():
        label = str(label_of(rule))
        parts[f"{rule.data_set}:"] = label
        for scope, name in sorted(clock.scope_labels(None).items(), key=lambda item: item[1]):
            parts[f"{rule.data_set}:{scope}"] = f"{label} – {name}"
    return list(parts.items())


def _holds(labels):
    holds = RetentionHold.objects.in_force().select_related("placed_by").order_by("placed_at")
    return [(hold, labels.get(f"{hold.data_set}:{hold.scope}", str(hold))) for hold in holds]


@require_POST
@permission_required(PLACE)
def place_hold(request):
    form = HoldForm(request.POST, parts=_parts())
    if not form.is_valid():
        return _calendar(request, form, status=422)
    data_set, scope = form.cleaned_data["part"]
    try:
        services.place_hold(data_set, scope, reason=form.cleaned_data["reason"], user=request.user)
    except HoldError:
        messages.error(request, _("Nothing changed: this is held already."))
    else:
        messages.success(request, _("It is kept until the hold is lifted."))
    return redirect("retention_calendar")


@require_POST
@permission_required(LIFT)
def lift_hold(request, pk):
    form = HoldReasonForm(request.POST, prefix="lift")
    if not form.is_valid():
        messages.error(request, form.errors["reason"][0])
        return redirect("retention_calendar")
    try:
        services.lift_hold(pk, reason=form.cleaned_data["reason"], user=request.user)
    except HoldError:
        messages.error(request, _("Nothing changed: this hold was lifted before."))
    else:
        messages.success(
            request, _("The hold is lifted. What is due by now goes with the next run.")
        )
    return redirect("retention_calendar")


@require_safe
@permission_required(VIEW)
def show_today(request):
    """The dry run: numbers and references, no names."""
    now, found = timezone.now(), []
    for rule, clock in clocked_rules():
        count = services.count_due(rule, now)
        rows = services.due_rows(rule, now, SHOWN_DUE) if count else []
        labels = clock.scope_labels({row.scope for row in rows if row.scope}) if rows else {}
        shown = [(row, labels.get(row.scope, "")) for row in rows if row.reference]
        found.append((rule, label_of(rule), count, shown))
    return _render(
        request,
        "retention_today",
        _("What goes today"),
        found=found,
        total=sum(count for _rule, _label, count, _rows in found),
        counted=services.COUNTED,
    )


@require_safe
@permission_required(VIEW)
def show_log(request):
    year, years = _year(request)
    lines = _lines(year)
    page = Paginator(lines, LINES).get_page(request.GET.get("p"))
    return _render(
        request,
        "destruction_log",
        _("Destruction log"),
        **_facts(year),
        years=years,
        lines=page,
    )


@require_safe
@permission_required(VIEW)
def print_log(request):
    year, _years = _year(request)
    context = {**_facts(year), "lines": _lines(year), "printed_at": timezone.now()}
    return TemplateResponse(request, "rights/admin/destruction_log_print.html", context)


def _facts(year):
    check = services.check_ledger(year)
    return {"year": year, "check": check, "fault": FAULTS.get(check.fault, "")}


def _lines(year):
    lines = DestructionRecord.objects.filter(event__subject_id=str(year))
    return lines.order_by("-destroyed_at", "-pk")


def _year(request):
    """The year asked for, this one unless it is in the log; and all that are."""
    this = timezone.localdate().year
    days = DestructionRecord.objects.datetimes("destroyed_at", "year")
    years = sorted({this, *(day.year for day in days)}, reverse=True)
    asked = request.GET.get("year", "")
    return (int(asked) if asked in map(str, years) else this), years
