import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.rich_text import expand_db_html

from home.models import HomePage, SiteImage, StandardPage
from home.publishing import forget_everything
from home.requests import page_map, prepare
from tests.conftest import publish
from tests.factories.home import DocumentFactory, ImageFactory, StandardPageFactory
from tests.home.images import note_renditions

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def about(home_page):
    return publish(StandardPageFactory(parent=home_page, slug="about"))


@pytest.fixture
def history(about):
    return publish(StandardPageFactory(parent=about, slug="history", title="걸어온 길"))


def test_a_page_is_found_at_its_address_only(client, history):
    assert "걸어온 길" in client.get("/about/history/").content.decode()
    for nowhere in ("/history/", "/about/histor/", "/about/history/more/", "/nowhere/"):
        assert client.get(nowhere).status_code == 404


def test_a_link_to_a_page_of_the_map_asks_no_cache_where_the_site_is(
    history, django_assert_num_queries
):
    known = page_map()
    first = known.page(history.pk).get_url()
    cache.clear()  # Wagtail would ask the database next.

    with django_assert_num_queries(0):
        again = known.page(history.pk).get_url()

    assert first == again == "/about/history/"


def test_a_page_made_after_the_map_was_read_is_found(client, about):
    client.get("/about/")
    StandardPageFactory(parent=about, slug="young", title="새로 생긴 쪽")

    assert "새로 생긴 쪽" in client.get("/about/young/").content.decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda page: StandardPage.objects.filter(pk=page.pk).update(live=False),
        lambda page: StandardPage.objects.filter(pk=page.pk).update(url_path="/x/"),
        lambda page: page.delete(),
    ],
    ids=["unpublished", "moved", "deleted"],
)
def test_the_database_has_the_last_word(client, history, change):
    assert client.get("/about/history/").status_code == 200
    change(history)
    StandardPage.objects.filter(pk=history.pk).update(slug="elsewhere")

    assert client.get("/about/history/").status_code in (302, 404)  # A deleted one leads on.


def test_a_site_without_pages_has_none(client, db):
    page_map.forget()

    assert client.get("/about/").status_code == 404


def test_without_a_site_wagtail_decides(client, home_page):
    home_page.sites_rooted_here.all().delete()
    forget_everything()

    assert page_map() is None
    assert client.get("/").status_code == 404
    prepare(home_page)
    assert list(home_page.trail) == []
    assert "<a" in expand_db_html(f'<a linktype="page" id="{home_page.pk}">x</a>')


def test_a_page_says_where_it_stands(history, about, home_page):
    prepare(history)

    assert [page.title for page in history.trail] == [home_page.title, about.title]
    assert [page.url for page in history.trail] == ["/", "/about/"]


def test_a_private_page_asks_for_its_password_below_too(client, about, history):
    PageViewRestriction.objects.create(page=about, restriction_type="password", password="geheim")

    for address in ("/about/", "/about/history/"):
        assert 'type="password"' in client.get(address).content.decode()


def test_an_alias_is_as_private_as_its_source(client, home_page, about):
    alias = about.create_alias(parent=home_page, update_slug="copy")
    PageViewRestriction.objects.create(page=about, restriction_type="password", password="geheim")
    forget_everything()

    assert 'type="password"' in client.get(alias.url).content.decode()


@pytest.mark.parametrize("kind", ["live", "draft", "gone", "young", "no number"])
def test_a_link_leads_to_live_pages_only(about, home_page, kind):
    page_map()
    key = about.pk
    if kind == "draft":
        about.unpublish()
        forget_everything()
    elif kind == "gone":
        about.delete()
        forget_everything()
    elif kind == "young":
        key = StandardPageFactory(parent=home_page, slug="young").pk
    elif kind == "no number":
        key = "x"
    address = {"live": "/about/", "young": "/young/"}.get(kind)

    html = expand_db_html(f'<a linktype="page" id="{key}">소개</a>')

    assert html == (f'<a href="{address}">소개</a>' if address else "<a>소개</a>")


def test_a_link_to_a_file_leads_to_it(db):
    document = DocumentFactory()
    html = f'<a linktype="document" id="{document.pk}">자료</a>'

    assert reverse("wagtaildocs_serve", args=(document.pk, document.filename)) in expand_db_html(
        html
    )
    young = DocumentFactory()
    assert young.url in expand_db_html(f'<a linktype="document" id="{young.pk}">자료</a>')
    assert expand_db_html('<a linktype="document" id="0">자료</a>') == "<a>자료</a>"


def test_each_place_of_a_picture_keeps_its_own_words(client, home_page):
    key = note_renditions(ImageFactory()).pk
    pictures = [
        (
            "picture",
            {"image": SiteImage.objects.get(pk=key), "decorative": False, "alt_text": words},
        )
        for words in ("앞에서 본 광장", "뒤에서 본 광장")
    ]
    page = publish(StandardPageFactory(parent=home_page, body=pictures))

    html = client.get(page.url).content.decode()

    assert 'alt="앞에서 본 광장"' in html
    assert 'alt="뒤에서 본 광장"' in html


def test_what_is_gone_leaves_no_trace(client, home_page):
    """A picture, a file and a page that were deleted after the text was written."""
    image, document = ImageFactory(), DocumentFactory()
    other = publish(StandardPageFactory(parent=home_page))
    page = publish(
        StandardPageFactory(
            parent=home_page,
            body=[
                ("heading", "남은 글"),
                ("picture", {"image": image, "decorative": False, "alt_text": "광장"}),
                ("file_list", {"heading": "", "files": [{"title": "자료", "document": document}]}),
                ("call_to_action", {"title": "읽기", "label": "읽기", "page": other}),
            ],
        )
    )
    for gone in (image, document, other):
        gone.delete()
    forget_everything()

    response = client.get(page.url)

    assert response.status_code == 200
    assert "남은 글" in response.content.decode()


def test_the_front_page_is_no_step_above_itself(home_page):
    prepare(home_page)

    assert HomePage.objects.get(pk=home_page.pk).title == home_page.title
    assert list(home_page.trail) == []
