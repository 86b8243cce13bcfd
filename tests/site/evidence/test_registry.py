import pytest

from evidence import registry
from evidence.registry import Proof, find_proof, register_prover

pytestmark = pytest.mark.unit


def test_the_one_who_gave_a_paper_out_is_found(monkeypatch):
    monkeypatch.setattr(registry, "_provers", [])
    mine = Proof(title="영수증", rows=[("금액", "20,000원")])
    register_prover(lambda _number: None)
    register_prover({"7K3D": mine}.get)

    assert find_proof("7K3D") is mine
    assert find_proof("92QF") is None
