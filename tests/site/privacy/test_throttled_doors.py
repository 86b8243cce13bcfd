"""Every door that stands open to strangers counts who knocks."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def doors(resolver, prefix=""):
    """Each address of the site outside the admin, with its view."""
    for one in resolver.url_patterns:
        pattern = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from doors(one, pattern)
        elif isinstance(one, URLPattern) and not pattern.startswith("admin/"):
            yield pattern, one.callback


@pytest.fixture
def tight(settings):
    settings.POSTS_PER_MINUTE = 2


ADDRESSES = ["/t/c/nothing/", "/t/w/nothing/", "/t/u/nothing/", "/nowhere/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_strangers_are_asked_to_wait(client, tight, address):
    statuses = [client.post(address).status_code for _ in range(3)]

    assert 429 not in statuses[:2]
    assert statuses[2] == 429


def test_the_answer_says_what_to_do(client, tight):
    for _ in range(2):
        client.post("/t/c/nothing/")

    response = client.post("/t/c/nothing/")

    assert response["Retry-After"] == "60"
    assert "no-store" in response["Cache-Control"]


def test_reading_is_never_counted(client, tight):
    assert [client.get("/t/c/nothing/").status_code for _ in range(4)] == [404] * 4


def test_staff_are_not_counted_with_strangers(client, tight):
    client.force_login(UserFactory(administrator=True))

    assert 429 not in [client.post("/t/c/nothing/").status_code for _ in range(4)]


def test_only_doors_with_a_tighter_limit_are_left_out():
    """Whoever adds to this list shows the limit in the view."""
    own = {pattern for pattern, view in doors(get_resolver()) if hasattr(view, "throttles_itself")}

    assert own == {
        r"^(?P<page_path>[-\w/]{1,400})/sign/$",
        r"^(?P<page_path>[-\w/]{1,400})/check-mail/resend/$",
        r"^(?P<page_path>[-\w/]{1,400})/check-mail/correct/$",
        r"^(?P<page_path>[-\w/]{1,400})/apply/$",
        r"^(?P<page_path>[-\w/]{1,400})/apply/member/$",
        r"^(?P<page_path>[-\w/]{1,400})/wait/$",
        "door/",
        "door/list/",
        "door/admissions/",
        "door/shell/",
        "webhooks/stripe/",  # its limit is the signature
        "door/walk-in/",
        "t/b/<str:token>/",
        "my/",
        "my/request/",
        "verify/file/",
    }
