"""What a person runs with a test key before cards go live; here a second stand-in plays Stripe."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories.cards import card_company

pytestmark = pytest.mark.integration


@pytest.fixture
def stripe():
    """Stripe as far as the command can tell, and somebody who pays as soon as a page is shown."""
    with card_company() as stand_in:
        create = stand_in.books.create_session

        def create_and_pay(params):
            session = create(params)
            if len(stand_in.books.sessions) == 1:
                stand_in.books.pay(session["id"])
            return session

        stand_in.books.create_session = create_and_pay
        yield stand_in


def rehearse(seconds=5):
    told = StringIO()
    call_command("rehearse_cards", seconds=seconds, stdout=told)
    return told.getvalue()


def test_where_all_is_alike_it_says_so_and_shows_the_page(stripe):
    told = rehearse()
    assert f"{stripe.url}/pay/cs_test_" in told
    assert told.endswith("Stripe answers as the stand-in does.\n")


def test_a_part_goes_back_and_nothing_more(stripe):
    rehearse()
    assert [row["amount"] for row in stripe.books.refunds.values()] == [400]
    assert [row["status"] for row in stripe.books.sessions.values()] == ["complete", "expired"]


def change_refunds(stripe):
    create = stripe.books.create_refund

    def other(params):
        refund = create(params)
        del refund["charge"]
        refund["created"] = str(refund["created"])
        return refund

    stripe.books.create_refund = other


def change_fees(stripe):
    note = stripe.books.note_line

    def other(kind, source, amount, fee):
        note(f"{kind}_of_next_year", source, amount, fee)

    stripe.books.note_line = other


def change_events(stripe):
    tell = stripe.books.tell
    stripe.books.tell = lambda kind, about: kind.startswith("refund") or tell(kind, about)


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (
            change_refunds,
            (
                "refund: Stripe has no field charge",
                "refund: created is str at Stripe, int in the stand-in",
            ),
        ),
        (change_fees, ("kinds of lines: Stripe ['charge_of_next_year', 'refund_of_next_year']",)),
        (
            change_events,
            (
                "there is an event refund.created: Stripe False, stand-in True",
                "event refund.created: Stripe gave none",
            ),
        ),
    ],
)
def test_what_stripe_does_otherwise_is_told(stripe, change, lines):
    change(stripe)
    told = StringIO()
    with pytest.raises(CommandError, match="the stand-in is to be corrected"):
        call_command("rehearse_cards", seconds=5, stdout=told)
    for line in lines:
        assert f"DIFFERENT  {line}" in told.getvalue()


@pytest.mark.parametrize("key", ["", "sk_live_x", "rk_live_x"])
def test_a_live_key_is_refused_before_anything_is_asked(stripe, settings, key):
    settings.STRIPE_SECRET_KEY = key
    with pytest.raises(CommandError, match="sk_test_"):
        rehearse()
    assert stripe.calls == []


def test_where_nobody_pays_it_gives_up():
    with card_company() as stripe:
        with pytest.raises(CommandError, match="Nobody paid"):
            rehearse(seconds=0.1)
        assert stripe.books.refunds == {}
