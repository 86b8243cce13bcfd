import pytest
from django.apps.registry import Apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Workflow

from accounts.defaults import AROUND_PAGES, CAMPAIGNER, DIRECTOR, EDITOR, MODERATOR
from accounts.services import sync_roles, sync_roles_after_migrate

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

ENTER = {"wagtailadmin.access_admin"}
MODERATE = {"petitions.view_signature", "petitions.change_signature"}


def rights_of(name):
    rows = Permission.objects.filter(group__name=name).exclude(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"]
    )
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


def page_rights_of(name):
    rows = GroupPagePermission.objects.filter(group__name=name, page__depth=1)
    return set(rows.values_list("permission__codename", flat=True))


def test_migrate_makes_the_roles_and_leaves_no_english_group():
    assert set(Group.objects.values_list("name", flat=True)) == {
        EDITOR,
        CAMPAIGNER,
        MODERATOR,
        DIRECTOR,
    }
    assert list(Workflow.objects.values_list("name", flat=True)) == ["사무국장 승인"]


def test_an_editor_publishes_pages_and_sees_no_signature():
    assert rights_of(EDITOR) >= ENTER | set(AROUND_PAGES)
    assert not {right for right in rights_of(EDITOR) if right.startswith("petitions.")}
    assert page_rights_of(EDITOR) == {"add_page", "change_page", "publish_page"}


def test_a_moderator_sees_signatures_and_no_page():
    assert rights_of(MODERATOR) == ENTER | MODERATE
    assert page_rights_of(MODERATOR) == set()


def test_a_campaigner_does_both_and_keeps_mail_and_consent_texts():
    rights = rights_of(CAMPAIGNER)

    assert rights >= ENTER | MODERATE | {
        "messaging.retry_outboxmessage",
        "petitions.delete_blockedaddress",
        "privacy.change_consentdefinition",
    }
    assert "petitions.export_signature" not in rights
    assert page_rights_of(CAMPAIGNER) == page_rights_of(EDITOR)


def test_the_director_also_locks_pages():
    assert page_rights_of(DIRECTOR) == {
        "add_page",
        "change_page",
        "publish_page",
        "lock_page",
        "unlock_page",
    }


def test_a_lost_right_comes_back_and_an_added_one_stays():
    group = Group.objects.get(name=MODERATOR)
    extra = Permission.objects.get(codename="view_consentdefinition")
    group.permissions.set([extra])

    sync_roles()

    assert rights_of(MODERATOR) == ENTER | MODERATE | {"privacy.view_consentdefinition"}


def test_twice_is_as_good_as_once():
    before = (Group.objects.count(), GroupPagePermission.objects.count(), rights_of(CAMPAIGNER))

    sync_roles()

    assert before == (
        Group.objects.count(),
        GroupPagePermission.objects.count(),
        rights_of(CAMPAIGNER),
    )


def test_an_english_group_beside_a_role_of_the_same_meaning_gets_a_korean_name():
    Group.objects.create(name="Editors")

    sync_roles()

    assert Group.objects.filter(name=f"{EDITOR} (Wagtail)").exists()
    assert not Group.objects.filter(name="Editors").exists()


def test_roles_wait_until_all_apps_are_migrated():
    Group.objects.all().delete()

    sync_roles_after_migrate(Apps())

    assert not Group.objects.exists()
