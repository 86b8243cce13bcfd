"""Each role opens each screen of its menu: no script breaks, no other host is asked."""

import pytest
from bs4 import BeautifulSoup

from accounts.registry import roles
from home.network.models import Region
from tests.crawl import menu_of
from tests.factories.accounts import UserFactory, limit_to
from tests.factories.network import BodyFactory

from .staff import OFFICE, come_in

ADMINISTRATOR = "관리자"


@pytest.mark.parametrize("role", [ADMINISTRATOR, *roles()])
def test_every_screen_of_the_menu_is_sound(open_page, petition_page, role):
    desk = open_page(OFFICE)
    come_in(desk, somebody(role))
    desk.goto("/admin/")
    screens = menu_of(BeautifulSoup(desk.content(), "html.parser"))

    answers = {address: desk.goto(address).status for address in screens}

    assert len(answers) > 1
    assert answers == dict.fromkeys(answers, 200)


def somebody(role):
    """Whoever has that role, or all rights; a preset is several of these."""
    if role == ADMINISTRATOR:
        return UserFactory(administrator=True)
    user = UserFactory(role=role)
    if kind := roles()[role].scope:
        limit_to(user, role, Region.objects.first() if kind == "region" else BodyFactory(), kind)
    return user
