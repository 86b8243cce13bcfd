"""What an approver reads about a text before deciding."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import Permission
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.models import Page, TaskState, WorkflowState

from .models import Grant, RightsChange, User
from .services import last_review


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


REVIEW_EVERY = timedelta(days=91)  # A quarter.

CHANGES = {
    "role_given": gettext_lazy("Role given"),
    "role_taken": gettext_lazy("Role taken away"),
    "right_given": gettext_lazy("Right given"),
    "right_taken": gettext_lazy("Right taken away"),
    "approval_given": gettext_lazy("Approves texts from now on"),
    "approval_taken": gettext_lazy("Approves texts no more"),
    "page_right_given": gettext_lazy("Right on pages given"),
    "page_right_taken": gettext_lazy("Right on pages taken away"),
    "collection_right_given": gettext_lazy("Right on files given"),
    "collection_right_taken": gettext_lazy("Right on files taken away"),
    "site_right_given": gettext_lazy("Right on settings given"),
    "site_right_taken": gettext_lazy("Right on settings taken away"),
    "administrator_given": gettext_lazy("Made an administrator"),
    "administrator_taken": gettext_lazy("No administrator any more"),
    "activated": gettext_lazy("Account opened again"),
    "deactivated": gettext_lazy("Account closed"),
    "account_deleted": gettext_lazy("Account deleted"),
    "role_made": gettext_lazy("Role made"),
    "role_renamed": gettext_lazy("Role renamed"),
    "role_deleted": gettext_lazy("Role deleted"),
    "grant_given": gettext_lazy("Temporary or limited role given"),
    "grant_taken_back": gettext_lazy("Temporary or limited role taken back"),
    "grant_over": gettext_lazy("Temporary or limited role ended by itself"),
    "reviewed": gettext_lazy("Rights reviewed"),
}
WORKERS = {
    "system": pgettext_lazy("actor", "The site itself"),
    "visitor": pgettext_lazy("actor", "Somebody without a log-in"),
}


@dataclass(frozen=True)
class Member:
    """A member of staff, with what the person may do."""

    user: User

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def roles(self) -> list[str]:
        """What holds until somebody takes it away; what ends by itself is in ``grants``."""
        passing = {grant.group_id for grant in self.grants if grant.made_member}
        names = [group.name for group in self.user.groups.all() if group.pk not in passing]
        return [str(_("Administrator")), *names] if self.user.is_superuser else names

    @property
    def grants(self) -> list[Grant]:
        return list(self.user.grants.all())

    @property
    def url(self) -> str:
        return reverse("staff_roles", args=[self.user.pk])

    @property
    def summary(self) -> str:
        """One line for the record of a review."""
        limited = [
            f"{grant} ~{grant.ends_at:%Y-%m-%d}" if grant.ends_at else str(grant)
            for grant in self.grants
        ]
        return f"{self.name}: {', '.join([*self.roles, *limited]) or '—'}"


def staff() -> list[Member]:
    """Everybody who can log in, in three queries."""
    grants = Grant.objects.open().select_related("group").order_by("pk")
    users = User.objects.filter(is_active=True).order_by("last_name", "first_name", "pk")
    users = users.prefetch_related("groups", Prefetch("grants", queryset=grants))
    return [Member(user) for user in users]


def is_review_due() -> bool:
    review = last_review()
    return review is None or review.occurred_at < timezone.now() - REVIEW_EVERY


def words_of(change: RightsChange) -> dict[str, str]:
    """About whom, what and why; empty once the words were erased."""
    payload = getattr(change, "payload", None)
    values = payload.values if payload else {}
    return {
        "name": values.get("name", ""),
        "what": values.get("what", ""),
        "reason": values.get("reason", ""),
    }


def kind_of(change: RightsChange) -> str:
    return str(CHANGES.get(change.kind, change.kind))


def workers_of(changes: list[RightsChange]) -> dict[str, str]:
    """Who did these, by what the chain knows; one query for all."""
    numbers = {int(change.actor) for change in changes if change.actor.isdigit()}
    people = {str(user.pk): str(user) for user in User.objects.filter(pk__in=numbers)}
    return {**{name: str(label) for name, label in WORKERS.items()}, **people}


VERBS = {
    "view": pgettext_lazy("right", "see"),
    "add": pgettext_lazy("right", "add"),
    "change": pgettext_lazy("right", "change"),
    "delete": pgettext_lazy("right", "delete"),
    "choose": pgettext_lazy("right", "choose"),
    "publish": pgettext_lazy("right", "publish"),
    "lock": pgettext_lazy("right", "lock"),
    "unlock": pgettext_lazy("right", "unlock"),
}
RIGHT = re.compile(r"\b[a-z_]+\.[a-z_]+\b")


def rights_in(changes: list[RightsChange]) -> dict[str, str]:
    """The code names of rights in these changes, in words; one query for all."""
    names = {name for change in changes for name in RIGHT.findall(words_of(change)["what"])}
    codenames = [name.partition(".")[2] for name in names]
    rows = Permission.objects.filter(codename__in=codenames).select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}": _right(row) for row in rows}


def what_of(change: RightsChange, rights: dict[str, str]) -> str:
    """What changed, with rights in words."""
    what = words_of(change)["what"]
    return RIGHT.sub(lambda found: rights.get(found.group(), found.group()), what)


def _right(permission: Permission) -> str:
    verb, _separator, model = permission.codename.partition("_")
    kind = permission.content_type.model_class()
    if kind and verb in VERBS and model == kind._meta.model_name:
        return f"{kind._meta.verbose_name} {VERBS[verb]}"
    return str(_(permission.name))
