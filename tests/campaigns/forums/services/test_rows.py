import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.forums.models import Order, Seat, SeatPool, Ticket
from campaigns.forums.services.drafts import Draft
from campaigns.forums.services.rows import insert_together
from campaigns.forums.services.seats import read_pools
from messaging.models import OutboxMessage
from messaging.services import draft_mail
from tests.campaigns.forums.participant import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(state):
    people = ["한가람", "두나래"]
    draft = Draft(state, asked(state, people=people), state.sessions[:1], None, timezone.now())
    order = draft.order()
    tickets = draft.tickets(order)
    mail = draft_mail("forums.order_placed", str(order.public_id))
    return [order, *tickets, *draft.seats(tickets), mail]


@pytest.mark.sqlite_smoke
def test_rows_point_at_each_other_as_they_did_before_they_had_keys(rows):
    with CaptureQueriesContext(connection) as queries:
        insert_together(rows)

    order, first, second, *seats, mail = rows
    assert [list(model.objects.order_by("pk")) for model in (Order, Ticket, Seat)] == [
        [order],
        [first, second],
        seats,
    ]
    assert [ticket.order_id for ticket in (first, second)] == [order.pk] * 2
    assert [seat.ticket_id for seat in seats] == [first.pk, second.pk]
    assert OutboxMessage.objects.get() == mail
    if connection.vendor == "postgresql":
        assert len(queries) == 1


@pytest.mark.sqlite_smoke
def test_what_was_inserted_is_what_was_meant(rows):
    insert_together(rows)

    order, ticket = Order.objects.get(), Ticket.objects.first()
    assert (order.name, order.email, order.organisation) == ("한가람", "garam@mail.example", None)
    assert (ticket.code, ticket.number, ticket.cancelled_at) == (rows[1].code, 1, None)
    order.organisation = "나무 협동조합"
    rows[0].organisation = "나무 협동조합"
    rows[0].save()
    assert Order.objects.get().organisation == order.organisation


def test_a_row_that_is_refused_refuses_all(rows):
    rows[2].number = rows[1].number

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_together(rows)

    assert not Order.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_no_session_has_no_pool(state):
    assert read_pools([], None, state.page.pk) == []
    assert [pool.kind for pool in read_pools([state.sessions[0].pk], None, state.page.pk)] == [
        SeatPool.Kind.SESSION,
        SeatPool.Kind.MEAL,
    ]
