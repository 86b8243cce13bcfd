"""Cards in tests: the stand-in at the network's edge, and settings that lead there."""

from contextlib import contextmanager

from django.conf import settings
from django.test import override_settings

from config.settings.cards import cards
from demo.stripe import StandIn

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
