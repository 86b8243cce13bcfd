import pytest
from django.contrib.auth.models import Group, Permission
from django.db import DatabaseError, connection, transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from accounts.defaults import ADMINISTRATOR, EDITOR, MODERATOR
from accounts.models import RightsChange, User
from accounts.services import sync_roles
from accounts.services.actors import acting, because
from evidence.services import verify_chain
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def changes_of(thing):
    """Kind and words of each change of an account or a role, oldest first."""
    subject = f"{thing._meta.model_name}-{thing.pk}"
    rows = RightsChange.objects.filter(subject_id=subject).order_by("sequence")
    return [(row.kind, row.payload.values["what"]) for row in rows.select_related("payload")]


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def group():
    return Group.objects.create(name="봉사자")


def right(codename):
    return Permission.objects.get(codename=codename)


def test_what_sync_roles_gives_is_on_record_and_holds():
    Group.objects.filter(name=ADMINISTRATOR).delete()
    Group.objects.filter(name=EDITOR).update(name="Editors")
    sync_roles()
    made, renamed = Group.objects.get(name=ADMINISTRATOR), Group.objects.get(name=EDITOR)
    kinds = {kind for kind, _ in changes_of(made)}

    assert kinds == {"role_made", "right_given", "page_right_given", "collection_right_given"}
    assert ("role_renamed", "Editors") in changes_of(renamed)
    assert verify_chain("permissions", f"group-{made.pk}").holds


@pytest.mark.sqlite_smoke
def test_membership_is_recorded_from_both_sides_and_only_what_changed(user, group):
    moderator = Group.objects.get(name=MODERATOR)

    user.groups.add(group, moderator)
    user.groups.add(group)
    group.user_set.remove(user)
    user.groups.remove(group)
    user.groups.set([])
    group.user_set.add(user)
    user.groups.clear()

    assert changes_of(user) == [
        ("role_given", "봉사자, 조정자"),
        ("role_taken", "봉사자"),
        ("role_taken", "조정자"),
        ("role_given", "봉사자"),
        ("role_taken", "봉사자"),
    ]
    assert verify_chain("permissions", f"user-{user.pk}").holds


def test_rights_of_a_group_and_of_a_person_are_recorded(user, group):
    group.permissions.add(right("view_full_signature"))
    right("view_full_signature").group_set.clear()
    user.user_permissions.add(right("export_signature"))

    assert changes_of(group)[1:] == [
        ("right_given", "petitions.view_full_signature"),
        ("right_taken", "petitions.view_full_signature"),
    ]
    assert changes_of(user)[-1] == ("right_given", "petitions.export_signature")


def test_rights_on_pages_and_collections_are_recorded_given_and_taken(group):
    page, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    GroupPagePermission.objects.create(group=group, page=page, permission=right("publish_page"))
    GroupCollectionPermission.objects.create(
        group=group, collection=collection, permission=right("add_image")
    )
    GroupPagePermission.objects.filter(group=group).delete()

    assert changes_of(group)[1:] == [
        ("page_right_given", "wagtailcore.publish_page: 모든 페이지"),
        ("collection_right_given", f"wagtailimages.add_image: {collection}"),
        ("page_right_taken", "wagtailcore.publish_page: 모든 페이지"),
    ]


def test_who_approves_is_recorded_for_the_group(group):
    task = GroupApprovalTask.objects.get()

    task.groups.add(group)
    task.groups.remove(group)

    assert changes_of(group)[1:] == [
        ("approval_given", "사무국장 승인"),
        ("approval_taken", "사무국장 승인"),
    ]


def test_flags_are_recorded_when_they_change(user):
    user.first_name = "가람"
    user.save()
    user.is_superuser = True
    user.save()
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.save(update_fields=["last_login"])

    assert [kind for kind, _ in changes_of(user)] == [*("administrator_given", "deactivated")]


def test_a_new_administrator_is_recorded_as_one():
    user = User.objects.create_superuser("root@yeondae.example", "x" * 12)

    assert [kind for kind, _ in changes_of(user)] == ["administrator_given"]


def test_a_role_leaves_its_name_and_its_members_on_record(user, group):
    user.groups.add(group)
    group.name = "자원활동가"
    group.save()
    group.save()
    key = group.pk
    group.delete()
    group.pk = key

    assert changes_of(group) == [
        ("role_made", ""),
        ("role_renamed", "봉사자"),
        ("role_deleted", "정다솜"),
    ]


def test_an_account_that_is_deleted_leaves_its_roles_on_record(user, group):
    user.groups.add(group)
    key = user.pk
    user.delete()
    user.pk = key

    assert changes_of(user)[-1] == ("account_deleted", "봉사자")


def test_who_and_why_come_from_what_is_going_on(user, group):
    with acting(lambda: "42"), because("인수인계"):
        user.groups.add(group)
    user.groups.remove(group)

    given, taken = RightsChange.objects.filter(subject_id=f"user-{user.pk}").order_by("sequence")
    assert (given.actor, given.payload.values["reason"]) == ("42", "인수인계")
    assert (taken.actor, taken.payload.values["reason"]) == ("system", "")


def test_without_a_record_there_is_no_change(user, group):
    root = Page.get_first_root_node()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE evidence_event RENAME TO evidence_event_gone")
    user.is_superuser = True
    for change in (
        lambda: user.groups.add(group),
        user.save,
        lambda: GroupPagePermission.objects.create(
            group=group, page=root, permission=right("add_page")
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    assert not user.groups.exists()
    assert not User.objects.get(pk=user.pk).is_superuser
    assert not GroupPagePermission.objects.filter(group=group).exists()
