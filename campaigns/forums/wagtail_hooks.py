from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.models import Page

from desk.panels import TODO_HOOK

from . import views
from .models import ForumPage
from .panels import todo_items
from .presenters import office_of
from .viewsets import (
    OrderViewSet,
    list_waiting,
    show_entry,
    show_entry_in_full,
    take_step,
)

registrations = OrderViewSet()

hooks.register(TODO_HOOK, todo_items, order=12)


@hooks.register("register_admin_viewset")
def list_registrations():
    return registrations


@hooks.register("register_admin_urls")
def open_doors_of_the_office():
    """Under the forum that they are about."""
    forum, one = "forums/<int:pk>/", "forums/<int:pk>/invitations/<int:key>/"
    letter = f"{forum}letters/<int:key>/"
    # Among the registrations: these show people.
    waiting = "registrations/waiting/<int:pk>/"
    return [
        path(f"{forum}copy/", views.copy_last, name="forum_copy"),
        path(f"{forum}change/", views.change, name="forum_change"),
        path(f"{forum}invitations/", views.list_invitations, name="forum_invitations"),
        path(f"{forum}invitations/invite/", views.invite, name="forum_invite"),
        path(f"{forum}invitations/guest/", views.invite_guest, name="forum_invite_guest"),
        path(f"{forum}invitations/send/", views.send_all, name="forum_send_all"),
        path(f"{forum}invitations/print/", views.print_invitations, name="forum_print"),
        path(f"{forum}numbers/", views.show_numbers, name="forum_numbers"),
        path(f"{forum}sheets/", views.print_sheets, name="forum_sheets"),
        path(f"{forum}doors/", views.list_doors, name="forum_doors"),
        path(f"{forum}doors/make/", views.make_door, name="forum_make_door"),
        path(f"{forum}doors/<int:key>/close/", views.close_door, name="forum_close_door"),
        path(f"{forum}letters/", views.list_letters, name="forum_letters"),
        path(f"{forum}letters/new/", views.write, name="forum_write"),
        path(letter, views.show_letter, name="forum_letter"),
        path(f"{letter}edit/", views.write, name="forum_rewrite"),
        path(f"{letter}test/", views.try_letter, name="forum_try_letter"),
        path(f"{letter}send/", views.send_letter, name="forum_send_letter"),
        path(f"{letter}delete/", views.drop_letter, name="forum_drop_letter"),
        path(waiting, list_waiting, name="waiting_list"),
        path(f"{waiting}<int:key>/", show_entry, name="waiting_entry"),
        path(f"{waiting}<int:key>/full/", show_entry_in_full, name="waiting_full"),
        path(f"{waiting}<int:key>/<slug:step>/", take_step, name="waiting_step"),
        path(one, views.edit_invitation, name="forum_invitation"),
        path(f"{one}send/", views.send, name="forum_send"),
        path(f"{one}revoke/", views.revoke, name="forum_revoke"),
    ]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_what_a_forum_needs(page, user, next_url=None, view_name=None):
    if not isinstance(page.specific_deferred, ForumPage):
        return
    allowed, live = page.permissions_for_user(user), page.live
    offers = (
        (allowed.can_edit(), _("Copy to a new day"), "forum_copy", "copy"),
        (allowed.can_publish() and live, _("Postpone or call off"), "forum_change", "date"),
    )
    buttons = [
        (label, reverse(name, args=[page.pk]), icon) for may, label, name, icon in offers if may
    ]
    office = [(offer.label, offer.url, offer.icon) for offer in office_of(user, page)]
    for place, (label, url, icon) in enumerate([*buttons, *office]):
        yield Button(label, url, icon_name=icon, priority=42 + place)


def _registered(pages):
    """Those forums among and below ``pages`` for which somebody registered or waits."""
    found = ForumPage.objects.none()
    for page in pages:
        found |= ForumPage.objects.descendant_of(page, inclusive=True)
    people = Q(orders__isnull=False) | Q(waiting_entries__isnull=False)
    return list(found.filter(people).distinct().only("title"))


@hooks.register("before_delete_page")
def keep_forum_with_people(request, page):
    if registered := _registered([page]):
        _refuse(request, registered)
        return redirect("wagtailadmin_pages:edit", registered[0].pk)
    return None


@hooks.register("before_bulk_action")
def keep_forums_with_people(request, action_type, objects, action):
    if action_type != "delete" or action.model is not Page:
        return None
    if registered := _registered(objects):
        _refuse(request, registered)
        return redirect(action.next_url)
    return None


def _refuse(request, forums):
    titles = ", ".join(forum.title for forum in forums)
    told = _("Nothing was deleted. People registered here: %(titles)s. Call it off instead.")
    messages.error(request, told % {"titles": titles})


@hooks.register("before_bulk_action")
def publish_only_ready_forums(request, action_type, objects, action):
    if action_type != "publish" or action.model is not Page:
        return None
    chosen = ForumPage.objects.filter(pk__in=[page.pk for page in objects])
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        for page in objects:
            chosen |= ForumPage.objects.descendant_of(page).not_live()
    for page in chosen:
        try:
            page.get_latest_revision_as_object().check_ready()
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect(action.next_url)
    return None
