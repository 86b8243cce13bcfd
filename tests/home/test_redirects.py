"""Addresses that were printed or linked go on leading somewhere."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from accounts.defaults import DIRECTOR, EDITOR
from tests.factories.accounts import UserFactory
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory, StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Gives a page another slug as an editor does."""

    def give(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return give


@pytest.fixture
def news(home_page):
    return NewsPageFactory(parent__parent=home_page, slug="old")


def test_another_slug_leaves_a_redirect(client, news, rename):
    rename(news, "새소식")

    answer = client.get("/news/old/", follow=True)

    assert answer.redirect_chain == [("/news/%EC%83%88%EC%86%8C%EC%8B%9D/", 301)]
    assert answer.status_code == 200


def test_a_page_and_what_is_below_it_can_move(client, home_page):
    section = StandardPageFactory(parent=home_page, slug="section")
    page = StandardPageFactory(parent=section, slug="page")
    StandardPageFactory(parent=page, slug="below")
    home_page.refresh_from_db()

    page.move(home_page, pos="last-child")

    assert client.get("/section/page/")["Location"] == "/page/"
    assert client.get("/section/page/below/")["Location"] == "/page/below/"


def test_a_slug_that_comes_back_leads_to_no_circle(client, news, rename):
    for slug in ("new", "old"):
        rename(news, slug)

    assert client.get("/news/old/").status_code == 200
    assert client.get("/news/new/")["Location"] == "/news/old/"


def test_approver_sees_the_redirects_in_korean_and_makes_one(client, news, rename):
    client.force_login(UserFactory(role=DIRECTOR))
    rename(news, "new")

    listing = client.get(reverse("wagtailredirects:index"))
    client.post(
        reverse("wagtailredirects:add"),
        {"old_path": "/2017/활동보고/", "site": "", "redirect_page": news.pk, "is_permanent": "on"},
    )

    assert "/news/old" in listing.text
    assert "리디렉션" in listing.text or "리다이렉트" in listing.text
    assert client.get("/2017/활동보고/")["Location"] == "/news/new/"


def test_editor_cannot_change_redirects(client, news):
    client.force_login(UserFactory(role=EDITOR))

    answer = client.get(reverse("wagtailredirects:index"))

    assert answer["Location"] == reverse("wagtailadmin_home")
    assert not Redirect.objects.exists()


def test_new_page_takes_its_address_from_a_redirect(client, home_page):
    index = NewsIndexPageFactory(parent=home_page)
    Redirect.objects.create(old_path="/news/page", redirect_link="/")

    page = NewsPageFactory(parent=index, slug="page")

    assert client.get(page.url).status_code == 200
