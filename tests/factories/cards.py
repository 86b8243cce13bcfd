"""Cards in tests: the stand-in at the network's edge, and settings that lead there."""

import time
from contextlib import contextmanager

from django.conf import settings
from django.test import override_settings

from config.settings.cards import cards
from demo.stripe import StandIn
from demo.stripe.events import envelope, signature
from payments.gateways.stripe_checkout import read_checkout, read_event
from payments.services.cards import begin_attempt, hear

SECRET = "whsec_of_the_tests"
KEY = "sk_test_of_the_tests"


@contextmanager
def card_company(webhook_url="http://127.0.0.1:9/", mode="never", *, retries=0):
    """A stand-in that runs, with the site's settings leading to it."""
    stand_in = StandIn(webhook_url=webhook_url, secret=SECRET, mode=mode).start()
    try:
        environ = {
            "STRIPE_SECRET_KEY": KEY,
            "STRIPE_WEBHOOK_SECRET": SECRET,
            "STRIPE_API_BASE": stand_in.url,
        }
        policy = settings.CONTENT_SECURITY_POLICY
        with override_settings(**{**cards(environ, policy), "STRIPE_RETRIES": retries}):
            yield stand_in
    finally:
        stand_in.stop()


def pay_by_card(company, payment, *, wallet=False):
    """Somebody opens the page and pays on it; what it says then. Nobody was told."""
    checkout = begin_attempt(
        payment,
        title="토론회",
        email="payer@mail.example",
        done_url="https://site.example/done/",
        back_url="https://site.example/back/",
    )
    company.books.pay(checkout.id, wallet=wallet)
    return read_checkout(checkout.id)


def posts_of(company, first=0):
    """What the card company has to tell, as it posts it: one body for each event."""
    return [envelope(kind, about) for kind, about in company.books.events[first:]]


def told(body):
    """The event that a body with a good signature tells."""
    return read_event(body, signature(body, SECRET, int(time.time())))


def tell_all(company, first=0):
    """The site hears all of it, in order."""
    for body in posts_of(company, first):
        hear(told(body))
