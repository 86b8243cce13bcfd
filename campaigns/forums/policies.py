"""In which forums somebody may do something: everywhere, or where their role is limited to."""

from functools import reduce

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.services import reach_of

from .models import ForumPage

SCOPE = "event"


def forums_within_reach(user, *rights: str):
    """Those in which somebody has one of these rights (``app_label.codename``)."""
    reaches = [reach_of(user, right) for right in rights]
    if any(reach.everywhere for reach in reaches):
        return ForumPage.objects.all()
    keys = reduce(frozenset.union, (r.within.get(SCOPE, frozenset()) for r in reaches), frozenset())
    return ForumPage.objects.filter(pk__in=keys)


def is_within_reach(user, right: str, forum) -> bool:
    """Whether somebody has this right in this forum."""
    reach = reach_of(user, right)
    return reach.everywhere or forum.pk in reach.within.get(SCOPE, frozenset())


def forum_for(user, pk, *rights: str) -> ForumPage:
    """The forum, for who has one of these rights in it; for others there is none."""
    if not any(reach_of(user, right) for right in rights):
        raise PermissionDenied
    return get_object_or_404(forums_within_reach(user, *rights), pk=pk)
