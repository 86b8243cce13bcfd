"""Cards in the demo, for whoever asks: the stand-in in place of Stripe, on this machine only."""

from collections.abc import MutableMapping

from .stripe import StandIn

ASKED = "demo"
KEY, SECRET = "sk_test_of_the_demo", "whsec_of_the_demo"


def is_asked(environ: MutableMapping[str, str]) -> bool:
    """``CARDS=demo``; a key of Stripe's own goes before it."""
    return environ.get("CARDS", "").strip() == ASKED and not environ.get("STRIPE_SECRET_KEY")


def take_cards(environ: MutableMapping[str, str], site_url: str) -> StandIn:
    """Start the stand-in, and tell those who are started with this environment where it is.

    It knows nothing of earlier days: what was being paid when it ended is begun anew.
    """
    stand_in = StandIn(webhook_url=f"{site_url}/webhooks/stripe/", secret=SECRET).start()
    environ["STRIPE_SECRET_KEY"] = KEY
    environ["STRIPE_WEBHOOK_SECRET"] = SECRET
    environ["STRIPE_API_BASE"] = stand_in.url
    return stand_in
