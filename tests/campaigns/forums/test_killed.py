"""SIGKILL in the middle: an order is whole or not there."""

import pytest

from campaigns.forums import emails, services
from campaigns.forums.models import ForumSession, Order, Seat, SeatPool, Ticket
from messaging.models import OutboxMessage
from payments.models import LedgerEntry, Payment, Refund
from tests.campaigns.forums.participant import asked, taken
from tests.campaigns.forums.views.conftest import APPLY, TYPED
from tests.campaigns.forums.waiter import join
from tests.server import Server
from tests.waiting import (
    DEADLINE,
    another_session,
    in_background,
    until,
    until_gone,
    waiting_for_a_lock,
)

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]

KEY = "6f1f1d62-6a3e-4f0c-9f7b-3d1c0a9f3b11"
TABLES = (Order, Ticket, Seat, Payment, LedgerEntry, OutboxMessage, Refund)


@pytest.fixture
def server(process_environment, state, tmp_path):
    server = Server(process_environment, tmp_path)
    yield server
    server.stop()


@pytest.fixture
def make_full(state):
    """The only seat is taken free of charge, and somebody waits for it."""
    ForumSession.objects.filter(part="1부").update(fee_krw=0, capacity=1)
    services.sync_pools(state.page)
    known = services.state_of(state.page)
    order = services.place_order(known, asked(known))
    return order, join(known)


def written():
    return {model.__name__: model.objects.count() for model in TABLES}


def kill_while_waiting(server, address, fields, lock):
    """Post, and kill the server while its transaction waits for what somebody else holds."""
    server.get("/healthz")
    with another_session() as other:
        other.execute(lock)
        asking = in_background(lambda: server.post(address, fields))
        [backend] = until(waiting_for_a_lock)
        server.kill()
        other.rollback()
    until_gone(backend)
    asking.join(DEADLINE)


def test_an_order_is_whole_or_not_there(server, state):
    public = next(session for session in state.sessions if session.is_public)
    fields = {**TYPED, "sessions": str(public.pk), "form_key": KEY}
    server.start()
    before = written()

    kill_while_waiting(server, APPLY, fields, "SELECT * FROM forums_seatpool FOR UPDATE")

    assert written() == before
    assert taken(state) == 0
    server.start()
    assert [server.post(APPLY, fields).status for _ in range(2)] == [303, 303]
    assert Order.objects.count() == taken(state) == 1


def test_a_cancellation_is_whole_or_not_there(server, state):
    order = services.place_order(state, asked(state))
    services.settle_order(str(order.public_id))
    Payment.objects.update(received_krw=20_000, state=Payment.State.PAID, paid_at=order.created_at)
    address = f"{emails.order_path(order)}cancel/"
    fields = {"who": "all-20000", "bank": "가온은행", "account_number": "000-1-222222"}
    fields["account_holder"] = "한가람"
    server.start()
    before = written()

    kill_while_waiting(server, address, fields, "SELECT * FROM forums_seatpool FOR UPDATE")

    assert written() == before
    assert taken(state) == 1
    server.start()
    assert server.post(address, fields).status == 303
    assert Refund.objects.count() == 1
    assert taken(state) == SeatPool.objects.filter(taken__gt=0).count() == 0


def test_a_seat_is_freed_and_offered_together_or_not_at_all(server, make_full):
    """Killed between the seat that gets free and its offer: neither happened, then both."""
    order, waits = make_full
    address = f"{emails.order_path(order)}cancel/"
    server.start()
    before = written()

    kill_while_waiting(
        server, address, {"who": "all-0"}, "SELECT * FROM forums_waitingentry FOR UPDATE"
    )

    assert written() == before
    waits.refresh_from_db()
    order.refresh_from_db()
    assert (waits.state, order.status) == ("waiting", "confirmed")
    server.start()
    assert server.post(address, {"who": "all-0"}).status == 303
    waits.refresh_from_db()
    assert waits.state == "offered"
    assert OutboxMessage.objects.filter(purpose=emails.SEAT_OFFERED).count() == 1
