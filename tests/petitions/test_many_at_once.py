"""Many people, and one person many times, at the same moment."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from petitions import services
from petitions.exceptions import PetitionError
from petitions.models import CountDelta, Signature
from tests.conftest import publish
from tests.petitions.citizen import cleaned, typed

pytestmark = pytest.mark.integration

SIGN = "/campaigns/basic-act/petition/sign/"
POSTS = 50
CONSENTS = 5


def at_once(calls):
    """Run the calls in threads that all begin at the same moment."""
    begin = threading.Barrier(len(calls))

    def run(call):
        begin.wait(30)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def stored(server):
    """(signatures, consents, mails, sum of the deltas) in the server's database."""
    statements = (
        "SELECT count(*) FROM petitions_signature WHERE status = 'confirmed'",
        "SELECT count(*) FROM privacy_consentrecord",
        "SELECT count(*) FROM messaging_outboxmessage",
        "SELECT coalesce(sum(change), 0) FROM petitions_countdelta",
    )
    if connection.vendor == "sqlite":
        database = sqlite3.connect(server.folder / "db.sqlite3")
        counted = [database.execute(statement).fetchone()[0] for statement in statements]
        database.close()
        return tuple(counted)
    with connection.cursor() as cursor:
        return tuple(cursor.execute(s).fetchone()[0] for s in statements)


@pytest.mark.sqlite_smoke
@pytest.mark.django_db(transaction=True)
def test_fifty_identical_posts_make_one_row_and_one_count(petition_page, server):
    petition_page.confirmation_required = False
    publish(petition_page)
    server.start()

    answers = at_once([lambda: server.post(SIGN, typed())] * POSTS)

    assert [answer.status for answer in answers] == [303] * POSTS, server.log
    assert len({len(answer.cookie) for answer in answers}) == 1
    assert stored(server) == (1, CONSENTS, POSTS, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_people_at_once_are_fifty(petition_page, server):
    petition_page.confirmation_required = False
    publish(petition_page)
    server.start()
    people = [typed(email=f"citizen{n}@mail.example") for n in range(POSTS)]

    answers = at_once([lambda fields=fields: server.post(SIGN, fields) for fields in people])

    assert [answer.status for answer in answers] == [303] * POSTS, server.log
    assert stored(server) == (POSTS, CONSENTS * POSTS, POSTS, POSTS)
    at_once([services.fold_counts] * 4)
    assert services.live_count(petition_page.pk).confirmed == POSTS
    numbers = Signature.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, POSTS + 1))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_confirming_many_times_at_once_counts_once(signature):
    at_once([lambda: services.confirm_signature(signature.public_id)] * 10)

    assert CountDelta.objects.count() == 1
    services.fold_counts()
    assert services.live_count(signature.petition_id).confirmed == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_leaving_in_every_way_at_once_leaves_once(counted_signature):
    public_id = counted_signature.public_id
    ways = [
        lambda: services.withdraw_signature(public_id),
        lambda: services.deny_signature(public_id),
        lambda: services.invalidate_signature(public_id, actor="1", reason="중복"),
        lambda: services.undo_status_change(public_id, actor="1"),
    ]

    at_once([lambda way=way: _unless_refused(way) for way in ways * 3])

    services.fold_counts()
    assert services.live_count(counted_signature.petition_id).confirmed == 0
    assert services.recount() == {}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_correcting_many_times_at_once_leaves_one_signature(state_at_once):
    attempt = services.sign_petition(state_at_once, cleaned())

    def correct():
        services.correct_address(state_at_once, attempt, "garam@other.example")
        services.take_back_attempt(attempt.public_id, corrected_at=timezone.now())

    at_once([correct] * 10)

    services.fold_counts()
    assert services.live_count(state_at_once.petition_id).confirmed == 1
    assert Signature.objects.confirmed().count() == 1
    assert services.recount() == {}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_folders_at_once_fold_each_change_once(state_at_once):
    for n in range(20):
        services.sign_petition(state_at_once, cleaned(email=f"citizen{n}@mail.example"))

    folded = at_once([lambda: services.fold_petition(state_at_once.petition_id)] * 4)

    assert sum(folded) + services.fold_counts() == 20
    assert services.live_count(state_at_once.petition_id).confirmed == 20
    assert services.recount() == {}


def _unless_refused(call):
    try:
        call()
    except PetitionError:
        return False
    return True
