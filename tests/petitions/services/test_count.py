import logging

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from petitions import services
from petitions.models import CountDelta, Signature, Tally
from tests.factories.petitions import PetitionPageFactory, SignatureFactory, TallyFactory
from tests.petitions.citizen import cleaned

pytestmark = pytest.mark.unit


def test_live_count_before_the_first_fold_is_zero(petition_page, clock):
    live = services.live_count(petition_page.pk)

    assert (live.online, live.paper, live.confirmed) == (0, 0, 0)
    assert live.as_of.isoformat() == "2026-11-24T03:00:00+00:00"


def test_live_count_adds_paper(petition_page):
    tally = TallyFactory(petition=petition_page, online=7, paper=3)

    live = services.live_count(petition_page.pk)

    assert (live.online, live.paper, live.confirmed) == (7, 3, 10)
    assert live.as_of == tally.folded_at
    assert tally.confirmed == 10


@pytest.mark.sqlite_smoke
def test_fold_moves_deltas_into_the_tally(state):
    public_ids = _confirmed(state, 3)
    assert services.live_count(state.petition_id).confirmed == 0

    assert services.fold_counts() == 3

    assert services.live_count(state.petition_id).confirmed == 3
    assert not CountDelta.objects.exists()
    numbers = {s.public_id: s.number for s in Signature.objects.all()}
    assert [numbers[public_id] for public_id in public_ids] == [1, 2, 3]
    assert services.fold_counts() == 0


@pytest.mark.sqlite_smoke
def test_fold_lowers_the_count(state):
    first, _second = _confirmed(state, 2)
    services.fold_counts()
    services.withdraw_signature(first)

    assert services.fold_counts() == 1
    assert services.live_count(state.petition_id).confirmed == 1


def test_fold_of_a_signature_that_came_and_went(state):
    [public_id] = _confirmed(state, 1)
    services.withdraw_signature(public_id)

    assert services.fold_counts() == 2
    assert services.live_count(state.petition_id).confirmed == 0


def test_fold_keeps_the_number_a_signer_was_told(state):
    [first] = _confirmed(state, 1)
    services.fold_counts()
    services.invalidate_signature(first, actor="1", reason="중복")
    services.fold_counts()
    _confirmed(state, 2, start=5)
    services.fold_counts()
    services.undo_status_change(first, actor="1")
    services.fold_counts()

    assert Signature.objects.get(public_id=first).number == 1
    assert services.live_count(state.petition_id).confirmed == 3


def test_fold_counts_paper_into_the_number(state):
    TallyFactory(petition=state.page, paper=40)
    [public_id] = _confirmed(state, 1)

    services.fold_counts()

    assert Signature.objects.get(public_id=public_id).number == 41


def test_fold_keeps_petitions_apart(state):
    other = services.state_of(PetitionPageFactory(parent=state.page.get_parent()))
    _confirmed(state, 2)
    _confirmed(other, 1)

    assert services.fold_counts() == 3

    assert services.live_count(state.petition_id).confirmed == 2
    assert services.live_count(other.petition_id).confirmed == 1


def test_fold_of_nothing_leaves_the_tally(state):
    tally = TallyFactory(petition=state.page)

    assert services.fold_petition(state.petition_id) == 0

    assert Tally.objects.get().folded_at == tally.folded_at


@pytest.mark.parametrize("rows", [1, 3])
def test_fold_asks_as_often_for_three_as_for_one(state, rows):
    TallyFactory(petition=state.page)
    _confirmed(state, rows)

    with CaptureQueriesContext(connection) as asked:
        services.fold_petition(state.petition_id)

    statements = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    updates = [sql for sql in statements if "SET number" in sql]
    assert (len(statements) - len(updates), len(updates)) == (4, 1)


@pytest.mark.sqlite_smoke
def test_recount_finds_no_drift_before_and_after_folding(state):
    first, *_ = _confirmed(state, 3)
    services.fold_counts()
    services.withdraw_signature(first)

    assert services.recount() == {}
    services.fold_counts()
    assert services.recount() == {}


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("drift", [2, -1])
def test_recount_repairs_and_reports_drift(state, caplog, drift):
    _confirmed(state, 2)
    services.fold_counts()
    _confirmed(state, 1, start=9)
    Tally.objects.update(online=2 + drift)

    with caplog.at_level(logging.ERROR, logger="petitions"):
        assert services.recount() == {state.petition_id: drift}

    assert f"was off by {drift}" in caplog.text
    services.fold_counts()
    assert services.live_count(state.petition_id).confirmed == 3
    assert services.recount() == {}


def test_recount_of_one_petition_that_fails_stops_no_other(state, caplog):
    Tally.objects.create(pk=state.petition_id, folded_at=timezone.now())
    broken = SignatureFactory(petition=state.page)
    CountDelta.objects.create(petition=state.page, signature=broken, change=1)
    drifted = TallyFactory(online=5, petition__parent=state.page.get_parent())

    with pytest.raises(RuntimeError, match="1 petitions"):
        services.recount()

    assert services.live_count(drifted.pk).confirmed == 0
    assert f"Petition {state.petition_id} could not be recounted" in caplog.text


def test_recount_without_a_tally_has_nothing_to_compare(state):
    SignatureFactory(petition=state.page, confirmed=True)

    assert services.recount() == {}


def test_fold_is_undone_with_its_transaction(state):
    _confirmed(state, 1)

    with transaction.atomic():
        services.fold_counts()
        transaction.set_rollback(True)

    assert CountDelta.objects.count() == 1
    assert services.live_count(state.petition_id).confirmed == 0


def _confirmed(state, number, start=0):
    public_ids = []
    for n in range(start, start + number):
        email, version = f"citizen{n}@mail.example", state.form_version
        attempt = services.sign_petition(state, cleaned(email=email, form_version=version))
        services.confirm_signature(attempt.public_id)
        public_ids.append(attempt.public_id)
    return public_ids
