"""Buttons of a forum's editor: copy last year's, postpone, call off."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from .. import services
from ..admin_forms import ChangeForm, CopyForm
from ..exceptions import ChangeNotPossibleError
from ..models import ForumPage


def _forum_for(user, pk):
    """The forum as its editors have it; whoever may not edit it is refused."""
    forum = get_object_or_404(ForumPage, pk=pk)
    if not forum.permissions_for_user(user).can_edit():
        raise PermissionDenied
    return forum


def copy_last(request, pk):
    """A draft like this forum on another day, with its parts and without its people."""
    forum = _forum_for(request.user, pk)
    if not forum.get_parent().permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    day = services.next_day_for(forum, timezone.localdate())
    form = CopyForm(request.POST or None, initial={"day": day})
    if request.method == "POST" and form.is_valid():
        copy = services.copy_forum(forum, day=form.cleaned_data["day"], user=request.user)
        messages.success(
            request, _("This is the copy, as a draft. Please look at dates, place and speakers.")
        )
        return redirect("wagtailadmin_pages:edit", copy.pk)
    context = {"page": forum, "form": form, "back_url": _edit_url(forum)}
    return TemplateResponse(request, "forums/admin/copy.html", context)


def change(request, pk):
    """Postponed, called off, or on again: with a reason, and everybody is written to."""
    forum = _forum_for(request.user, pk)
    if not forum.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    form = ChangeForm(request.POST or None, steps=services.steps_of(forum))
    if request.method == "POST" and form.is_valid():
        return _change(request, forum, form.cleaned_data)
    context = {
        "page": forum,
        "form": form,
        "back_url": _edit_url(forum),
        "holders": forum.orders.holding().count(),
        "paid": forum.orders.holding().filter(amount_krw__gt=0).count(),
    }
    return TemplateResponse(request, "forums/admin/change.html", context)


def _change(request, forum, chosen):
    try:
        services.change_forum(
            forum, change=chosen["change"], reason=chosen["reason"], user=request.user
        )
    except ChangeNotPossibleError:
        messages.error(request, _("Nothing changed: it is so already, or the meeting is over."))
    else:
        messages.success(request, _("The page says so now, and the mails go out within minutes."))
    return redirect(_edit_url(forum))


def _edit_url(forum):
    return reverse("wagtailadmin_pages:edit", args=[forum.pk])
