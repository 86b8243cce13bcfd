"""Phones at the doors of one forum: the office makes a code for each, and ends it."""

import segno
from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from .. import services
from ..forms import DoorForm
from ..models import Door
from ..policies import forum_for, is_within_reach
from ..presenters import incident_lines, office_of


def _forum(user, pk, right):
    return forum_for(user, pk, f"forums.{right}_door")


def list_doors(request, pk):
    return _show(request, _forum(request.user, pk, "view"))


@require_POST
def make_door(request, pk):
    """The code stands in this answer only: nothing that could open it is kept."""
    forum = _forum(request.user, pk, "add")
    form = DoorForm(request.POST)
    if not form.is_valid():
        return _show(request, forum, form=form, status=422)
    door, raw = services.make_door(forum, form.cleaned_data["label"], user=request.user)
    address = request.build_absolute_uri(reverse("forums:enrol-phone", args=[raw]))
    drawing = segno.make_qr(address, error="m").svg_inline(border=4, light="#fff", scale=6)
    # Drawn here; what it encodes never stands in it as text.
    return _show(request, forum, made=door, qr=mark_safe(drawing))  # noqa: S308 (drawn here)


@require_POST
def close_door(request, pk, key):
    forum = _forum(request.user, pk, "change")
    services.close_door(get_object_or_404(Door, pk=key, forum=forum))
    messages.success(request, _("This phone shows no participants any more."))
    return redirect("forum_doors", pk)


def _show(request, forum, *, form: forms.Form | None = None, status=200, **context):
    doors = Door.objects.filter(forum=forum).select_related("made_by").order_by("-made_at")
    context = {
        "page": forum,
        "doors": doors,
        "incidents": incident_lines(services.incidents_of(forum)),
        "now": timezone.now(),
        "form": form or DoorForm(),
        "offers": office_of(request.user, forum),
        "can_add": is_within_reach(request.user, "forums.add_door", forum),
        "can_change": is_within_reach(request.user, "forums.change_door", forum),
        **context,
    }
    response = TemplateResponse(request, "forums/admin/doors.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
