"""Against the commission's own calendars: local elections of 2026, National Assembly of 2024."""

from datetime import date

import pytest

from campaigns.pledges.models import Election
from campaigns.pledges.services import timetable_of
from campaigns.pledges.services.timetable import records_kept_until

pytestmark = pytest.mark.unit


def days_of(kind, vote_on):
    found = timetable_of(Election(kind=kind, vote_on=vote_on))
    assert found == sorted(found, key=lambda day: (day.first, day.last))
    return {day.name: (day.first, day.last) for day in found}


def test_local_elections_of_2026():
    days = days_of(Election.Kind.LOCAL, date(2026, 6, 3))

    assert days["preliminary_governor"][0] == date(2026, 2, 3)
    assert days["preliminary_city"][0] == date(2026, 2, 20)
    assert days["preliminary_county"][0] == date(2026, 3, 22)
    assert days["registration"] == (date(2026, 5, 14), date(2026, 5, 15))
    assert days["guarded"] == (date(2026, 2, 3), date(2026, 6, 3))
    assert days["campaign"] == (date(2026, 5, 21), date(2026, 6, 2))
    assert days["early_voting"] == (date(2026, 5, 29), date(2026, 5, 30))
    assert days["vote"] == (date(2026, 6, 3), date(2026, 6, 3))


def test_national_assembly_of_2024():
    days = days_of(Election.Kind.ASSEMBLY, date(2024, 4, 10))

    assert days["preliminary"][0] == date(2023, 12, 12)
    assert days["registration"] == (date(2024, 3, 21), date(2024, 3, 22))
    assert days["campaign"][0] == date(2024, 3, 28)
    assert days["early_voting"] == (date(2024, 4, 5), date(2024, 4, 6))


def test_presidential_election_of_2022():
    days = days_of(Election.Kind.PRESIDENTIAL, date(2022, 3, 9))

    assert days["preliminary"][0] == date(2021, 7, 12)
    assert days["registration"] == (date(2022, 2, 13), date(2022, 2, 14))
    assert days["campaign"][0] == date(2022, 2, 15)
    assert days["early_voting"] == (date(2022, 3, 4), date(2022, 3, 5))


def test_by_elections_begin_when_a_seat_falls_vacant():
    assert "preliminary" not in days_of(Election.Kind.BY_ELECTION, date(2026, 4, 1))


def test_what_rules_ask_for():
    election = Election(kind=Election.Kind.LOCAL, vote_on=date(2026, 6, 3))

    assert records_kept_until(election) == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("today", "is_now", "is_over"),
    [
        (date(2026, 5, 28), False, False),
        (date(2026, 5, 29), True, False),
        (date(2026, 5, 30), True, False),
        (date(2026, 5, 31), False, True),
    ],
)
def test_a_day_knows_where_one_is(today, is_now, is_over):
    days = timetable_of(Election(kind=Election.Kind.LOCAL, vote_on=date(2026, 6, 3)))
    early = next(day for day in days if day.name == "early_voting")

    assert (early.is_now(today), early.is_over(today)) == (is_now, is_over)
