import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from schedule.models import Job, WorkerHeartbeat
from schedule.registry import register_job
from schedule.services import (
    ALIVE,
    HEARTBEAT_KEPT,
    LEASE,
    beat,
    leave,
    living_workers,
    run_due_jobs,
    worker_is_alive,
)

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture
def runs(no_jobs):
    """One entry for each run of "tests.job", which is due each minute."""
    runs = []
    register_job("tests.job", MINUTE, lambda: runs.append(timezone.now()))
    return runs


@pytest.mark.sqlite_smoke
def test_a_job_runs_once_per_period(db, runs, clock):
    assert [run_due_jobs("a"), run_due_jobs("b")] == [1, 0]

    clock.tick(MINUTE - SECOND)
    assert run_due_jobs("a") == 0
    clock.tick(SECOND)
    assert run_due_jobs("b") == 1

    assert len(runs) == 2


def test_what_a_job_did_can_be_read(db, runs, clock):
    run_due_jobs("a")

    job = Job.objects.get(pk="tests.job")
    assert str(job) == "tests.job"
    assert (job.claimed_by, job.last_error) == ("", "")
    assert job.last_started_at == job.last_finished_at == timezone.now()
    assert job.next_run_at == timezone.now() + MINUTE


def test_a_daily_job_waits_for_its_time_when_it_is_new(db, no_jobs, clock):
    ran = []
    register_job("tests.daily", timedelta(days=1), lambda: ran.append(1), at=time(4, 10))
    assert run_due_jobs() == 0

    clock.move_to("2026-11-24 19:09:59")
    assert run_due_jobs() == 0
    clock.move_to("2026-11-24 19:10:00")
    assert run_due_jobs() == 1
    clock.tick(timedelta(hours=23))
    assert run_due_jobs() == 0

    assert ran == [1]


def test_a_job_that_slept_through_many_periods_runs_once(db, runs, clock):
    run_due_jobs()
    clock.tick(timedelta(days=3))

    assert [run_due_jobs(), run_due_jobs()] == [1, 0]


def test_a_failing_job_stops_no_other_and_is_tried_again(db, runs, clock, caplog):
    def fail():
        raise ZeroDivisionError("garam@naver.com")

    register_job("tests.failing", MINUTE, fail)

    assert run_due_jobs() == 2
    job = Job.objects.get(pk="tests.failing")
    assert (job.last_error, job.claimed_by) == ("ZeroDivisionError", "")
    assert "Job tests.failing failed" in caplog.text

    clock.tick(MINUTE)
    register_job("tests.failing", MINUTE, lambda: None)
    run_due_jobs()
    job.refresh_from_db()
    assert job.last_error == ""


def test_frequent_jobs_are_run_apart_from_the_others(db, runs, clock):
    often = []
    register_job("tests.often", SECOND, lambda: often.append(1))

    assert run_due_jobs(frequent=True) == 1
    assert (len(often), len(runs)) == (1, 0)
    assert run_due_jobs(frequent=False) == 1
    assert (len(often), len(runs)) == (1, 1)


def test_a_job_is_not_started_while_it_runs(db, no_jobs, clock):
    started = []

    def run():
        started.append(1)
        clock.tick(LEASE - SECOND)
        assert run_due_jobs("second") == 0

    register_job("tests.job", SECOND, run)

    assert run_due_jobs("first") == 1
    assert started == [1]


def test_a_job_whose_worker_was_killed_is_taken_over(db, runs, clock):
    Job.objects.create(
        name="tests.job", next_run_at=timezone.now() + LEASE, claimed_by="dead worker"
    )
    assert run_due_jobs("a") == 0

    clock.tick(LEASE)
    assert run_due_jobs("a") == 1
    assert Job.objects.get().claimed_by == ""


def test_a_living_worker_keeps_its_long_job(db, no_jobs, clock):
    started = []

    def run():
        started.append(1)
        for _ in range(10):
            clock.tick(LEASE - SECOND)
            beat("first")
            assert run_due_jobs("second") == 0

    register_job("tests.job", SECOND, run)

    run_due_jobs("first")
    assert started == [1]


def test_the_end_of_a_run_that_another_worker_took_over_changes_nothing(db, no_jobs, clock):
    """The first slept too long without a sign of life; the second is at it when it wakes."""

    def run():
        clock.tick(LEASE + SECOND)
        Job.objects.update(claimed_by="second", next_run_at=timezone.now() + LEASE)

    register_job("tests.job", SECOND, run)
    run_due_jobs("first")

    job = Job.objects.get()
    assert (job.claimed_by, job.last_finished_at) == ("second", None)
    assert job.next_run_at == timezone.now() + LEASE


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_end_could_not_be_written_runs_again(runs, clock):
    """The worker lives and beats on; its claim must not hold the job for ever."""

    def refuse(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "last_finished_at" in sql:
            raise OperationalError("the database went away")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        run_due_jobs("a")
    for _ in range(3):
        clock.tick(LEASE / 3)
        beat("a")

    assert run_due_jobs("a") == 1
    assert len(runs) == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_runs_the_job(no_jobs):
    ran, together = [], threading.Barrier(6)
    register_job("tests.job", timedelta(hours=1), lambda: ran.append(1))

    def work(number):
        together.wait(timeout=30)
        try:
            return run_due_jobs(f"worker {number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(work, range(6)))

    assert sorted(done) == [0, 0, 0, 0, 0, 1]
    assert ran == [1]


def test_a_worker_is_alive_for_a_minute_after_its_last_beat(db, clock):
    assert worker_is_alive() is False
    beat("a")
    clock.tick(SECOND)
    beat("b")

    clock.tick(ALIVE - SECOND)
    assert living_workers() == {"a", "b"}
    clock.tick(SECOND)
    assert living_workers() == {"b"}
    assert worker_is_alive() is True
    clock.tick(SECOND)
    assert worker_is_alive() is False


def test_a_worker_beats_in_one_row(db, clock):
    beat("a")
    clock.tick(SECOND)
    beat("a")

    row = WorkerHeartbeat.objects.get()
    assert (str(row), row.beat_at) == ("a", timezone.now())


def test_workers_gone_for_a_day_are_forgotten(db, clock):
    beat("old")
    clock.tick(HEARTBEAT_KEPT + SECOND)
    beat("new")

    assert list(WorkerHeartbeat.objects.values_list("worker", flat=True)) == ["new"]


def test_a_worker_that_ends_is_no_more(db):
    beat("a")
    beat("b")

    leave("a")

    assert living_workers() == {"b"}
