"""Cards in the demo: only for whoever asks, on this machine, and never beside a real key."""

import urllib.request
from urllib.error import HTTPError

import pytest

from config.settings.cards import cards
from demo.cards import is_asked, take_cards

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("environ", "asked"),
    [
        ({}, False),
        ({"CARDS": "yes"}, False),
        ({"CARDS": "demo"}, True),
        ({"CARDS": "demo", "STRIPE_SECRET_KEY": "sk_live_x"}, False),
    ],
)
def test_only_who_asks_gets_the_stand_in(environ, asked):
    assert is_asked(environ) is asked


def test_those_who_are_started_after_it_find_it():
    environ = {}
    stand_in = take_cards(environ, "http://127.0.0.1:8000")
    try:
        settings = cards(environ, {"DIRECTIVES": {"form-action": ["'self'"]}})
        assert settings["STRIPE_SECRET_KEY"].startswith("sk_test_")
        assert settings["STRIPE_API_BASE"] == stand_in.url
        assert stand_in.url.startswith("http://127.0.0.1:")
        assert stand_in.sender.url == "http://127.0.0.1:8000/webhooks/stripe/"
        assert stand_in.sender.secret == settings["STRIPE_WEBHOOK_SECRET"]
        with pytest.raises(HTTPError):
            urllib.request.urlopen(f"{stand_in.url}/v1/refunds")  # noqa: S310 (our own)
    finally:
        stand_in.stop()
