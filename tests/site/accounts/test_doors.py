"""Whatever takes a password: it opens nothing of the admin to who needs a second factor."""

import pytest
from django.urls import get_resolver, resolve, reverse
from django.urls.resolvers import URLPattern

from accounts.defaults import CAMPAIGNER, DIRECTOR, MODERATOR
from tests.browser import StaffClient
from tests.factories.accounts import PASSWORD, UserFactory, code_of, give_factor

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# Where Django, Wagtail and allauth have taken a password or sent a way in, in any of their versions.
DOORS = [
    *("/admin/login/", "/_util/login/", "/admin/password_reset/"),
    *("/admin/password_reset/confirm/MQ/set-password/", "/admin/login/code/"),
    *("/admin/login/again/", "/admin/login/again/code/", "/admin/login/again/passkey/"),
    *("/accounts/login/", "/accounts/login/code/", "/accounts/signup/", "/login/", "/signup/"),
    *("/accounts/password/reset/", "/accounts/2fa/webauthn/login/", "/django-admin/login/"),
]
SCREENS = ["/admin/", "/admin/signatures/", "/admin/users/", "/admin/pages/", "/admin/account/"]


def typed(user):
    """Address and password under every name that a form has for them."""
    names = ("login", "username", "email", "user")
    passwords = ("password", "password1", "password2", "new_password1", "new_password2")
    return dict.fromkeys(names, user.email) | dict.fromkeys(passwords, PASSWORD)


def opened(client):
    return [screen for screen in SCREENS if client.get(screen).status_code == 200]


@pytest.mark.parametrize("factor", [True, False], ids=["with a factor", "before enrolment"])
@pytest.mark.parametrize("who", [{"administrator": True}, {"role": MODERATOR}], ids=str)
def test_a_password_opens_no_screen_by_any_door(home_page, who, factor):
    user = UserFactory(factor=factor, **who)
    found = {}

    for door in DOORS:
        client = StaffClient(headers={"authorization": "Basic c3RhZmY6c3RhZmY="})
        client.get(door)
        client.post(door, typed(user))
        client.post(f"{door}?next=/admin/", typed(user))
        if screens := opened(client):
            found[door] = screens

    assert found == {}


@pytest.mark.parametrize("role", [DIRECTOR, CAMPAIGNER, MODERATOR])
def test_with_a_password_alone_one_is_led_to_enrol_first(home_page, client, role):
    user = UserFactory(role=role)
    client.post("/admin/login/", {"login": user.email, "password": PASSWORD})

    assert client.get("/admin/pages/")["Location"] == "/admin/second-factor/?next=/admin/pages/"
    assert client.get("/admin/second-factor/").status_code == 200
    refused = client.get("/admin/pages/", headers={"x-requested-with": "XMLHttpRequest"})
    assert refused.status_code == 403


def test_a_log_in_without_its_factor_is_led_to_prove_it(home_page, client):
    """As one that stands open while the person enrols in another browser."""
    user = UserFactory(role=MODERATOR)
    client.post("/admin/login/", {"login": user.email, "password": PASSWORD})
    give_factor(user)

    for closed in ("/admin/", "/admin/second-factor/", "/admin/second-factor/codes/"):
        asked = client.get(closed)["Location"]
        assert asked == f"/admin/login/again/code/?next={closed}"
    client.post("/admin/login/again/code/?next=/admin/", {"code": code_of(user)})
    assert opened(client)[0] == "/admin/"


def test_no_view_of_another_hand_takes_a_password():
    """Of Django, Wagtail and allauth: where they have one, its address leads to ours."""
    known = ("Login", "Signup", "PasswordReset", "RequestLoginCode", "ConfirmLoginCode")
    strange = {
        pattern.name
        for pattern in all_patterns(get_resolver().url_patterns)
        if view_of(pattern).__name__.startswith(known)
        and not view_of(pattern).__module__.startswith("accounts.")
    }

    assert strange == {
        *("wagtailadmin_login", "wagtailcore_login", "wagtailadmin_password_reset"),
        *("wagtailadmin_password_reset_done", "wagtailadmin_password_reset_confirm"),
        "wagtailadmin_password_reset_complete",
    }
    arguments = {"wagtailadmin_password_reset_confirm": ["MQ", "x-y"]}
    for name in strange:
        reached = resolve(reverse(name, args=arguments.get(name))).func
        assert view_of(reached).__module__.startswith("accounts."), name


def all_patterns(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from all_patterns(pattern.url_patterns)


def view_of(pattern):
    view = getattr(pattern, "callback", pattern)
    return getattr(view, "view_class", view)
