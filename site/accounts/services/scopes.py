"""How far a right of somebody's reaches: everywhere, to some regions or events, or nowhere."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone

from ..models import Grant, User
from ..registry import role_named, scope_kind

ENTER = "wagtailadmin.access_admin"
# What this module and Django keep on a person for the length of a request.
KEPT_ON_USER = (
    *("_open_grants", "_scope_rows"),
    *("_perm_cache", "_group_perm_cache", "_user_perm_cache"),
)


@dataclass(frozen=True)
class Reach:
    """``within`` has, by kind of scope, the keys of the rows in which a right holds."""

    everywhere: bool = False
    within: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.everywhere or any(self.within.values())


def open_grants(user: User) -> list[Grant]:
    """A person's grants that are not over, read once per request."""
    kept: Any = user
    if not hasattr(kept, "_open_grants"):
        rows = user.grants.open().select_related("group").order_by("pk")
        kept._open_grants = list(rows)
    return list(kept._open_grants)


def forget_grants(user: User) -> None:
    """Read a person's grants and rights anew."""
    for name in KEPT_ON_USER:
        if hasattr(user, name):
            delattr(user, name)


def reach_of(user: User | AnonymousUser, right: str) -> Reach:
    """How far ``right`` (``app_label.codename``) of this person reaches right now."""
    if not isinstance(user, User) or not user.is_active:
        return Reach()
    if user.has_perm(right):
        return Reach(everywhere=True)
    keys = defaultdict(list)
    for grant in limited_grants(user):
        if right in rights_within(grant.group):
            keys[grant.scope_kind].append(grant.scope_key)
    return Reach(within={kind: _rows(user, kind, tuple(keys[kind])) for kind in keys})


def holds_somewhere(user: User | AnonymousUser, right: str) -> bool:
    """Whether this person has ``right`` everywhere or within some limit."""
    return bool(reach_of(user, right))


def limited_grants(user: User) -> list[Grant]:
    """The grants within a limit that hold right now."""
    now = timezone.now()
    return [grant for grant in open_grants(user) if grant.scope_kind and grant.holds_at(now)]


def rights_within(group: Group) -> set[str]:
    """What a role gives within a limit: its group's rights, and those it has only there."""
    kept: Any = group
    if not hasattr(kept, "_rights_within"):
        rows = group.permissions.values_list("content_type__app_label", "codename")
        role = role_named(group.name)
        own = role.in_scope if role else ()
        kept._rights_within = {*(f"{label}.{name}" for label, name in rows), *own}
    return set(kept._rights_within)


def _rows(user: User, kind_name: str, keys: tuple[str, ...]) -> frozenset[int]:
    """Read once per request, as several rights are asked of one person."""
    kept: Any = user
    if not hasattr(kept, "_scope_rows"):
        kept._scope_rows = {}
    rows: dict[tuple[str, tuple[str, ...]], frozenset[int]] = kept._scope_rows
    if (kind_name, keys) not in rows:
        kind = scope_kind(kind_name)
        rows[kind_name, keys] = kind.rows(keys) if kind else frozenset()
    return rows[kind_name, keys]
