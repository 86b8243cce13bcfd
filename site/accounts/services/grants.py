"""Rights for a time and rights within a limit: given, carried out, ended, taken back."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..exceptions import (
    AlreadyHasRoleError,
    GrantOverError,
    ScopeMissingError,
    UnknownScopeError,
)
from ..models import Grant, User
from ..registry import role_named, scope_kind
from .actors import SYSTEM, acting, because
from .changes import record_change
from .scopes import forget_grants, open_grants


def give_role(
    user: User,
    group: Group,
    *,
    granted_by: User,
    reason: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    scope: tuple[str, str] = ("", ""),
) -> Grant:
    """Give a person a role until a day, or within a limit (kind, key), or both.

    Begins at once or when its day comes. Refuses with AlreadyHasRoleError, ScopeMissingError and
    UnknownScopeError.
    """
    grant = Grant(
        user=user,
        group=group,
        scope_kind=scope[0],
        scope_key=scope[1],
        scope_label=_scope_label(group, scope),
        starts_at=starts_at or timezone.now(),
        ends_at=ends_at,
        granted_by=granted_by,
        reason=reason,
    )
    with transaction.atomic(), because(reason):
        # Two grants of one role to one person queue here, and the second sees the first.
        User.objects.select_for_update().get(pk=user.pk)
        if not grant.scope_kind and user.groups.filter(pk=group.pk).exists():
            raise AlreadyHasRoleError
        _insert(grant)
        record_change(user, "grant_given", _describe(grant))
        _carry_out(grant, timezone.now())
    forget_grants(user)
    return grant


def take_back(grant: Grant, *, reason: str) -> None:
    """End a grant before its time. Refuses with GrantOverError."""
    with transaction.atomic(), because(reason):
        grant = _locked(grant.pk)
        if grant.ended_at:
            raise GrantOverError
        record_change(grant.user, "grant_taken_back", _describe(grant))
        _end(grant, timezone.now())


def carry_out_grants() -> int:
    """Begin and end the grants whose time has come; how many. Safe to call twice."""
    due = Grant.objects.due(timezone.now()).order_by("pk").values_list("pk", flat=True)
    return sum(_carry_out_by_key(key) for key in list(due))


def carry_out_grants_of(user: User) -> None:
    """The same for one person who is about to use their rights."""
    now = timezone.now()
    due = [grant.pk for grant in open_grants(user) if grant.is_due_at(now)]
    for key in due:
        _carry_out_by_key(key)
    if due:
        forget_grants(user)


def close_grants_of_roles(user: User, groups: Sequence[Group]) -> None:
    """Somebody took the person out of groups by hand: what made them a member is over."""
    made = Grant.objects.open().filter(user=user, group__in=groups, made_member=True)
    made.update(ended_at=timezone.now())


def close_grants_of_leaver(user: User) -> None:
    """The account is closed: whoever opens it again gives its roles anew."""
    made = user.grants.open().filter(made_member=True).values_list("group_id", flat=True)
    keys = list(made)
    user.grants.open().update(ended_at=timezone.now())
    user.groups.remove(*keys)


def _scope_label(group: Group, scope: tuple[str, str]) -> str:
    """The limit in words, as it is called today."""
    name, key = scope
    role = role_named(group.name)
    if role and role.scope and role.scope != name:
        raise ScopeMissingError
    if not name:
        return ""
    kind = scope_kind(name)
    label = dict(kind.choices()).get(key) if kind else None
    if label is None:
        raise UnknownScopeError
    return label


def _insert(grant: Grant) -> None:
    try:
        with transaction.atomic():
            grant.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyHasRoleError from error


def _locked(key: int) -> Grant:
    rows = Grant.objects.select_for_update(of=("self",)).select_related("user", "group")
    return rows.get(pk=key)


def _carry_out_by_key(key: int) -> bool:
    # The clock does this, whoever happens to be at work.
    with transaction.atomic(), acting(lambda: SYSTEM), because(""):
        grant = _locked(key)
        if grant.ended_at:
            return False
        return _carry_out(grant, timezone.now())


def _carry_out(grant: Grant, now: datetime) -> bool:
    """Begin or end a locked grant if it is time; whether it was."""
    if grant.ends_at and grant.ends_at <= now:
        record_change(grant.user, "grant_over", _describe(grant))
        _end(grant, now)
        return True
    if grant.started_at or grant.starts_at > now:
        return False
    grant.started_at = now
    if grant.gives_membership:
        by_hand = grant.user.groups.filter(pk=grant.group_id).exists()
        grant.made_member = not by_hand or _others_that_made_member(grant).exists()
        grant.user.groups.add(grant.group)
    grant.save(update_fields=["started_at", "made_member"])
    return True


def _end(grant: Grant, now: datetime) -> None:
    grant.ended_at = now
    grant.save(update_fields=["ended_at"])
    if grant.made_member and not _others_that_made_member(grant).exists():
        grant.user.groups.remove(grant.group)


def _others_that_made_member(grant: Grant) -> QuerySet[Grant]:
    others = Grant.objects.open().exclude(pk=grant.pk)
    return others.filter(user=grant.user, group=grant.group, made_member=True)


def _describe(grant: Grant) -> str:
    words = [str(grant)]
    if grant.ends_at:
        words.append(f"~ {timezone.localtime(grant.ends_at):%Y-%m-%d %H:%M}")
    return " ".join(words)
