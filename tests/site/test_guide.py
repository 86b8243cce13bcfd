"""The editors' guide names menus as they stand in the admin."""

import re
from pathlib import Path

import pytest
from django.test import RequestFactory
from wagtail.admin.menu import admin_menu

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

GUIDE = Path(__file__).parents[2] / "docs" / "editors-guide.ko.md"


@pytest.fixture
def menus(administrator, home_page):
    """What each menu of the sidebar leads to, by its name."""
    request = RequestFactory().get("/admin/")
    request.user = administrator
    submenus = {
        str(item.label): item.menu
        for item in admin_menu.menu_items_for_request(request)
        if hasattr(item, "menu")
    }
    return {
        name: {str(item.label) for item in menu.menu_items_for_request(request)}
        for name, menu in submenus.items()
    }


def test_each_menu_that_it_names_is_there(menus):
    names = "|".join(sorted(menus, key=len, reverse=True))
    ways = re.findall(
        rf"\b({names}) → \**([^→*`.,]+?)(?:\*| →|에서|로 |을 |를 )", GUIDE.read_text()
    )

    assert len(ways) > 10
    assert [way for way in ways if way[1] not in menus[way[0]]] == []
