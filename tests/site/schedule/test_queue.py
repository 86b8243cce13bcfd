from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from schedule.jobs import tend_task_queue
from schedule.models import WorkerHeartbeat
from schedule.queue import MAX_RUNS, requeue_stuck_tasks, run_queued_task
from schedule.services import ALIVE, beat, leave, living_workers

done: list[str] = []
RUNNING, READY = TaskResultStatus.RUNNING, TaskResultStatus.READY


@task()
def do(word):
    if word == "fail":
        raise ZeroDivisionError
    if word == "who":
        word = ",".join(sorted(living_workers()))
    done.append(word)


@pytest.fixture(autouse=True)
def _queue(transactional_db, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    done.clear()


def row(result):
    return DBTaskResult.objects.get(pk=result.id)


def leave_behind(*workers):
    """A task that the last of these workers had taken when it died."""
    result = do.enqueue("left behind")
    DBTaskResult.objects.filter(pk=result.id).update(
        status=RUNNING, started_at=timezone.now(), worker_ids=list(workers)
    )
    return result


def test_a_queued_task_is_run_once():
    result = do.enqueue("a")

    assert [run_queued_task("worker"), run_queued_task("worker")] == [True, False]

    assert done == ["a"]
    assert row(result).status == TaskResultStatus.SUCCESSFUL
    assert row(result).worker_ids == ["worker"]


def test_one_task_at_a_time_so_that_an_end_is_heard_between_two():
    do.enqueue("a")
    do.enqueue("b")

    run_queued_task("worker")

    assert len(done) == 1


def test_a_failing_task_stops_no_other():
    failed, other = do.enqueue("fail"), do.enqueue("a")

    assert [run_queued_task("worker") for _ in range(3)] == [True, True, False]

    assert row(failed).status == TaskResultStatus.FAILED
    assert row(other).status == TaskResultStatus.SUCCESSFUL


def test_a_worker_is_heard_of_before_it_takes_a_task():
    do.enqueue("who")

    run_queued_task("worker")

    assert done == ["worker"]


def test_a_task_of_a_dead_worker_is_run_again(clock):
    beat("dead")
    result = leave_behind("dead")
    clock.tick(ALIVE + timedelta(seconds=1))

    assert requeue_stuck_tasks() == 1
    assert (row(result).status, row(result).started_at) == (READY, None)
    run_queued_task("other")

    assert done == ["left behind"]
    assert row(result).worker_ids == ["dead", "other"]


def test_a_task_of_a_worker_that_left_is_run_again():
    beat("gone")
    leave_behind("gone")
    leave("gone")

    assert requeue_stuck_tasks() == 1


def test_a_task_of_a_living_worker_is_left_to_it():
    beat("busy")
    result = leave_behind("dead", "busy")

    assert requeue_stuck_tasks() == 0
    assert row(result).status == RUNNING


def test_a_task_that_outlived_three_workers_is_left_alone():
    result = leave_behind(*map(str, range(MAX_RUNS)))

    assert requeue_stuck_tasks() == 0
    assert row(result).status == RUNNING


def test_tasks_long_done_are_forgotten(clock):
    old, young = do.enqueue("a"), do.enqueue("b")
    while run_queued_task("worker"):
        continue
    DBTaskResult.objects.filter(pk=old.id).update(finished_at=timezone.now() - timedelta(days=60))
    stuck = leave_behind("dead")
    WorkerHeartbeat.objects.all().delete()

    tend_task_queue()

    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {row(young).pk, row(stuck).pk}
    assert row(stuck).status == READY


def test_with_another_queue_the_worker_has_nothing_to_run(settings):
    do.enqueue("a")
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

    assert run_queued_task("worker") is False
    assert done == []
