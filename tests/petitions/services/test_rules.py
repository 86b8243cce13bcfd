import pytest

from petitions.services.rules import RULES, SIGNATURES
from rights.registry import retention_rules

pytestmark = pytest.mark.unit


def test_each_rule_is_registered_and_says_what_people_are_told():
    registered = {rule for _data_set, rule in retention_rules()}

    for rule in RULES:
        assert rule in registered
        assert all(
            map(str, (rule.period(), rule.label, rule.legal_basis, rule.method, rule.remains))
        )
    assert [rule.name for rule in RULES if rule.data_set == SIGNATURES] == [
        "signatures_over",
        "signatures_unconfirmed",
    ]
    assert "6" in RULES[0].period()
