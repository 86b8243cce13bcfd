import re

import pytest

from campaigns.forums import services
from campaigns.forums.emails import order_path
from home.publishing import forget_everything
from tests.campaigns.forums.conftest import FORUM
from tests.campaigns.forums.participant import EMAIL, NAME, asked

APPLY = f"{FORUM}apply/"
TYPED = {"name": NAME, "email": EMAIL, "phone": "010-0000-1234", "people": "1"}


@pytest.fixture
def typed(state):
    """The fields of the form as a browser posts them; None leaves a field out."""

    def make(**changes):
        key = "6f1f1d62-6a3e-4f0c-9f7b-3d1c0a9f3b11"
        public = [str(session.pk) for session in state.sessions if session.is_public]
        fields = {**TYPED, "sessions": public, "form_key": key, **changes}
        return {name: value for name, value in fields.items() if value is not None}

    return make


@pytest.fixture
def register(client, typed):
    """Posts the form as a browser that opened it before: ``register(name=…)``."""
    forget_everything()

    def post(address=APPLY, headers=None, **changes):
        sent = {"sec-fetch-site": "same-origin", **(headers or {})}
        return client.post(address, typed(**changes), headers=sent)

    return post


@pytest.fixture
def page_of():
    """The address of an order's page."""
    return order_path


def hidden(response):
    """The hidden fields of the page."""
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode()
    )
    return dict(found)


def is_private(response):
    return (
        response["Cache-Control"] == "no-store"
        and response["X-Robots-Tag"] == "noindex"
        and response["Referrer-Policy"] == "same-origin"
    )


@pytest.fixture
def order(state):
    return services.place_order(state, asked(state, people=[NAME, "두나래"]))


@pytest.fixture
def address(order):
    return order_path(order)
