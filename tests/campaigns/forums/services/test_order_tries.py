"""What a registration does when the database says no to its first try, or to all of them."""

import pytest
from django.db import IntegrityError

from campaigns.forums import services
from campaigns.forums.exceptions import RegistrationClosedError
from campaigns.forums.models import Order
from campaigns.forums.services import orders
from messaging.models import OutboxMessage
from payments.models import Payment
from tests.campaigns.forums.participant import asked, taken

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def written(monkeypatch):
    """Each try to write an order ends like the next of these; what is left over is written."""
    ends = []

    def write(*told, real=orders._write):
        if ends:
            raise ends.pop(0)
        return real(*told)

    monkeypatch.setattr(orders, "_write", write)
    return ends


def test_a_number_that_another_order_drew_is_drawn_anew(state, written):
    written.append(IntegrityError())

    order = services.place_order(state, asked(state))

    assert Order.objects.get() == order
    assert taken(state) == Payment.objects.count() == 1


def test_seats_that_come_and_go_at_every_try_end_in_a_refusal(state, written):
    written += [orders._NoRoomError()] * orders.TRIES

    with pytest.raises(RegistrationClosedError):
        services.place_order(state, asked(state))

    assert not written
    assert taken(state) == Order.objects.count() == OutboxMessage.objects.count() == 0
