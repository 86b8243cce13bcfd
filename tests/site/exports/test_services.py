"""Asking for an export, making its file, fetching it, and its end."""

import hashlib
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from evidence.models import Event
from evidence.services import verify_chain
from exports import services
from exports.exceptions import AlreadyOverError, NotAllowedError, NotReadyError
from exports.models import FETCHABLE, ExportChunk, ExportJob
from exports.registry import source_named
from exports.services import run
from privacy.exceptions import AccessLogUnavailableError
from privacy.models import AccessEntry
from tests.factories.accounts import UserFactory
from tests.factories.exports import ExportJobFactory
from tests.factories.petitions import PetitionPageFactory, SignatureFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ASKED = {"format": "csv", "purpose": "verification", "reason": "대조", "address": "192.0.2.7"}


@pytest.fixture
def administrator(db):
    return UserFactory(administrator=True)


@pytest.fixture
def petition(home_page):
    return PetitionPageFactory()


@pytest.fixture
def job(petition):
    SignatureFactory(petition=petition, confirmed=True, name="고은별")
    return ExportJobFactory(options={"petition": petition.pk, "statuses": ["confirmed"]})


def content(job, **changes):
    asked = {"user": job.requested_by, "address": "192.0.2.7", **changes}
    return b"".join(services.fetch_file(job, **asked))


def finished(job):
    services.run_export(job.public_id)
    job.refresh_from_db()
    return job


def steps(job):
    events = Event.objects.filter(subject_type="export", subject_id=str(job.public_id))
    return list(events.order_by("sequence").values_list("kind", flat=True))


@pytest.mark.sqlite_smoke
def test_a_file_is_made_and_fetched_and_all_of_it_is_on_record(administrator, petition):
    row = SignatureFactory(petition=petition, confirmed=True, name="고은별")
    job = services.request_export(
        "petitions.signatures", user=administrator, options={"petition": petition.pk}, **ASKED
    )

    finished(job)
    file = content(job)

    assert "고은별" in file.decode()
    assert (job.state, job.total, job.percent) == ("done", 1, 100)
    assert job.digest == hashlib.sha256(file).hexdigest()
    assert job.manifest_digest == hashlib.sha256(job.manifest.encode()).hexdigest()
    assert job.expires_at - job.finished_at == FETCHABLE
    assert steps(job) == ["requested", "finished", "downloaded"]
    assert verify_chain("export", str(job.public_id)).holds
    made, fetched = AccessEntry.objects.order_by("pk")
    assert list(made.subjects.values_list("subject", flat=True)) == [str(row.public_id)]
    assert (fetched.count, fetched.reason, fetched.address) == (1, "대조", "192.0.2.7")


def test_the_stored_file_and_the_reason_name_nobody(job):
    finished(job)

    with transaction.atomic():
        stored = ExportChunk.objects.extra(select={"raw": "content"}).values_list("raw", flat=True)
        assert all(":" in str(raw) for raw in stored)
    assert "고은별" not in job.manifest


def test_who_lost_the_right_gets_no_file_made(job):
    job.requested_by = UserFactory()
    job.save()

    finished(job)

    assert (job.state, job.problem) == ("failed", "not_allowed")
    assert not job.chunks.exists()
    assert not AccessEntry.objects.exists()


def test_nobody_asks_without_the_right(petition):
    with pytest.raises(NotAllowedError):
        services.request_export(
            "petitions.signatures", user=UserFactory(), options={"petition": petition.pk}, **ASKED
        )
    with pytest.raises(NotAllowedError):
        services.request_export(
            "no.such", user=UserFactory(administrator=True), options={}, **ASKED
        )

    assert not ExportJob.objects.exists()


def test_only_who_asked_fetches_and_only_while_permitted(job):
    finished(job)

    with pytest.raises(NotAllowedError):
        content(job, user=UserFactory(administrator=True))
    job.requested_by.is_superuser = False
    with pytest.raises(NotAllowedError):
        content(job)


def test_what_is_not_finished_cannot_be_fetched(job):
    with pytest.raises(NotReadyError):
        content(job)


def test_after_a_day_the_file_is_gone_and_the_register_stays(job, clock):
    finished(job)
    clock.tick(FETCHABLE)

    with pytest.raises(NotReadyError):
        content(job)
    assert services.purge_expired() == 1
    assert services.purge_expired() == 0
    job.refresh_from_db()
    assert (job.state, job.chunks.count()) == ("expired", 0)
    assert steps(job)[-1] == "deleted"
    assert job.manifest


def test_a_file_whose_time_is_not_over_stays(job):
    finished(job)

    assert services.purge_expired() == 0
    assert job.chunks.exists()


def test_purging_passes_over_what_another_worker_purged(job, clock, monkeypatch):
    finished(job)
    clock.tick(FETCHABLE)
    stale = list(ExportJob.objects.past_their_time())
    services.purge_expired()
    monkeypatch.setattr(
        type(ExportJob.objects), "past_their_time", lambda self: _Stale(stale), raising=True
    )

    assert services.purge_expired() == 0
    assert steps(job).count("deleted") == 1


class _Stale(list):
    """A list of jobs as it was read before another worker had its turn."""

    def filter(self, **_conditions):
        return ExportJob.objects.none()


@pytest.mark.parametrize("when", ["queued", "done"])
def test_cancelling_stops_it_and_deletes_the_file(job, when):
    if when == "done":
        finished(job)

    services.cancel_export(job)

    finished(job)
    assert job.state == "cancelled"
    assert not job.chunks.exists()
    with pytest.raises(AlreadyOverError):
        services.cancel_export(job)


def test_a_cancelled_job_stops_within_a_batch(job, monkeypatch):
    real = run.record_access

    def cancelled_meanwhile(**arguments):
        services.cancel_export(job)
        return real(**arguments)

    monkeypatch.setattr(run, "record_access", cancelled_meanwhile)

    finished(job)

    assert job.state == "cancelled"
    assert not job.chunks.exists()


def test_a_run_that_was_overtaken_writes_nothing_more(job, monkeypatch):
    SignatureFactory(petition_id=job.options["petition"], confirmed=True)
    monkeypatch.setattr(run, "BATCH", 1)
    real, other = run.record_access, uuid.uuid4()

    def overtaken(**arguments):
        ExportJob.objects.filter(pk=job.pk).update(run=other)
        return real(**arguments)

    monkeypatch.setattr(run, "record_access", overtaken)

    finished(job)

    assert (job.state, job.run) == ("running", other)
    assert not job.chunks.exists()


def test_a_killed_run_is_begun_again_from_nothing(job):
    dead = uuid.uuid4()
    ExportJob.objects.filter(pk=job.pk).update(state="running", run=dead, written=1)
    ExportChunk.objects.create(job=job, run=dead, position=0, content="aGFsZg==")

    finished(job)

    assert job.state == "done"
    assert content(job).startswith("\ufeff".encode())
    assert not job.chunks.filter(run=dead).exists()


def test_a_finished_job_is_not_made_twice(job):
    finished(job)
    digest = job.digest

    finished(job)

    assert job.digest == digest
    assert steps(job) == ["finished"]


@pytest.mark.parametrize(
    ("error", "problem", "raised"),
    [
        (DatabaseError("disk full"), "storage", True),
        (OSError(28, "No space left on device"), "storage", True),
        (ValueError("?"), "defect", True),
        (AccessLogUnavailableError(), "access_log", False),
    ],
)
def test_a_failure_is_told_and_leaves_nothing_half_made(job, monkeypatch, error, problem, raised):
    def fails(**_arguments):
        raise error

    monkeypatch.setattr(run, "record_access", fails)

    if raised:
        with pytest.raises(type(error)):
            services.run_export(job.public_id)
    else:
        services.run_export(job.public_id)

    job.refresh_from_db()
    assert (job.state, job.problem) == ("failed", problem)
    assert not job.chunks.exists()


def test_a_large_file_is_stored_in_chunks_of_one_size(job, monkeypatch):
    monkeypatch.setattr(run, "CHUNK_BYTES", 64)
    for _ in range(3):
        SignatureFactory(petition_id=job.options["petition"], confirmed=True)

    finished(job)

    assert job.chunks.count() == -(-job.size // 64)
    assert len(content(job)) == job.size
    assert job.total == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "odd"},
        {"state": "done"},
        {"state": "done", "finished_at": timezone.now(), "expires_at": timezone.now()},
    ],
)
def test_the_database_keeps_the_rules(job, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportJob.objects.filter(pk=job.pk).update(**wrong)


def test_an_unknown_source_has_no_name():
    assert source_named("no.such") is None


def test_time_left_is_said_by_the_row(job):
    finished(job)
    job.expires_at = timezone.now() - timedelta(seconds=1)

    assert not job.is_ready
