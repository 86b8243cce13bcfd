"""What an approver reads about a text before deciding."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from .models import User


@dataclass(frozen=True)
class Review:
    """A text that waits, or that somebody decided on."""

    state: TaskState
    page: Page

    @property
    def title(self) -> str:
        return self.page.get_admin_display_title()

    @property
    def kind(self) -> str:
        return str(self.page.get_verbose_name())

    @property
    def author(self) -> User | None:
        return self.state.workflow_state.requested_by

    @property
    def sent_at(self) -> datetime:
        return self.state.started_at

    @property
    def is_waiting(self) -> bool:
        return self.state.status == TaskState.STATUS_IN_PROGRESS

    @property
    def was_approved(self) -> bool:
        return self.state.status == TaskState.STATUS_APPROVED

    @property
    def goes_public_at(self) -> datetime | None:
        """When an approved text becomes public, unless at once."""
        return self.page.get_latest_revision_as_object().go_live_at

    @property
    def revision_id(self) -> int:
        """The version to decide on; what was decided before is shown as it was then."""
        return self.page.latest_revision_id if self.is_waiting else self.state.revision_id

    @property
    def preview_url(self) -> str:
        return reverse("wagtailadmin_pages:revisions_view", args=[self.page.pk, self.revision_id])

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    @property
    def compare_url(self) -> str:
        """What differs from the public version; empty for a text that never was public."""
        if not self.page.live_revision_id:
            return ""
        revisions = [self.page.pk, "live", self.revision_id]
        return reverse("wagtailadmin_pages:revisions_compare", args=revisions)


def review_of(state: TaskState) -> Review | None:
    """The review of a page; None where the page is gone."""
    page = state.workflow_state.content_object
    return Review(state, page.specific) if isinstance(page, Page) else None


@dataclass(frozen=True)
class LeftBehind:
    """A text that waits for who leaves."""

    title: str
    url: str
    why: str


def left_behind(user: User) -> list[LeftBehind]:
    """What somebody else has to take over: locked pages, and texts on their way."""
    pages = {page.pk: _("Locked by this person") for page in Page.objects.filter(locked_by=user)}
    sent = WorkflowState.objects.active().filter(requested_by=user, object_id__isnull=False)
    keys = [int(key) for key in sent.values_list("object_id", flat=True)]
    pages |= dict.fromkeys(keys, _("Sent for approval by this person"))
    found = Page.objects.filter(pk__in=pages).order_by("draft_title")
    edit = "wagtailadmin_pages:edit"
    return [
        LeftBehind(page.get_admin_display_title(), reverse(edit, args=[page.pk]), pages[page.pk])
        for page in found
    ]
