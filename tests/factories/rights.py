"""Rules and rows for tests of retention."""

from rights.registry import RetentionRule
from rights.services.by_age import clock_by_age


def make_rule(clock, **changes):
    """A rule that stands for no real data."""
    words = {
        "name": "tests.rule",
        "data_set": "tests.papers",
        "label": "다 쓴 종이",
        "period": lambda: "하루",
        "legal_basis": "법 제1조",
        "method": "찢어서 버림",
        "remains": "없음",
    }
    return RetentionRule(clock=clock, **{**words, **changes})


__all__ = ["clock_by_age", "make_rule"]
