from datetime import timedelta

import pytest

from privacy.models import Token
from rights.registry import sets
from tests.factories.rights import clock_by_age, make_rule


@pytest.fixture
def rule(db, clock, monkeypatch):
    """The only rule there is: links go a day after their end, two at a time."""
    rule = make_rule(clock_by_age(Token.objects.all, "expires_at", timedelta(days=1), batch=2))
    monkeypatch.setattr(sets, "_rules", {rule.name: rule})
    return rule
