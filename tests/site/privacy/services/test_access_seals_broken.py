import pytest

from evidence.services import ChainCheck
from privacy.services import access_seals


@pytest.mark.django_db
def test_a_broken_chain_of_a_year_is_named(monkeypatch):
    monkeypatch.setattr(access_seals, "verify_chain", lambda *_: ChainCheck(3, 2, "changed"))

    [fault] = access_seals.find_faults_of_year(2026)

    assert (fault.where, fault.reason) == ("access 2026 #2", "changed")
