"""How to begin, and the texts on their way."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState

from desk.panels import AHEAD, MOST, TodoItem, editable_pages

from .models import Grant
from .presenters import is_review_due

LEFT_LYING = timedelta(days=3)
ENDS_SOON = timedelta(days=3)


class WelcomePanel(Component):
    """How to begin, for who has not written anything yet."""

    name = "welcome"
    template_name = "accounts/welcome_panel.html"
    order = 40

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"user": user, "guide_url": reverse("editors_guide")}

    def render_html(self, parent_context=None):
        user = parent_context["request"].user
        if PageLogEntry.objects.filter(user=user).exists():
            return ""
        return super().render_html(parent_context)


def todo_items(user) -> list[TodoItem]:
    """Texts on their way: to approve, returned, left lying, about to be public."""
    return [
        *_texts_to_approve(user),
        *_returned_texts(user),
        *_texts_left_lying(user),
        *_texts_of_this_week(user),
        *_roles_that_end(user),
        *_review_of_roles(user),
    ]


def _edit_url(page_id):
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def _texts_to_approve(user):
    states = TaskState.objects.reviewable_by(user).select_related("revision__user")
    for state in states.order_by("started_at")[:MOST]:
        label = _("Please approve: %(title)s") % {"title": _title(state.revision)}
        note = str(state.revision.user or "")
        yield TodoItem(label, reverse("review_text", args=[state.pk]), note=note)


def _returned_texts(user):
    returned = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user
    ).select_related("current_task_state__revision")
    for state in returned.order_by("-created_at")[:MOST]:
        task = state.current_task_state
        label = _("Came back to you: %(title)s") % {"title": _title(task.revision)}
        yield TodoItem(label, _edit_url(state.object_id), note=task.comment)


def _texts_left_lying(user):
    """Own drafts that nobody touched for days and that are not on their way."""
    sent = WorkflowState.objects.active().filter(requested_by=user)
    drafts = Page.objects.filter(
        owner=user,
        live=False,
        expired=False,
        first_published_at=None,
        latest_revision_created_at__lt=timezone.now() - LEFT_LYING,
        latest_revision__approved_go_live_at=None,
    ).exclude(pk__in=[int(pk) for pk in sent.values_list("object_id", flat=True)])
    for page in drafts.order_by("-latest_revision_created_at")[:MOST]:
        label = _("Begun and left lying: %(title)s") % {"title": page.draft_title}
        yield TodoItem(label, _edit_url(page.pk))


def _texts_of_this_week(user):
    soon = timezone.now() + AHEAD
    due = Revision.objects.page_revisions().filter(approved_go_live_at__lte=soon)
    revisions = list(due.order_by("approved_go_live_at")[:MOST])
    mine = editable_pages(user, [int(revision.object_id) for revision in revisions])
    for revision in revisions:
        if int(revision.object_id) in mine:
            label = _("Becomes public: %(title)s") % {"title": _title(revision)}
            url = _edit_url(revision.object_id)
            yield TodoItem(label, url, due_at=revision.approved_go_live_at)


def _roles_that_end(user):
    """Told to the person, and to who could give the role anew."""
    soon = Grant.objects.open().filter(ends_at__lte=timezone.now() + ENDS_SOON)
    if not user.has_perm("accounts.add_grant"):
        soon = soon.filter(user=user)
    for grant in soon.select_related("user", "group").order_by("ends_at")[:MOST]:
        label = _("A role ends soon: %(name)s, %(role)s") % {"name": grant.user, "role": grant}
        may_see = user.has_perm("accounts.view_grant")
        url = (
            reverse("staff_roles", args=[grant.user_id])
            if may_see
            else reverse("wagtailadmin_account")
        )
        yield TodoItem(label, url, due_at=grant.ends_at)


def _review_of_roles(user):
    if user.has_perm("accounts.review_rights") and is_review_due():
        yield TodoItem(_("Look through who has which role"), reverse("review_roles"))


def _title(revision):
    return revision.object_str
