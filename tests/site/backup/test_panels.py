from datetime import timedelta

import pytest
from django.utils import timezone

from backup.models import BackupRun
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def made(days=0, **values):
    moment = timezone.now() - timedelta(days=days, minutes=1)
    given = {"file_name": "yeondae-20261124-031000-KST.backup", "size": 12_345_678, **values}
    return BackupRun.objects.create(finished_at=moment, **given)


def panel(client):
    page = client.get("/admin/").content.decode()
    return page[page.index('<p class="backup') :].partition("</p>")[0]


def test_a_fresh_backup_is_told_with_its_age(admin_client):
    made()

    assert "backup--red" not in panel(admin_client)
    assert "11.8" in panel(admin_client)


@pytest.mark.parametrize(
    ("days", "values", "words"),
    [
        (None, {}, ""),
        (3, {}, ""),
        (0, {"error": "no room on the disk", "file_name": "", "size": 0}, "no room on the disk"),
    ],
    ids=["never", "too old", "failed"],
)
def test_what_is_wrong_is_red_and_waits(admin_client, days, values, words):
    if days is not None:
        made(days, **values)

    assert "backup--red" in panel(admin_client)
    assert words in panel(admin_client)
    assert (
        "/admin/backups/"
        in admin_client.get("/admin/").content.decode().partition('<p class="backup')[0]
    )


def test_editors_are_not_troubled(client):
    user = UserFactory(role="편집자")
    client.force_login(user)

    assert '<p class="backup' not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_names_each(admin_client, number, django_assert_max_num_queries):
    for days in range(number):
        made(days)

    with django_assert_max_num_queries(14):
        page = admin_client.get("/admin/backups/").content.decode()

    assert page.count("yeondae-20261124") == number
