import pytest

from benchmarks.goals import Ratio

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("bounds", "line"),
    [
        ({"most": 2}, "PASS      2.00  <= 2     cost"),
        ({"most": 1.9}, "FAIL      2.00  <= 1.9   cost"),
        ({"least": 2}, "PASS      2.00  >= 2     cost"),
        ({"least": 2.1}, "FAIL      2.00  >= 2.1   cost"),
        ({}, "          2.00           cost"),
    ],
)
def test_a_ratio_says_whether_it_keeps_its_bound(bounds, line):
    ratio = Ratio("cost", 2.0, **bounds)

    assert str(ratio) == line
    assert ratio.holds == ("FAIL" not in line)
