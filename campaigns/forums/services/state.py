"""What registering needs to know of a forum, read once and kept until something is published."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from wagtail.models import Site

from home.publishing import UntilPublished
from payments.models import BankAccount

from ..exceptions import ForumNotFoundError
from ..models import ForumPage, ForumSession, Invitation


@dataclass(frozen=True)
class ForumState:
    """A live forum as the form sees it. ``tiers`` are (days before, percent), longest first."""

    page: ForumPage
    path: str
    account: BankAccount | None
    sessions: tuple[ForumSession, ...]
    tiers: tuple[tuple[int, int], ...]

    def is_open(self, now: datetime) -> bool:
        """Whether there is a session that somebody may still register for."""
        return bool(self.page.is_open(now)) and any(s.starts_at > now for s in self.sessions)

    def opens_later(self, now: datetime) -> bool:
        opens = self.page.registration_opens_at
        return bool(opens and now < opens)

    def sessions_for(
        self, invitation: Invitation | None, now: datetime
    ) -> tuple[ForumSession, ...]:
        """Those that are still to begin and open to everybody, or to who has this invitation."""
        return tuple(
            session
            for session in self.sessions
            if session.starts_at > now
            and (session.is_public or (invitation and session.is_opened_by(invitation)))
        )

    @property
    def has_closed_sessions(self) -> bool:
        """Whether some need a code."""
        return any(not session.is_public for session in self.sessions)

    @property
    def begins_at(self) -> datetime:
        return min(session.starts_at for session in self.sessions)

    def due_at(self, now: datetime) -> datetime:
        """Until when an order made now is to be paid: before the next session at the latest."""
        due = self.page.payment_due_at
        if due and due > now:
            return due
        coming = (session.starts_at for session in self.sessions if session.starts_at > now)
        return min(coming, default=self.begins_at)


def _read_state(path: str) -> ForumState | None:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return None
    pages = ForumPage.objects.live().public().select_related("account", "contact")
    page = pages.filter(url_path=site.root_page.url_path + path.strip("/") + "/").first()
    return page and state_of(page)


def state_of(page: ForumPage) -> ForumState:
    """The state of a page as stored."""
    parts = page.get_url_parts()
    return ForumState(
        page=page,
        path=parts[2] if parts else "/",
        account=page.account,
        sessions=tuple(ForumSession.objects.filter(forum=page).order_by("starts_at", "sort_order")),
        tiers=tuple(page.refund_tiers.values_list("days_before", "percent")),
    )


_states = UntilPublished(_read_state, seconds=30)


def forum_state(path: str) -> ForumState:
    """The live forum at a site path such as ``campaigns/basic-act/forum``.

    Raises ForumNotFoundError.
    """
    state = _states(path.strip("/"))
    if state is None:
        raise ForumNotFoundError
    assert isinstance(state, ForumState)
    return state


def has_begun(page: ForumPage) -> bool:
    """Whether the first session's time has come."""
    first = ForumSession.objects.filter(forum=page).order_by("starts_at").first()
    return first is not None and first.starts_at <= timezone.now()
