"""Every picture that the editors' guide shows is there, and ``make screenshots`` makes it."""

import pytest
from wagtail.models import get_page_models

from tests.factories.home import NewsIndexPageFactory, NewsPageFactory, StatementPageFactory
from tests.factories.pledges import ElectionFactory
from tests.screenshots import GUIDE, WIDTHS, admin_addresses, is_taken, names_in_guide

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_each_is_there_and_can_be_made_again(client, administrator, home_page, petition_page):
    NewsPageFactory(parent=NewsIndexPageFactory(parent=home_page))
    StatementPageFactory(parent__parent=home_page)
    ElectionFactory()
    screens = admin_addresses()
    pages = {f"{model._meta.model_name}-{width}" for model in get_page_models() for width in WIDTHS}

    assert {*names_in_guide()} <= {*screens, *pages}
    assert {path.stem for path in GUIDE.iterdir()} == {*names_in_guide()}
    client.force_login(administrator)
    for name, address in screens.items():
        assert client.get(address, follow=True).status_code == 200, name


def test_a_run_keeps_what_it_made():
    assert is_taken("admin-start", [])
    assert is_taken("newspage-1280", ["newspage"])
    assert not is_taken("newspage-1280", ["admin-start"])
