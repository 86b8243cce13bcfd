"""A file that can't be read is told of before the first byte, not in the middle."""

import base64

import pytest
from django.db import connection

from evidence.models import Event
from exports import services
from exports.exceptions import FileUnreadableError
from exports.models import ExportChunk, ExportJob
from exports.services import run
from privacy.encryption import primary_key_id
from privacy.models import AccessEntry
from tests.factories.accounts import UserFactory
from tests.factories.exports import ExportJobFactory
from tests.factories.petitions import PetitionPageFactory, SignatureFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

OTHER_KEY = base64.b64encode(b"9" * 32).decode()


@pytest.fixture
def job(home_page, client, monkeypatch):
    """A finished file in three chunks, of somebody who is logged in."""
    monkeypatch.setattr(run, "CHUNK_BYTES", 40)
    petition = PetitionPageFactory()
    SignatureFactory(petition=petition, confirmed=True, name="고은별")
    user = UserFactory(administrator=True)
    client.force_login(user)
    job = ExportJobFactory(
        options={"petition": petition.pk, "statuses": ["confirmed"]}, requested_by=user
    )
    services.run_export(job.public_id)
    return ExportJob.objects.get()


def page_of(job):
    return f"/admin/exports/{job.public_id}/"


def fetch(client, job):
    return client.post(f"{page_of(job)}file/")


def looks():
    return AccessEntry.objects.filter(action="export").count()


def unreadable(job):
    return Event.objects.filter(subject_id=str(job.public_id), kind="unreadable").count()


@pytest.fixture
def key_gone(settings):
    """The site runs on without the key under which the file is stored."""
    gone, keys = primary_key_id(), settings.FIELD_ENCRYPTION_KEYS
    settings.ALLOW_MISSING_FIELD_KEYS = True
    settings.FIELD_ENCRYPTION_KEYS = [OTHER_KEY]
    return gone, keys


@pytest.mark.sqlite_smoke
def test_a_missing_key_is_named_and_nothing_is_sent(client, job, request, settings, caplog):
    before = looks()
    gone, keys = request.getfixturevalue("key_gone")

    for _time in range(2):
        assert fetch(client, job).url == page_of(job)

    page = client.get(page_of(job)).content.decode()
    assert gone in page
    assert "FIELD_ENCRYPTION_KEYS" in page
    assert gone in client.get("/admin/exports/").content.decode()
    assert f"key_missing:{gone}" in caplog.text
    job = ExportJob.objects.get()
    assert (job.state, job.problem, job.downloads) == ("done", f"key_missing:{gone}", 0)
    assert (looks(), unreadable(job)) == (before, 1)

    settings.FIELD_ENCRYPTION_KEYS = keys
    sent = b"".join(fetch(client, job).streaming_content)
    assert "고은별" in sent.decode()
    assert ExportJob.objects.get().problem == ""


def spoil(job):
    """The last chunk was changed in the database."""
    last = job.chunks.order_by("position").last()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM exports_exportchunk WHERE id = %s", [last.pk])
        (sealed,) = cursor.fetchone()
        changed = sealed[:-8] + ("AAAAAAA=" if sealed[-8:] != "AAAAAAA=" else "BBBBBBB=")
        cursor.execute(
            "UPDATE exports_exportchunk SET content = %s WHERE id = %s", [changed, last.pk]
        )


def lose(job):
    """A row in the middle is gone; each that is left can be read."""
    job.chunks.order_by("position")[1].delete()


def swap(job):
    """Something else lies where base64 was."""
    ExportChunk.objects.filter(job=job, position=0).update(content="이것은 파일이 아닙니다")


@pytest.mark.parametrize("harm", [spoil, lose, swap])
def test_a_damaged_file_is_told_deleted_and_never_sent_in_part(client, job, caplog, harm):
    assert job.chunks.count() > 2
    before = looks()
    harm(job)

    assert fetch(client, job).url == page_of(job)

    told = client.get(page_of(job)).context["problem"]
    assert told
    assert told in client.get(page_of(job)).content.decode()
    assert "damaged" in caplog.text
    job = ExportJob.objects.get()
    assert (job.state, job.problem, job.downloads) == ("failed", "damaged", 0)
    assert (looks(), unreadable(job), ExportChunk.objects.count()) == (before, 1, 0)


def test_the_refusal_carries_the_key(job, key_gone):
    with pytest.raises(FileUnreadableError) as refusal:
        services.fetch_file(job, user=job.requested_by, address="192.0.2.7")

    assert refusal.value.key_id == key_gone[0]
