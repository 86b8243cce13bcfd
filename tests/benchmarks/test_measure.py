import pytest

from benchmarks.measure import Results, Turn

pytestmark = pytest.mark.unit


def turns(*rates):
    return [Turn(rate=rate, cpu_ms=1.0, p50_ms=1.0, p99_ms=1.0) for rate in rates]


def test_ratio_is_taken_inside_each_round():
    results = Results()
    results.turns = {"ours": turns(200, 20, 600), "other": turns(100, 10, 200)}

    assert results.median("ours", "rate") == 200
    assert results.ratio("ours", "other", "rate") == 2
