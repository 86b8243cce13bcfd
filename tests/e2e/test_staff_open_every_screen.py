"""Each role opens each screen of its menu: no script breaks, no other host is asked."""

import pytest
from bs4 import BeautifulSoup

from accounts.defaults import PRESETS
from accounts.registry import roles
from accounts.services import give_preset
from home.network.models import Region
from tests.crawl import menu_of
from tests.factories.accounts import UserFactory, limit_to

from .staff import OFFICE, log_in

ADMINISTRATOR = "관리자"


@pytest.mark.parametrize("role", [ADMINISTRATOR, *roles(), *PRESETS])
def test_every_screen_of_the_menu_is_sound(open_page, petition_page, role):
    desk = open_page(OFFICE)
    log_in(desk, somebody(role))
    screens = menu_of(BeautifulSoup(desk.content(), "html.parser"))

    answers = {address: desk.goto(address).status for address in screens}

    assert len(answers) > 1
    assert answers == dict.fromkeys(answers, 200)


def somebody(role):
    """Whoever has that role, those roles of a preset, or all rights."""
    if role in PRESETS:
        user = UserFactory()
        give_preset(user, role)
        return user
    if role == ADMINISTRATOR:
        return UserFactory(administrator=True)
    user = UserFactory(role=role)
    if roles()[role].scope:
        limit_to(user, role, Region.objects.first())
    return user
