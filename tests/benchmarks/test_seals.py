import pytest

from benchmarks import seals
from tests.factories.pledge_files import plain_pdf

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_sealing_and_checking_are_held_against_the_libraries_alone(home_page, tmp_path):
    found = seals.measure(1, str(tmp_path / "signing"))

    assert set(found) == {"seal_seconds", "seal_ratio", "check_seconds", "check_ratio"}
    assert all(value > 0 for value in found.values())


def test_each_turn_is_held_against_the_floor_of_the_same_turn(monkeypatch):
    times = iter([9.0, 9.0, 1.0, 2.0, 1.0, 4.0, 2.0, 6.0])
    monkeypatch.setattr(seals, "clock", lambda _run: next(times))

    found = seals.in_turns("x", [list] * 4, [list] * 4)

    assert found == {"x_seconds": 4.0, "x_ratio": 3.0}


def test_a_grown_file_is_larger_by_a_mebibyte(monkeypatch):
    content = plain_pdf()
    assert len(seals.grown(content)) - len(content) > seals.MEBIBYTE
