"""Cards: off without a key; then the checkout page, and no other, may be reached from our forms."""

from copy import deepcopy

CHECKOUT = "https://checkout.stripe.com"


def cards(environ, policy):
    """Stripe's settings, and the content security policy with its page; unchanged without a key.

    ``STRIPE_API_BASE`` is for the stand-in of tests and the demo, whose pages lie there too.
    """
    key = environ.get("STRIPE_SECRET_KEY", "").strip()
    base = environ.get("STRIPE_API_BASE", "").strip().rstrip("/")
    settings = {
        "STRIPE_SECRET_KEY": key,
        "STRIPE_WEBHOOK_SECRET": environ.get("STRIPE_WEBHOOK_SECRET", "").strip(),
        "STRIPE_API_BASE": base,
        "STRIPE_RETRIES": 2,
    }
    if key:
        policy = deepcopy(policy)
        policy["DIRECTIVES"]["form-action"] += [base or CHECKOUT]
    return {**settings, "CONTENT_SECURITY_POLICY": policy}
