"""With a key forms may lead to the checkout page and no other; without one nothing changes."""

import pytest

from config.settings.cards import cards

pytestmark = pytest.mark.unit


@pytest.fixture
def policy():
    return {"DIRECTIVES": {"default-src": ["'self'"], "form-action": ["'self'"]}}


def test_a_key_opens_the_checkout_page_and_nothing_else(policy):
    settings = cards({"STRIPE_SECRET_KEY": "sk_test_x"}, policy)

    assert settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"] == {
        "default-src": ["'self'"],
        "form-action": ["'self'", "https://checkout.stripe.com"],
    }
    assert settings["STRIPE_SECRET_KEY"] == "sk_test_x"
    assert policy["DIRECTIVES"]["form-action"] == ["'self'"]


def test_the_stand_in_takes_the_place_of_the_checkout_page(policy):
    base = "http://127.0.0.1:9000"
    settings = cards({"STRIPE_SECRET_KEY": "sk_test_x", "STRIPE_API_BASE": f"{base}/"}, policy)

    assert settings["STRIPE_API_BASE"] == base
    assert settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] == ["'self'", base]


@pytest.mark.parametrize("environ", [{}, {"STRIPE_SECRET_KEY": " "}])
def test_without_a_key_no_other_site_may_be_reached(policy, environ):
    settings = cards(environ, policy)

    assert settings["CONTENT_SECURITY_POLICY"] == policy
    assert settings["STRIPE_SECRET_KEY"] == ""
