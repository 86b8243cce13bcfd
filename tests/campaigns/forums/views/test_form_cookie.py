"""Going back and pressing again takes no second seat."""

import pytest

from campaigns.forums.models import Order
from campaigns.forums.views.form_cookie import COOKIE
from tests.campaigns.forums.views.conftest import APPLY, hidden

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def key(client, state):
    """What the form carries as it is opened now."""
    return lambda: hidden(client.get(APPLY))["form_key"]


def test_who_goes_back_and_presses_again_is_led_to_the_same_order(client, key, register, page_of):
    first = register(form_key=key())

    again = register(form_key=key())

    order = Order.objects.get()
    assert [answer.status_code for answer in (first, again)] == [303, 303]
    assert again.url.split("/")[:3] == page_of(order).split("/")[:3]
    cookie = first.cookies[COOKIE]
    assert (cookie["path"], cookie["max-age"]) == (APPLY, 600)
    assert cookie["httponly"]


def test_who_registers_somebody_else_gets_a_second_order(key, register):
    register(form_key=key())

    register(form_key=key(), name="홍길순")

    assert Order.objects.count() == 2


def test_two_tabs_with_the_same_words_are_one_order(key, register):
    one, other = key(), key()
    assert one != other

    answers = [register(form_key=one), register(form_key=other)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Order.objects.count() == 1


def test_another_browser_gets_another_form(key, client):
    before = key()

    assert key() != before
    client.cookies[COOKIE] = "no number"
    assert len(key()) == len(before)


def test_who_cancelled_may_register_with_the_same_words(client, key, register, page_of):
    register(form_key=key())
    order = Order.objects.get()
    here = {"sec-fetch-site": "same-origin"}
    answer = client.post(f"{page_of(order)}cancel/", {"who": "all-0"}, headers=here)
    assert answer.status_code == 303

    register(form_key=key())

    assert Order.objects.count() == 2
