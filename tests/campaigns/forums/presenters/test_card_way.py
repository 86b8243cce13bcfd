"""What a registration's page says of its card while something happens."""

import pytest
from django.utils import timezone

from campaigns.forums.presenters.card_way import card_way
from payments.services.cards import begin_attempt
from tests.campaigns.forums.participant import payment_of
from tests.factories.cards import card_company, pay_by_card, tell_all
from tests.factories.orders import make_order

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def test_what_is_heard_while_the_page_is_read_is_not_called_unpaid():
    with card_company() as company:
        order = make_order()
        read_before = payment_of(order)
        pay_by_card(company, payment_of(order))
        tell_all(company)

        way = card_way(read_before, timezone.now())
        assert way is not None
        assert (way.is_unheard, way.until) == (True, None)
        assert card_way(payment_of(order), timezone.now()) is None


def test_a_page_that_nobody_paid_on_is_unheard_until_it_is_closed():
    with card_company() as company:
        order = make_order()
        checkout = begin_attempt(
            payment_of(order),
            title="토론회",
            email="",
            done_url="https://site.example/done/",
            back_url="https://site.example/back/",
        )
        assert card_way(payment_of(order), timezone.now()).is_unheard

        company.books.expire_session(checkout.id)
        tell_all(company)

        assert not card_way(payment_of(order), timezone.now()).is_unheard
