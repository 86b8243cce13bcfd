"""Roles: what groups of staff may do."""

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from ..defaults import (
    BUILT_IN_COLLECTION,
    BUILT_IN_GROUPS,
    BUILT_IN_ROOT,
    BUILT_IN_WORKFLOW,
    DIRECTOR,
    PRESETS,
)
from ..models import User
from ..registry import roles

APPS = ("wagtailcore", "wagtailadmin", "wagtailimages", "wagtaildocs")


def sync_roles() -> None:
    """Make the roles and give them their rights. Adds what is missing, never takes anything away.

    Safe to call twice.
    """
    for label in _apps_with_rights():
        # Django makes an app's permissions after its own turn of post_migrate; we come earlier.
        create_permissions(current_apps.get_app_config(label), verbosity=0)
    _name_built_ins_in_korean()
    root = Page.objects.filter(depth=1).first()
    for name, role in roles().items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(role.rights))
        _add_page_rights(group, root, role.everywhere)
        _add_collection_rights(group, role.collections)
    for section in _sections():
        open_section(section)
    if root:
        _bind_workflow(root)


def open_section(page: Page) -> None:
    """Give the roles whose place is this section their rights in it. Safe to call twice."""
    label, model = page.content_type.natural_key()
    for name, role in roles().items():
        if role.section == f"{label}.{model}":
            group, _ = Group.objects.get_or_create(name=name)
            _add_page_rights(group, page, role.in_section)


def give_preset(user: User, preset: str) -> None:
    """Give a person the roles of a preset; what they have stays. Safe to call twice."""
    user.groups.add(*Group.objects.filter(name__in=PRESETS[preset].roles))


def sync_roles_after_migrate(apps: Apps, **_kwargs: object) -> None:
    """For post_migrate; waits while only some of the apps have been migrated."""
    try:
        for label in APPS:
            apps.get_app_config(label)
    except LookupError:
        return
    sync_roles()


def _apps_with_rights() -> set[str]:
    """Where the rights of all roles come from."""
    named = {right.partition(".")[0] for role in roles().values() for right in role.rights}
    return {*APPS, *named}


def _sections() -> QuerySet[Page]:
    wanted = Q(pk__in=[])
    for label, model in (role.section.split(".") for role in roles().values() if role.section):
        wanted |= Q(content_type__app_label=label, content_type__model=model)
    return Page.objects.filter(wanted).select_related("content_type")


def _name_built_ins_in_korean() -> None:
    for english, korean in BUILT_IN_GROUPS.items():
        taken = Group.objects.filter(name=korean).exists()
        for group in Group.objects.filter(name=english):
            group.name = f"{korean} (Wagtail)" if taken else korean
            group.save()  # Not update(): that would go past the record.
    english, korean = BUILT_IN_WORKFLOW
    Workflow.objects.filter(name=english).update(name=korean)
    Task.objects.filter(name=english).update(name=korean)
    english, korean = BUILT_IN_ROOT
    Page.objects.filter(depth=1, title=english).update(title=korean, draft_title=korean)
    english, korean = BUILT_IN_COLLECTION
    Collection.objects.filter(depth=1, name=english).update(name=korean)


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return list(Permission.objects.filter(wanted))


def _add_page_rights(group: Group, page: Page | None, codenames: tuple[str, ...]) -> None:
    names = tuple(f"wagtailcore.{name}" for name in codenames)
    for permission in _permissions(names) if page else ():
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _bind_workflow(root: Page) -> None:
    """See that every page has a way to the approver; one that staff arranged stays as it is."""
    if WorkflowPage.objects.filter(page=root).exists():
        return
    name = BUILT_IN_WORKFLOW[1]
    task, _ = GroupApprovalTask.objects.get_or_create(name=name)
    task.groups.add(Group.objects.get(name=DIRECTOR))
    workflow, _ = Workflow.objects.get_or_create(name=name, defaults={"active": True})
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=root)


def _add_collection_rights(group: Group, names: tuple[str, ...]) -> None:
    root = Collection.objects.filter(depth=1).first()
    for permission in _permissions(names) if root else ():
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
