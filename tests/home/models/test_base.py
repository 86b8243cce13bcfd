import pytest
from wagtail.models import PageViewRestriction

from tests.conftest import publish
from tests.factories.home import StandardPageFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def below(home_page):
    """/about/history/"""
    about = publish(StandardPageFactory(parent=home_page, slug="about"))
    return publish(StandardPageFactory(parent=about, slug="history"))


def test_the_trail_leads_from_the_front_page_down(home_page, below):
    assert [page.url for page in below.trail] == ["/", "/about/"]


def test_a_page_that_is_not_public_is_left_out_of_the_trail(home_page, below):
    below.get_parent().unpublish()

    assert [page.url for page in below.trail] == ["/"]


@pytest.mark.parametrize("restricted", ["/about/", "/about/history/"])
def test_a_page_below_a_private_one_is_private(client, home_page, below, restricted):
    page = below if restricted == below.url else below.get_parent()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert client.get("/about/history/").status_code == 302
    assert client.get("/").status_code == 200


def test_an_alias_of_a_private_page_is_private(client, home_page, below):
    alias = below.create_alias(parent=home_page, update_slug="alias")
    assert client.get(alias.url).status_code == 200

    PageViewRestriction.objects.create(page=below, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(alias.url).status_code == 302
