"""Sees every change of rights that goes through Django, whichever form or command makes it.

What is about to change is recorded first: without a record there is no change.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
)

from ..models import User
from .changes import record_change
from .grants import close_grants_of_leaver, close_grants_of_roles

# The relation, the word for what is related, and whether the change is about the other side.
RELATIONS = (
    (User, "groups", "role", False),
    (User, "user_permissions", "right", False),
    (Group, "permissions", "right", False),
    (GroupApprovalTask, "groups", "approval", True),
)
# Rights of a group on one page, collection or site: the model, and its field for the place.
PLACES = (
    (GroupPagePermission, "page"),
    (GroupCollectionPermission, "collection"),
    (GroupSitePermission, "site"),
)
FLAGS = {
    "is_active": ("deactivated", "activated"),
    "is_superuser": ("administrator_taken", "administrator_given"),
}
STEPS = {"post_add": "given", "pre_remove": "taken", "pre_clear": "taken"}


def watch_rights() -> None:
    """Connect to all models by which somebody's rights can change. Safe to call twice."""
    for model, field, word, about_other in RELATIONS:
        _watch_relation(model, field, word, about_other)
    for model, field in PLACES:
        _connect(pre_save, model, _place_watcher(field, "given"))
        _connect(pre_delete, model, _place_watcher(field, "taken"))
    _connect(pre_save, User, _record_flags)
    _connect(post_save, User, _record_new_account)
    _connect(pre_delete, User, _record_account_gone)
    _connect(pre_save, Group, _record_new_name)
    _connect(post_save, Group, _record_new_role)
    _connect(pre_delete, Group, _record_role_gone)


def _connect(signal: Any, sender: type[Model], receiver: Callable[..., None]) -> None:
    signal.connect(receiver, sender=sender, weak=False, dispatch_uid=f"accounts.{receiver!s}")


def _watch_relation(model: type[Model], name: str, word: str, about_other: bool) -> None:
    field: Any = model._meta.get_field(name)
    through = field.remote_field.through

    def record(instance: Model, action: str, **change: Any) -> None:
        if action not in STEPS:
            return
        changed = defaultdict(list)
        for pair in _pairs(field, instance, change["reverse"], change["pk_set"]):
            about, thing = reversed(pair) if about_other else pair
            changed[about].append(thing)
        for about, things in changed.items():
            words = ", ".join(sorted(map(_word_for, things)))
            record_change(about, f"{word}_{STEPS[action]}", words)
            if through is User.groups.through and action != "post_add":
                close_grants_of_roles(about, things)

    m2m_changed.connect(
        record, sender=through, weak=False, dispatch_uid=f"accounts.{through._meta.label}"
    )


def _pairs(
    field: Any, instance: Model, reverse: bool, pk_set: set[int] | None
) -> list[tuple[Any, Any]]:
    """Both ends of each row that has come or is about to go; a row that is not there is none."""
    mine, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    here, there = (other, mine) if reverse else (mine, other)
    rows = field.remote_field.through._base_manager.filter(**{here: instance.pk})
    if pk_set is not None:
        rows = rows.filter(**{f"{there}__in": pk_set})
    return [(getattr(row, mine), getattr(row, other)) for row in rows.select_related(mine, other)]


def _word_for(thing: Any) -> str:
    """A right by its code name, which is translated when it is read; all else by its name."""
    if isinstance(thing, Permission):
        return f"{thing.content_type.app_label}.{thing.codename}"
    return str(thing)


def _place_watcher(field: str, step: str) -> Callable[..., None]:
    def record(instance: Any, **_kwargs: object) -> None:
        what = f"{_word_for(instance.permission)}: {getattr(instance, field)}"
        record_change(instance.group, f"{field}_right_{step}", what)

    return record


def _record_flags(
    instance: User, update_fields: Collection[str] | None = None, **_kwargs: object
) -> None:
    untouched = update_fields is not None and FLAGS.keys().isdisjoint(update_fields)
    if instance._state.adding or untouched:
        return
    before = User.objects.filter(pk=instance.pk).values(*FLAGS).first() or {}
    for flag, was in before.items():
        if (now := getattr(instance, flag)) != was:
            record_change(instance, FLAGS[flag][now])
    if before.get("is_active") and not instance.is_active:
        close_grants_of_leaver(instance)


def _record_new_account(instance: User, created: bool, **_kwargs: object) -> None:
    """An account by itself may do nothing; an administrator may do everything."""
    if created and instance.is_superuser:
        record_change(instance, FLAGS["is_superuser"][True])


def _record_account_gone(instance: User, **_kwargs: object) -> None:
    names = instance.groups.order_by("name").values_list("name", flat=True)
    record_change(instance, "account_deleted", ", ".join(names))


def _record_new_name(instance: Group, **_kwargs: object) -> None:
    before = Group.objects.filter(pk=instance.pk).values_list("name", flat=True).first()
    if before and before != instance.name:
        record_change(instance, "role_renamed", before)


def _record_new_role(instance: Group, created: bool, **_kwargs: object) -> None:
    if created:
        record_change(instance, "role_made")


def _record_role_gone(instance: Group, **_kwargs: object) -> None:
    """With the members, who lose it without a change of their own."""
    members = User.objects.filter(groups=instance).order_by("pk")
    record_change(instance, "role_deleted", ", ".join(map(str, members)))
