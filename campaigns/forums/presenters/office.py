"""What staff do for one forum beside writing its page, as far as each may do it there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..models import ForumPage
from ..policies import forums_within_reach, is_within_reach

LISTED = 50


@dataclass(frozen=True)
class Way:
    """``name`` is of the screen, which needs one of these rights."""

    name: str
    rights: Collection[str]
    label: object
    icon: str
    live_only: bool = False

    def url(self, forum: ForumPage) -> str:
        if self.name == LIST:
            return f"{reverse(LIST)}?forum={forum.pk}"
        return reverse(self.name, args=[forum.pk])


LIST = "registrations:index"
SEES = ("forums.view_order", "forums.change_order")
WAYS = (
    Way(LIST, SEES, _("Registrations"), "group"),
    Way("waiting_list", SEES, _("Waiting list"), "time"),
    Way("forum_numbers", SEES, _("Forum in numbers"), "table"),
    Way("forum_invitations", ("forums.view_invitation",), _("Invitation codes"), "key"),
    Way("forum_letters", ("forums.view_letter",), _("Letters to participants"), "mail"),
    Way("forum_doors", ("forums.view_door",), _("Phones at the door"), "mobile-alt", True),
    Way("forum_sheets", ("forums.export_order",), _("Name badges and attendee list"), "doc-full"),
)


@dataclass(frozen=True)
class Offer:
    """A way as it stands in a row of tabs, or behind a button."""

    name: str
    label: str
    url: str
    icon: str


def office_of(user: User, forum: ForumPage) -> list[Offer]:
    """What this person may do for this forum."""
    return [
        Offer(way.name, str(way.label), way.url(forum), way.icon)
        for way in WAYS
        if (forum.live or not way.live_only)
        and any(is_within_reach(user, right, forum) for right in way.rights)
    ]


def offices_of(user: User) -> Sequence[tuple[ForumPage, list[Offer]]]:
    """The latest forums for which this person does something, each with what; one query."""
    rights = {right for way in WAYS for right in way.rights}
    forums = forums_within_reach(user, *sorted(rights)).order_by("-starts_at", "-pk")
    found = forums.only("title", "draft_title", "live", "starts_at", "place")[:LISTED]
    return [(forum, office_of(user, forum)) for forum in found]
