"""Exports as staff meet them in the admin."""

import json

import pytest
from django.contrib.auth.models import Permission

from exports.models import ExportJob
from exports.services import run_export
from privacy.models import AccessEntry
from tests.factories.accounts import UserFactory
from tests.factories.exports import ExportJobFactory
from tests.factories.petitions import PetitionPageFactory, SignatureFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

URL = "/admin/exports/"
START = f"{URL}new/petitions.signatures/"


def staff(*names):
    user = UserFactory()
    codenames = ["access_admin", *names]
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def petition(home_page):
    page = PetitionPageFactory()
    SignatureFactory(petition=page, confirmed=True, name="고은별")
    return page


@pytest.fixture
def exporter(client):
    """Somebody who may export signatures and sees their own exports."""
    client.user = staff("add_exportjob", "export_signature")
    client.force_login(client.user)
    return client


def answers(petition, **changes):
    return {
        **{"petition": petition.pk, "statuses": ["confirmed"], "format": "csv"},
        **{"purpose": "verification", "reason": "서명부 대조를 위해"},
        **changes,
    }


def ask(client, petition, **changes):
    return client.post(START, answers(petition, **changes))


@pytest.fixture
def job(exporter, petition, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask(exporter, petition)
    return ExportJob.objects.get()


@pytest.mark.sqlite_smoke
def test_from_the_question_to_the_file(exporter, job):
    page = exporter.get(f"{URL}{job.public_id}/")
    file = exporter.post(f"{URL}{job.public_id}/file/")
    content = b"".join(file.streaming_content)

    assert "1행" in page.content.decode()
    assert "고은별" not in page.content.decode()
    assert "고은별" in content.decode("utf-8-sig")
    assert int(file["Content-Length"]) == len(content)
    assert "no-store" in file["Cache-Control"]
    assert "attachment" in file["Content-Disposition"]
    assert AccessEntry.objects.filter(action="export", user=exporter.user).count() == 2
    assert job.reason == "서명부 대조를 위해"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", ""),
        ("reason", "일"),
        ("reason", "900101-1234567 확인"),
        ("purpose", ""),
        ("petition", ""),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_lost(exporter, petition, field, value):
    response = exporter.post(START, {**answers(petition), field: value})

    assert response.status_code == 422
    assert not ExportJob.objects.exists()
    errors = {**response.context["chosen"].errors, **response.context["form"].errors}
    assert list(errors) == [field]


def test_the_number_of_rows_is_told_before(exporter, petition):
    response = exporter.get(START, {"petition": petition.pk, "statuses": ["confirmed"]})

    assert response.context["count"] == 1
    assert exporter.get(START).context["count"] is None


def test_while_it_runs_the_page_looks_again(exporter, petition):
    job = ExportJobFactory(requested_by=exporter.user, state="running", total=200, written=50)

    response = exporter.get(f"{URL}{job.public_id}/")

    assert response["Refresh"] == "3"
    assert 'value="25"' in response.content.decode()


@pytest.mark.parametrize("problem", ["not_allowed", "storage", "access_log", "defect"])
def test_a_failure_says_what_to_do(exporter, problem):
    job = ExportJobFactory(requested_by=exporter.user, state="failed", problem=problem)

    response = exporter.get(f"{URL}{job.public_id}/")

    assert response.context["problem"] in response.content.decode()
    assert "Refresh" not in response


def test_a_file_that_is_gone_is_not_fetched(exporter):
    job = ExportJobFactory(requested_by=exporter.user, state="failed")

    response = exporter.post(f"{URL}{job.public_id}/file/", follow=True)

    assert response.status_code == 200
    assert len(list(response.context["messages"])) == 1
    assert exporter.get(f"{URL}{job.public_id}/manifest/").status_code == 404


def test_cancelling_by_post_only(exporter, job):
    address = f"{URL}{job.public_id}/cancel/"
    assert exporter.get(address).status_code == 405
    assert exporter.get(f"{URL}{job.public_id}/file/").status_code == 405

    exporter.post(address)
    exporter.post(address)

    job.refresh_from_db()
    assert job.state == "cancelled"


def test_the_manifest_says_what_the_file_is(exporter, job):
    response = exporter.get(f"{URL}{job.public_id}/manifest/")
    manifest = json.loads(response.content)

    assert manifest["sha256"] == job.digest
    assert manifest["rows"] == 1
    assert "고은별" not in response.content.decode()


def test_another_persons_export_is_not_there(client, job):
    client.force_login(staff("add_exportjob", "export_signature"))

    assert client.get(f"{URL}{job.public_id}/").status_code == 404
    assert client.get(URL).context["object_list"].count() == 0


def test_the_privacy_officer_sees_all_but_fetches_none(client, job):
    client.force_login(staff("view_exportjob"))

    assert client.get(URL).context["object_list"].count() == 1
    assert client.get(f"{URL}{job.public_id}/").status_code == 200
    for step in ("file", "cancel"):
        response = client.post(f"{URL}{job.public_id}/{step}/")
        assert response.status_code in (302, 403)
    job.refresh_from_db()
    assert (job.state, job.downloads) == ("done", 0)


def test_without_the_right_nothing_is_offered(client, petition):
    client.force_login(staff("add_exportjob"))

    assert client.get(URL).context["sources"] == []
    assert ask(client, petition).status_code in (302, 403)
    assert not ExportJob.objects.exists()


def test_the_register_costs_the_same_for_many(exporter, django_assert_max_num_queries):
    exporter.get(URL)
    for _ in range(3):
        ExportJobFactory(requested_by=exporter.user)

    with django_assert_max_num_queries(14):
        exporter.get(URL)


def test_a_removed_tool_leaves_its_register_readable(exporter):
    job = ExportJobFactory(requested_by=exporter.user, source="gone.tool")
    run_export(job.public_id)

    assert exporter.get(URL).status_code == 200
    assert exporter.get(f"{URL}{job.public_id}/").status_code == 200
