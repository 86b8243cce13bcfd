"""Roles: what groups of staff may do."""

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
)

from .defaults import BUILT_IN_GROUPS, BUILT_IN_WORKFLOW, ROLES

APPS = ("wagtailcore", "wagtailadmin", "wagtailimages", "wagtaildocs")
OUR_APPS = ("accounts", "privacy", "messaging", "home", "network", "petitions")


def sync_roles() -> None:
    """Make the roles and give them their rights. Adds what is missing, never takes anything away.

    Safe to call twice.
    """
    for label in (*APPS, *OUR_APPS):
        # Django makes an app's permissions after its own turn of post_migrate; we come earlier.
        create_permissions(current_apps.get_app_config(label), verbosity=0)
    _name_built_ins_in_korean()
    for name, (rights, page_rights, collection_rights) in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(rights))
        _add_page_rights(group, page_rights)
        _add_collection_rights(group, collection_rights)


def sync_roles_after_migrate(apps: Apps, **_kwargs: object) -> None:
    """For post_migrate; waits while only some of the apps have been migrated."""
    try:
        for label in APPS:
            apps.get_app_config(label)
    except LookupError:
        return
    sync_roles()


def _name_built_ins_in_korean() -> None:
    for english, korean in BUILT_IN_GROUPS.items():
        taken = Group.objects.filter(name=korean).exists()
        Group.objects.filter(name=english).update(name=f"{korean} (Wagtail)" if taken else korean)
    english, korean = BUILT_IN_WORKFLOW
    Workflow.objects.filter(name=english).update(name=korean)
    Task.objects.filter(name=english).update(name=korean)


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return list(Permission.objects.filter(wanted))


def _add_page_rights(group: Group, codenames: tuple[str, ...]) -> None:
    root = Page.objects.filter(depth=1).first()
    names = tuple(f"wagtailcore.{name}" for name in codenames)
    for permission in _permissions(names) if root else ():
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _add_collection_rights(group: Group, names: tuple[str, ...]) -> None:
    root = Collection.objects.filter(depth=1).first()
    for permission in _permissions(names) if root else ():
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
