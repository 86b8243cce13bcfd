import pytest
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.exceptions import OrderGoneError
from campaigns.forums.models import Order
from campaigns.forums.services import retention
from messaging.models import OutboxMessage
from privacy.models import Token
from tests.campaigns.forums.participant import asked

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

NEW = "new@mail.example"


@pytest.fixture
def order(free_state):
    order = services.place_order(free_state, asked(free_state))
    emails.order_path(order)
    return order


def mails(order, purpose):
    return OutboxMessage.objects.filter(subject=str(order.public_id), purpose=purpose).count()


@pytest.mark.sqlite_smoke
def test_another_address_gets_the_link_and_old_links_end(order):
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT, sent_at=timezone.now())

    for _twice in range(2):
        services.move_order(order.public_id, NEW)

    order.refresh_from_db()
    assert order.email == NEW
    assert not Token.objects.filter(purpose=emails.ORDER_TOKEN).exists()
    assert mails(order, emails.ORDER_PLACED) == 1


def test_a_cancelled_one_moves_without_a_mail(order):
    services.cancel_order(order)
    before = mails(order, emails.ORDER_PLACED)

    services.move_order(order.public_id, NEW)

    assert mails(order, emails.ORDER_PLACED) == before


def test_who_left_has_nothing_to_change(order):
    for _twice in range(2):
        services.leave_order(order.public_id)

    assert Order.objects.get().anonymised_at
    for change in (
        lambda: services.move_order(order.public_id, NEW),
        lambda: services.correct_order(order.public_id, {"name": "한가온"}),
    ):
        with pytest.raises(OrderGoneError):
            change()


def test_emptying_twice_changes_nothing_more(order):
    retention.empty_orders([order])
    moment = Order.objects.get().anonymised_at

    retention.empty_orders([order])

    assert Order.objects.get().anonymised_at == moment


def test_a_telephone_and_an_organisation_can_be_taken_out(order):
    values = {"name": order.name, "phone": "", "organisation": ""}

    assert services.correct_order(order.public_id, values) == ["phone"]

    order.refresh_from_db()
    assert (order.phone, order.phone_index) == (None, None)
