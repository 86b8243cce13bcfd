"""A registration whose money comes while its page is being read."""

import pytest
from django.utils import timezone

from campaigns.forums.models import Order
from campaigns.forums.presenters import OrderPresenter
from campaigns.forums.services import lapse_order
from payments.models import Payment
from payments.services import mark_paid
from tests.campaigns.forums.participant import payment_of
from tests.factories.accounts import UserFactory
from tests.factories.orders import make_order

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def page_read_while(happens):
    """The page whose order was read before something happens and whose payment after; and the
    page of a moment later.
    """
    read_before = make_order()
    happens(read_before)
    read_after = Order.objects.get(pk=read_before.pk)
    return OrderPresenter(read_before, timezone.now()), OrderPresenter(read_after, timezone.now())


def pays(order):
    mark_paid(
        payment_of(order), method=Payment.Method.BANK_TRANSFER, user=UserFactory(), note="확인"
    )


def lapses(order):
    lapse_order(str(order.public_id))


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("happens", [pays, lapses])
def test_the_page_tells_of_one_moment(happens):
    meanwhile, afterwards = page_read_while(happens)

    assert meanwhile.headline == afterwards.headline
    assert meanwhile.order.status == afterwards.order.status
    assert not meanwhile.asks_for_money


def test_who_paid_all_is_never_told_that_a_part_is_missing():
    meanwhile, _ = page_read_while(pays)

    assert meanwhile.headline.tone == "success"
