"""Each role opens each screen of its menu: no script breaks, no other host is asked."""

import json

import pytest

from tests.factories.accounts import UserFactory

from .staff import OFFICE, log_in

ROLES = ["관리자", "사무국장(승인자)", "편집자", "캠페인 담당", "조정자"]


def addresses_in(props):
    """Every address in the side bar's own description, however deep."""
    if isinstance(props, dict):
        return {
            *([props["url"]] if isinstance(props.get("url"), str) else []),
            *(address for part in props.values() for address in addresses_in(part)),
        }
    if isinstance(props, list):
        return {address for part in props for address in addresses_in(part)}
    return set()


@pytest.mark.parametrize("role", ROLES)
def test_every_screen_of_the_menu_is_sound(open_page, petition_page, role):
    rights = {"administrator": True} if role == "관리자" else {"role": role}
    desk = open_page(OFFICE)
    log_in(desk, UserFactory(**rights))
    props = json.loads(desk.locator("#wagtail-sidebar-props").text_content())
    screens = {a for a in addresses_in(props) if a.startswith("/admin/") and "logout" not in a}

    answers = {address: desk.goto(address).status for address in sorted(screens)}

    assert len(answers) > 2
    assert answers == dict.fromkeys(answers, 200)
