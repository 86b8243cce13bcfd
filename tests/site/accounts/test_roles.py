from importlib import import_module

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupPagePermission, Page, Task, Workflow, WorkflowPage

from accounts.defaults import (
    ADMINISTRATOR,
    AROUND_PAGES,
    AUDITOR,
    CAMPAIGNER,
    DIRECTOR,
    EDITOR,
    MODERATOR,
    OFFICER,
    PRESETS,
    REGIONAL,
    ROLES,
    Role,
)
from accounts.registry import register_rights, register_role, roles
from accounts.services import give_preset, sync_roles, sync_roles_after_migrate
from tests.factories.accounts import UserFactory

take_rights = import_module("accounts.migrations.0002_leave_publishing_to_approver").take_rights

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

ENTER = {"wagtailadmin.access_admin"}
MODERATE = {"petitions.view_signature", "petitions.change_signature"}
KNOW_SIGNERS = {"petitions.view_full_signature", "petitions.export_signature"}


def rights_of(name):
    rows = Permission.objects.filter(group__name=name).exclude(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"]
    )
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows}


def page_rights_of(name):
    rows = GroupPagePermission.objects.filter(group__name=name, page__depth=1)
    return set(rows.values_list("permission__codename", flat=True))


def may(name, page):
    """What a member of this role may do with a page that somebody else wrote."""
    permissions = page.permissions_for_user(UserFactory(role=name))
    questions = {
        "edit": permissions.can_edit,
        "publish": permissions.can_publish,
        "lock": permissions.can_lock,
        "delete": permissions.can_delete,
        "add below": permissions.can_add_subpage,
    }
    return {answer for answer, asked in questions.items() if asked()}


def test_migrate_makes_the_roles_and_leaves_no_english_group():
    assert set(Group.objects.values_list("name", flat=True)) == set(roles())
    assert list(Workflow.objects.values_list("name", flat=True)) == ["사무국장 승인"]
    assert Page.get_first_root_node().title == "모든 페이지"
    assert Collection.get_first_root_node().name == "모든 파일"


def test_an_editor_writes_everywhere_and_publishes_nothing(campaign_page):
    assert page_rights_of(EDITOR) == {"add_page", "change_page"}
    for page in (campaign_page, campaign_page.get_parent(), Page.objects.get(slug="yeondae")):
        assert may(EDITOR, page) == {"edit", "add below"}
    assert rights_of(EDITOR) >= ENTER | set(AROUND_PAGES)
    assert not {right for right in rights_of(EDITOR) if right.startswith("petitions.")}


def test_who_approves_texts_sees_signers_masked():
    assert rights_of(DIRECTOR) >= MODERATE
    assert not rights_of(DIRECTOR) & KNOW_SIGNERS


def test_a_moderator_sees_signatures_and_no_page(campaign_page):
    assert rights_of(MODERATOR) == ENTER | MODERATE
    assert may(MODERATOR, campaign_page) == set()


def test_only_two_roles_see_signers_unmasked_or_take_them_out():
    assert {name for name in ROLES if rights_of(name) & KNOW_SIGNERS} == {
        ADMINISTRATOR,
        CAMPAIGNER,
    }


def test_the_officer_and_the_auditor_change_no_page_and_no_signature(campaign_page):
    for name in (OFFICER, AUDITOR):
        assert may(name, campaign_page) == set()
        assert "petitions.change_signature" not in rights_of(name)
        assert rights_of(name) >= {"accounts.view_rightschange", "accounts.view_grant"}
    assert "accounts.review_rights" in rights_of(OFFICER)
    assert rights_of(AUDITOR) & {"petitions.view_signature", "accounts.review_rights"} == set()


def test_a_regional_role_alone_opens_no_signature():
    assert rights_of(REGIONAL) == ENTER


def test_the_small_office_has_every_right_and_the_worker_still_publishes_nothing(campaign_page):
    lead, worker = UserFactory(), UserFactory()

    give_preset(lead, "small-office-lead")
    give_preset(worker, "small-office-work")
    give_preset(worker, "small-office-work")

    assert {group.name for group in worker.groups.all()} == set(PRESETS["small-office-work"].roles)
    assert lead.has_perm("accounts.review_rights")
    assert worker.has_perm("petitions.export_signature")
    assert campaign_page.permissions_for_user(lead).can_publish()
    assert not campaign_page.permissions_for_user(worker).can_publish()


@pytest.fixture
def registry(monkeypatch):
    """Roles that a test registers are gone after it."""
    monkeypatch.setattr("accounts.registry._roles", {})
    monkeypatch.setattr("accounts.registry._added_rights", {})


def test_a_tool_adds_a_role_and_rights_of_its_own(registry):
    register_role("현장 접수", Role(rights=("wagtailadmin.access_admin",)))
    register_rights(MODERATOR, "messaging.view_outboxmessage")

    sync_roles()

    assert rights_of("현장 접수") == ENTER
    assert rights_of(MODERATOR) == ENTER | MODERATE | {"messaging.view_outboxmessage"}


def test_a_campaigner_writes_campaigns_only_and_looks_after_signers(campaign_page):
    rights = rights_of(CAMPAIGNER)

    assert rights >= ENTER | MODERATE | KNOW_SIGNERS | {
        "messaging.retry_outboxmessage",
        "petitions.delete_blockedaddress",
        "privacy.change_consentdefinition",
    }
    assert "home.change_sitesettings" not in rights
    assert page_rights_of(CAMPAIGNER) == set()
    assert may(CAMPAIGNER, campaign_page) == {"edit", "add below"}
    assert may(CAMPAIGNER, Page.objects.get(slug="yeondae")) == set()


def test_the_campaigner_finds_the_section_after_the_next_migrate_too(campaign_page):
    GroupPagePermission.objects.filter(group__name=CAMPAIGNER).delete()

    sync_roles()

    assert may(CAMPAIGNER, campaign_page) == {"edit", "add below"}


def test_the_director_approves_publishes_locks_and_keeps_the_addresses(campaign_page):
    assert may(DIRECTOR, campaign_page) == {"edit", "publish", "lock", "delete", "add below"}
    assert rights_of(DIRECTOR) >= rights_of(EDITOR) | {
        "wagtailredirects.add_redirect",
        "wagtailredirects.delete_redirect",
    }
    # Deleting a page together with what lies below it stays with administrators.
    assert "bulk_delete_page" not in page_rights_of(DIRECTOR)


def test_every_page_goes_to_the_director_for_approval(campaign_page):
    workflow = campaign_page.get_workflow()

    [task] = workflow.tasks.specific()
    assert [group.name for group in task.groups.all()] == [DIRECTOR]


def test_a_lost_way_to_the_director_is_made_anew(campaign_page):
    Workflow.objects.all().delete()
    Task.objects.all().delete()

    sync_roles()

    test_every_page_goes_to_the_director_for_approval(campaign_page)


def test_a_way_that_staff_arranged_stays(campaign_page):
    WorkflowPage.objects.update(workflow=Workflow.objects.create(name="두 사람 승인"))

    sync_roles()

    assert campaign_page.get_workflow().name == "두 사람 승인"


def test_old_rights_of_publishing_are_taken_once():
    for name in (EDITOR, CAMPAIGNER, DIRECTOR):
        give(name, "add_page", "change_page", "publish_page")

    take_rights(apps, None)

    assert page_rights_of(EDITOR) == {"add_page", "change_page"}
    assert page_rights_of(CAMPAIGNER) == set()
    assert "publish_page" in page_rights_of(DIRECTOR)

    give(EDITOR, "publish_page")
    sync_roles()
    assert "publish_page" in page_rights_of(EDITOR)


def give(name, *codenames):
    for permission in Permission.objects.filter(codename__in=codenames):
        GroupPagePermission.objects.get_or_create(
            group=Group.objects.get(name=name),
            page=Page.get_first_root_node(),
            permission=permission,
        )


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


def test_without_any_page_there_are_only_rights_on_rows():
    Page.objects.all().delete()

    sync_roles()

    assert not GroupPagePermission.objects.exists()
    assert rights_of(MODERATOR) == ENTER | MODERATE
