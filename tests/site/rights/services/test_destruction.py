import logging
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evidence.models import Event
from privacy.models import Token
from rights import services
from rights.exceptions import RetentionFailedError
from rights.models import DestructionRecord
from rights.registry import clocked_rules, register_rule, sets
from rights.services import destruction
from schedule.registry import jobs, stopping
from tests.factories.accounts import UserFactory
from tests.factories.privacy import TokenFactory
from tests.factories.rights import make_rule

pytestmark = pytest.mark.unit


def ended(days, count=1):
    return TokenFactory.create_batch(count, expires_at=timezone.now() - timedelta(days=days))


@pytest.mark.sqlite_smoke
def test_what_is_due_goes_and_is_in_the_log(rule):
    ended(4)
    ended(3)
    kept = ended(1)

    assert services.destroy_due() == 2

    assert list(Token.objects.all()) == kept
    line = DestructionRecord.objects.get()
    assert (line.data_set, line.rule, line.count) == ("tests.papers", "tests.rule", 2)
    assert (line.rule_label, line.legal_basis, line.method) == (
        "다 쓴 종이",
        "법 제1조",
        "찢어서 버림",
    )
    assert (line.due_from, line.due_to) == (date(2026, 11, 21), date(2026, 11, 22))
    assert line.destroyed_at == timezone.now()
    assert services.check_ledger(2026).holds


@pytest.mark.sqlite_smoke
def test_twice_destroys_nothing_more_and_writes_nothing_more(rule):
    ended(3, 5)

    assert (services.destroy_due(), services.destroy_due()) == (5, 0)
    assert [line.count for line in DestructionRecord.objects.order_by("pk")] == [2, 2, 1]
    assert len(set(DestructionRecord.objects.values_list("run", flat=True))) == 1


def test_nothing_goes_before_its_time(rule, clock):
    """korea.md 3.10, test 7, before the day; what is due goes and is in the log above."""
    ended(1)
    assert services.destroy_due() == 0

    clock.tick(timedelta(seconds=1))
    assert services.destroy_due() == 1


class KilledError(Exception):
    """Ends a job between two statements."""


def break_after(monkeypatch, module, name, calls=2):
    """Let the function do its work and fail at its n-th call."""
    real, made = getattr(module, name), []

    def broken(*args, **kwargs):
        result = real(*args, **kwargs)
        made.append(result)
        if len(made) == calls:
            raise KilledError
        return result

    monkeypatch.setattr(module, name, broken)


@pytest.mark.parametrize("step", ["wait_for_holds", "held_scopes", "write_ledger"])
def test_a_batch_and_its_line_are_whole_or_not_there(rule, monkeypatch, step):
    ended(3, 5)
    with monkeypatch.context() as broken:
        break_after(broken, destruction, step)
        with pytest.raises(RetentionFailedError, match=r"tests\.rule"):
            services.destroy_due()
    assert Token.objects.count() == 3
    assert [line.count for line in DestructionRecord.objects.all()] == [2]

    assert services.destroy_due() == 3

    assert sum(line.count for line in DestructionRecord.objects.all()) == 5
    assert services.check_ledger(2026).holds


def test_one_rule_that_fails_keeps_no_other_from_its_work(rule, monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        raise KilledError

    bad = make_rule(replace(rule.clock, due=fail), name="tests.bad")
    monkeypatch.setattr(sets, "_rules", {"bad": bad, "good": rule})
    ended(3)

    with caplog.at_level(logging.ERROR), pytest.raises(RetentionFailedError, match=r"tests\.bad"):
        services.destroy_due()

    assert not Token.objects.exists()
    assert "Retention rule tests.bad" in caplog.text


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("scope", ["", "7"])
def test_what_is_held_stays_until_the_hold_is_lifted(rule, monkeypatch, scope):
    """The rows of these rules have no parts; the clock is told which are held."""
    told = []

    def due(moment, *, held, **limits):
        told.append(held)
        return [] if held else rule.clock.due(moment, held=held, **limits)

    held_rule = replace(rule, clock=replace(rule.clock, due=due))
    monkeypatch.setattr(sets, "_rules", {rule.name: held_rule})
    ended(3)
    hold = services.place_hold("tests.papers", scope, reason="소송", user=UserFactory())

    assert services.destroy_due() == 0
    assert told == ([] if scope == "" else [{"7"}])
    services.lift_hold(hold.pk, reason="끝남", user=UserFactory())
    assert services.destroy_due() == 1


@pytest.mark.parametrize("ending", ["told to end", "out of time"])
def test_what_is_left_waits_for_the_next_run(rule, monkeypatch, ending):
    ended(3)
    if ending == "told to end":
        monkeypatch.setattr(stopping, "is_set", lambda: True)
    else:
        monkeypatch.setattr(destruction, "LONGEST_SECONDS", -1)

    assert services.destroy_due() == 0
    monkeypatch.undo()
    assert Token.objects.count() == 1


def test_a_rule_without_a_clock_destroys_nothing(rule, monkeypatch):
    standing = replace(rule, clock=None)
    monkeypatch.setattr(sets, "_rules", {rule.name: standing})
    ended(3)

    assert services.destroy_due() == 0
    now = timezone.now()
    assert (services.count_due(standing, now), services.due_rows(standing, now, 5)) == (0, [])


def test_the_dry_run_touches_nothing(rule, monkeypatch):
    monkeypatch.setattr(destruction, "PAGE", 2)
    ended(3, 5)
    now = timezone.now()

    assert services.count_due(rule, now) == 5
    assert len(services.due_rows(rule, now, 3)) == 3

    assert Token.objects.count() == 5
    assert not Event.objects.exists()
    monkeypatch.setattr(destruction, "COUNTED", 4)
    assert services.count_due(rule, now) == 4


def test_what_should_have_gone_two_days_ago_is_overdue(rule, clock):
    ended(3)
    assert rule not in services.overdue_rules(timezone.now())

    clock.tick(timedelta(seconds=1))
    assert rule in services.overdue_rules(timezone.now())


@pytest.mark.parametrize(("data_set", "is_told"), [("tests.papers", False), ("tests.other", True)])
def test_what_is_held_is_not_overdue(rule, data_set, is_told):
    ended(9)
    services.place_hold(data_set, "", reason="소송", user=UserFactory())

    assert (rule in services.overdue_rules(timezone.now())) is is_told


def test_holds_are_read_once_for_all_rules(rule):
    with CaptureQueriesContext(connection) as asked:
        services.overdue_rules(timezone.now())

    assert len(list(clocked_rules())) == 3
    assert len([row for row in asked if "rights_retentionhold" in row["sql"]]) == 1


def test_the_worker_destroys_each_night():
    job = jobs["rights.destroy_due"]

    assert (job.run, job.every, job.at.hour) == (services.destroy_due, timedelta(days=1), 3)


def test_a_second_rule_of_the_same_name_is_refused(rule):
    """Told twice, a rule without a clock would take the place of the one that destroys."""
    register_rule(rule)

    with pytest.raises(ValueError, match=r"tests\.rule"):
        register_rule(replace(rule, clock=None))

    assert (rule, rule.clock) in clocked_rules()
