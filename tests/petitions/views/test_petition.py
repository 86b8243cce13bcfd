import gc
import re
import warnings

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from home.models import SiteImage
from home.page_cache import PageCache
from home.publishing import forget_everything
from petitions import services
from petitions.models import PetitionPage
from tests.conftest import publish
from tests.factories.home import StandardPageFactory
from tests.factories.petitions import PetitionPageFactory, SignatureFactory, TallyFactory
from tests.home.page_cache.site import ask

from .conftest import COUNT, PETITION, queries_of

pytestmark = pytest.mark.integration


@pytest.fixture
def rich_body(petition_page):
    """Gives the petition a text with ``number`` pictures, links and lists."""

    def write(number):
        image = SiteImage.objects.create(title="광장", file=get_test_image_file())
        linked = publish(StandardPageFactory(parent=petition_page.get_site().root_page))
        body = []
        for n in range(number):
            body += [
                ("heading", f"왜 지금입니까 {n}"),
                ("text", f'<p><a linktype="page" id="{linked.pk}">소개</a></p>'),
                ("picture", {"image": image, "decorative": False, "alt_text": "광장"}),
                ("quote", {"text": "함께 갑시다", "source": "시민"}),
            ]
        petition_page.body = body
        # Wagtail 8 leaves the files open from which it stores a picture's sizes.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            petition_page.body.render_as_block()
            gc.collect()
        publish(petition_page)
        forget_everything()

    return write


@pytest.mark.sqlite_smoke
def test_a_citizen_reads_the_petition(client, petition_page):
    TallyFactory(petition=petition_page, online=1234, paper=10)
    SignatureFactory(petition=petition_page, confirmed=True, name_display="full")

    response = client.get(PETITION)

    html = response.content.decode()
    assert response.status_code == 200
    for shown in (petition_page.title, petition_page.summary, petition_page.addressees, "1,244"):
        assert shown in html
    assert f'action="{PETITION}sign/"' in html
    assert "홍길동" in html
    assert "citizen" not in html


@pytest.mark.parametrize("rows", [1, 3])
def test_an_uncached_page_costs_few_queries_whatever_its_content(
    client, petition_page, rich_body, rows
):
    rich_body(rows)
    SignatureFactory.create_batch(rows, petition=petition_page, confirmed=True, commented=True)
    PetitionPageFactory.create_batch(rows, parent=petition_page.get_parent())
    client.get(PETITION)

    number, response = queries_of(client, PETITION)

    assert number == 3
    assert response.content.decode().count("왜 지금입니까") == rows
    assert response.content.decode().count("<picture>") == rows


def test_how_the_name_is_shown_is_asked_beside_its_consent(client, petition_page):
    html = client.get(petition_page.url).content.decode()
    [asked] = [part for part in html.split("<fieldset") if 'name="name_display"' in part]

    rendered = {c.slug: c for _pk, c in services.state_of(petition_page).consents}["display"]
    for words in (rendered.title, rendered.items, rendered.retention, rendered.refusal):
        assert words in asked
    assert re.search(f'<div class="consent__key"><dt>[^<]+</dt><dd>{rendered.purpose}</dd>', asked)
    assert 'name="consent_display"' not in html


def test_without_that_consent_it_is_not_asked(client, campaign_page, region):
    consents = ("collection", "roll", "age")
    page = publish(PetitionPageFactory(parent=campaign_page, slug="p", consents=consents))

    assert 'name="name_display"' not in client.get(page.url).content.decode()


@pytest.mark.parametrize("consents", [2, 4])
def test_consents_cost_no_query_of_their_own(client, campaign_page, region, consents):
    slugs = ("collection", "age", "roll", "news")[:consents]
    publish(PetitionPageFactory(parent=campaign_page, slug="petition", consents=slugs))
    client.get(PETITION)

    number, response = queries_of(client, PETITION)

    assert number == 2
    assert response.content.decode().count('name="consent_') >= consents


@pytest.mark.django_db(transaction=True)
def test_a_cached_page_costs_no_query(client, petition_page):
    front = PageCache(WSGIHandler())
    first = ask(front, PETITION)

    with CaptureQueriesContext(connection) as asked:
        again = [
            ask(front, PETITION, HTTP_COOKIE="a=b"),
            ask(front, PETITION, QUERY_STRING="ref=x"),
        ]

    assert len(asked) == 0
    assert first.status == 200
    assert {heard.body for heard in again} == {first.body}
    assert [heard.raw_headers for heard in again] == [first.raw_headers] * 2


@pytest.mark.parametrize("address", [PETITION, "/campaigns/basic-act/", "/campaigns/", "/", COUNT])
def test_a_public_page_is_the_same_for_two_visitors(petition_page, address):
    SignatureFactory(petition=petition_page, confirmed=True)
    TallyFactory(petition=petition_page)
    first, second = (
        Client(REMOTE_ADDR=f"192.0.2.{n}", HTTP_USER_AGENT=f"browser {n}").get(address)
        for n in (1, 2)
    )

    assert first.content == second.content
    assert first.headers == second.headers
    assert first.status_code == 200
    assert first["Cache-Control"].startswith("public")
    for response in (first, second):
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert b"csrf" not in response.content.lower()


@pytest.mark.django_db(transaction=True)
def test_a_page_for_some_is_never_public(petition_page):
    PageViewRestriction.objects.create(
        page=petition_page, restriction_type=PageViewRestriction.PASSWORD, password="소금꽃"
    )
    front = PageCache(WSGIHandler())
    heard = ask(front, PETITION)

    assert heard.status == 200
    assert petition_page.title not in heard.body.decode()
    assert front.entries == {}


def test_a_page_shown_with_mistakes_is_not_public(sign):
    response = sign(email="garam@")

    assert "public" not in response.get("Cache-Control", "")


def test_a_new_page_is_known_by_the_next_request(client, petition_page):
    client.get(PETITION)
    petition_page.body = [("heading", "새로 쓴 까닭")]
    petition_page.title = "다시 요구합니다"
    publish(petition_page)
    forget_everything()

    html = client.get(PETITION).content.decode()

    assert "새로 쓴 까닭" in html
    assert "다시 요구합니다" in html


def test_a_page_newer_than_what_is_kept_shows_its_own_consents(client, petition_page):
    client.get(PETITION)
    petition_page.petition_consents.get(definition__slug="roll").delete()
    petition_page.save_revision().publish()

    html = client.get(PETITION).content.decode()

    assert html.count('name="consent_roll"') == 0
    assert 'name="consent_collection"' in html


@pytest.mark.parametrize("saved", [True, False])
def test_a_draft_is_previewed_as_it_will_be(petition_page, saved):
    page = petition_page
    if not saved:
        page = PetitionPage(title="", slug="draft", addressees="국회의장")
        page.path = petition_page.get_parent().path + "ZZZZ"
        page.depth = petition_page.depth
    page.title = "초안의 제목"
    page.body = [("heading", "초안의 까닭")]

    response = page.make_preview_request()

    assert response.status_code == 200
    assert "초안의 제목" in response.content.decode()
    assert "초안의 까닭" in response.content.decode()
    assert "Cache-Control" not in response or "public" not in response["Cache-Control"]


def test_a_page_that_is_gone_leads_to_its_campaign_and_counts_nothing(client, petition_page):
    client.get(PETITION)
    petition_page.unpublish()
    forget_everything()

    answer = client.get(PETITION)
    assert (answer.status_code, answer["Location"]) == (302, "/campaigns/basic-act/")
    assert client.get(COUNT).status_code == 404


@pytest.mark.parametrize("path", ["petition/x/", "petitio/", "petition/petition/"])
def test_an_address_beside_a_page_is_not_found(client, petition_page, path):
    assert client.get(f"/campaigns/basic-act/{path}").status_code == 404


def test_no_box_is_ticked_before_the_signer_ticks_it(client, petition_page):
    """korea.md 3.10, test 2."""
    boxes = re.findall(r"<input[^>]*consent_[^>]*>", client.get(PETITION).content.decode())

    assert len(boxes) > 2
    assert [box for box in boxes if "checked" in box and 'type="hidden"' not in box] == []
