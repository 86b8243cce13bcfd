"""Mails between who writes and who approves. Built by the worker from what is true then."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from accounts.models import User
from messaging.emails import render_email
from messaging.registry import Email

APPROVAL_WANTED = "home.approval_wanted"
TEXT_APPROVED = "home.text_approved"
TEXT_RETURNED = "home.text_returned"
TEXT_COMMENTED = "home.text_commented"


def ask_for_approval(subject: str) -> Email | None:
    """To an approver: a text waits, with the link to the review. None once it waits no more."""
    state_id, user_id = subject.split(":")
    state = _state(state_id)
    approver = User.objects.filter(pk=user_id, is_active=True).first()
    if state is None or approver is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    page = state.workflow_state.content_object
    if not state.task.specific.get_actions(page, approver):
        return None
    url = settings.SITE_URL + reverse("review_text", args=[state.pk])
    return _mail(
        "approval_wanted",
        page,
        to=approver,
        review_url=url,
        embargo_at=getattr(page.specific.get_latest_revision_as_object(), "embargo_at", None),
        sent_by=state.workflow_state.requested_by,
        sent_at=state.started_at,
        reason=_("You get this mail because you approve texts of this site."),
    )


def tell_of_approval(subject: str) -> Email | None:
    """To the author: the text is approved, and where or when it is public."""
    state = _state(subject)
    if state is None or state.status != TaskState.STATUS_APPROVED:
        return None
    page = state.workflow_state.content_object
    return _to_author(
        "text_approved",
        state,
        page_url=settings.SITE_URL + (page.url or "/") if page.live else "",
        public_at=None if page.live else page.go_live_at,
    )


def tell_of_return(subject: str) -> Email | None:
    """To the author: what the approver wants changed."""
    state = _state(subject)
    if state is None or state.status != TaskState.STATUS_REJECTED:
        return None
    return _to_author("text_returned", state, comment=state.comment)


def tell_of_comment(subject: str) -> Email | None:
    """To a follower: somebody commented on the text in the editor."""
    page_id, user_id, writer_id = subject.split(":")
    page = Page.objects.filter(pk=page_id).first()
    staff = User.objects.filter(is_active=True).in_bulk([int(user_id), int(writer_id)])
    follower, writer = staff.get(int(user_id)), staff.get(int(writer_id))
    if page is None or follower is None:
        return None
    return _mail(
        "text_commented",
        page,
        to=follower,
        written_by=writer,
        reason=_("You get this mail because you follow the comments on this text."),
    )


def _state(state_id: str) -> TaskState | None:
    state = TaskState.objects.filter(pk=state_id).select_related("workflow_state").first()
    return state if state and isinstance(state.workflow_state.content_object, Page) else None


def _to_author(name: str, state: TaskState, **context: object) -> Email | None:
    author = state.workflow_state.requested_by
    if author is None or not author.is_active:
        return None
    return _mail(
        name,
        state.workflow_state.content_object,
        to=author,
        decided_by=state.finished_by,
        reason=_("You get this mail because you sent this text for approval."),
        **context,
    )


def _mail(name: str, page: Page, *, to: User, reason: str, **context: object) -> Email:
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    values = {
        "name": str(to),
        "title": page.get_admin_display_title(),
        "kind": page.specific.get_verbose_name(),
        "edit_url": settings.SITE_URL + edit,
        **context,
    }
    return render_email(f"home/emails/{name}", to=to.email, context=values, reason=reason)
