import pytest

from campaigns.forums import services
from campaigns.forums.exceptions import ChangeNotPossibleError
from campaigns.forums.models import Order
from evidence.models import Event
from messaging.models import OutboxMessage
from payments.models import Refund
from payments.services import mark_paid
from tests.campaigns.forums.participant import asked, payment_of
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.mark.parametrize("change", ["", "postponed", "cancelled"])
def test_nothing_follows_a_cancellation(forum, change):
    """Also for whoever still has the page open from before."""
    told = {"reason": "태풍 예보", "user": UserFactory()}
    services.change_forum(forum, change="cancelled", **told)
    before = Event.objects.count(), OutboxMessage.objects.count()

    with pytest.raises(ChangeNotPossibleError):
        services.change_forum(forum, change=change, **told)

    forum.refresh_from_db()
    assert forum.change == "cancelled"
    assert (Event.objects.count(), OutboxMessage.objects.count()) == before


def test_what_is_over_is_not_called_off(forum, clock):
    clock.move_to(max(session.ends_at for session in forum.sessions.all()))

    with pytest.raises(ChangeNotPossibleError):
        services.change_forum(forum, change="cancelled", reason="태풍", user=UserFactory())

    forum.refresh_from_db()
    assert forum.change == ""


@pytest.fixture
def late(make_state):
    """A registration whose money came when its seat was somebody else's."""
    state = make_state(first={"capacity": 1, "meal": ""}, alone=True)
    order = services.place_order(state, asked(state))
    services.lapse_order(str(order.public_id))
    services.place_order(state, asked(state, people=["박민수"], email="p@mail.example"))
    mark_paid(payment_of(order), method="bank_transfer", user=UserFactory(), note="통장 확인")
    return order


def test_who_paid_too_late_is_told_and_gets_the_money_back(late):
    OutboxMessage.objects.all().delete()

    services.change_forum(late.forum, change="cancelled", reason="태풍", user=UserFactory())

    late.refresh_from_db()
    assert late.status == Order.Status.CANCELLED
    assert Refund.objects.get().payment == payment_of(late)
    assert str(late.public_id) in OutboxMessage.objects.values_list("subject", flat=True)


def test_who_paid_too_late_keeps_waiting_when_it_is_postponed(late):
    services.change_forum(late.forum, change="postponed", reason="태풍", user=UserFactory())

    assert not Refund.objects.exists()
