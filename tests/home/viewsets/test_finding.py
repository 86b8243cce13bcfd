import pytest
from django.urls import reverse

from accounts.defaults import EDITOR, MODERATOR
from home.models import SearchSynonym, ShortLink
from home.services import search_pages
from tests.conftest import publish
from tests.factories.accounts import UserFactory
from tests.factories.home import NewsPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
SYNONYMS = "wagtailsnippets_home_searchsynonym"


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(role=EDITOR))
    return client


@pytest.fixture
def news(home_page):
    return NewsPageFactory(parent__parent=home_page, title="사회적경제기본법 소식")


@pytest.fixture
def link(news):
    return ShortLink.objects.create(slug="토론회", page=news)


def test_editor_keeps_synonyms_that_count_at_once(editor, news):
    assert search_pages("사경기본법").total == 0

    editor.post(reverse(f"{SYNONYMS}:add"), {"words": "사경기본법,사회적경제기본법"})

    assert search_pages("사경기본법").total == 1
    assert "사경기본법, 사회적경제기본법" in editor.get(reverse(f"{SYNONYMS}:list")).text
    synonym = SearchSynonym.objects.get()
    editor.post(reverse(f"{SYNONYMS}:delete", args=[synonym.pk]))
    assert search_pages("사경기본법").total == 0


def test_refused_synonyms_say_why_beside_the_field(editor):
    answer = editor.post(reverse(f"{SYNONYMS}:add"), {"words": "기본법"})

    assert "words" in answer.context["form"].errors
    assert not SearchSynonym.objects.exists()


def test_both_lists_stand_in_the_menu(editor):
    text = editor.get(reverse("wagtailadmin_home")).text

    assert reverse(f"{SYNONYMS}:list") in text
    assert reverse("short-links:list") in text


def test_editor_makes_a_short_address(editor, news):
    fields = {"slug": "기본법", "page": news.pk, "url": ""}

    editor.post(reverse("short-links:add"), fields)

    assert editor.get("/s/기본법")["Location"] == news.url


def test_browser_leaves_hangul_in_a_short_address(editor):
    form = editor.get(reverse("short-links:add")).context["form"]

    assert 'data-w-slug-allow-unicode-value="true"' in str(form["slug"])


@pytest.mark.parametrize(
    "fields",
    [
        {"slug": "기본법", "page": "", "url": ""},
        {"slug": "admin", "page": "", "url": "https://example.org/"},
        {"slug": "토론회", "page": "", "url": "https://example.org/"},
        {"slug": "기본법", "page": "", "url": "ftp://example.org/"},
    ],
)
def test_refused_short_address_says_why(editor, link, fields):
    answer = editor.post(reverse("short-links:add"), fields)

    assert answer.context["form"].errors
    assert ShortLink.objects.count() == 1


def test_a_short_address_to_nowhere_is_told_once_what_to_do(editor):
    answer = editor.post(reverse("short-links:add"), {"slug": "", "page": "", "url": ""})

    errors = answer.context["form"].errors
    assert list(errors) == ["slug", "__all__"]
    assert errors["__all__"] == [
        "페이지를 고르거나 다른 사이트 주소를 넣어 주세요. 둘 중 하나만 씁니다."
    ]


def test_list_shows_the_address_and_where_it_leads(editor, link, settings):
    ShortLink.objects.create(slug="law", url="https://law.example/")

    text = editor.get(reverse("short-links:list")).text

    assert f"{settings.SITE_URL}/s/토론회" in text
    assert link.page.title in text
    assert "https://law.example/" in text
    assert reverse("short-links:inspect", args=[link.pk]) in text


def test_list_warns_of_an_address_that_leads_nowhere(editor, link):
    before = editor.get(reverse("short-links:list")).text
    link.page.unpublish()

    after = editor.get(reverse("short-links:list")).text

    assert f"{link.page.title} (" not in before
    assert f"{link.page.title} (" in after


def test_list_tells_of_a_page_that_is_no_longer_public(editor, link):
    publish(link.page)
    link.page.unpublish()

    answer = editor.get(reverse("short-links:list"))

    assert f"{link.page.title} (이제 공개되지 않습니다" in answer.text


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_any_number_of_rows(editor, news, rows, django_assert_num_queries):
    editor.get(reverse("short-links:list"))
    for number in range(rows):
        ShortLink.objects.create(slug=f"link-{number}", page=news)

    with django_assert_num_queries(8):
        editor.get(reverse("short-links:list_results"))


def test_address_can_be_copied_and_its_code_printed(editor, link, settings):
    text = editor.get(reverse("short-links:inspect", args=[link.pk])).text

    assert f'value="{settings.SITE_URL}/s/토론회"' in text
    for kind in ("svg", "png"):
        assert f'href="{reverse("short-links:qr", args=[link.pk, kind])}?download"' in text


@pytest.mark.parametrize(
    ("kind", "content_type", "beginning"),
    [("svg", "image/svg+xml", b"<?xml"), ("png", "image/png", b"\x89PNG")],
)
def test_code_is_shown_or_saved(editor, link, kind, content_type, beginning):
    address = reverse("short-links:qr", args=[link.pk, kind])

    shown, saved = editor.get(address), editor.get(address, {"download": ""})

    assert shown["Content-Type"] == saved["Content-Type"] == content_type
    assert shown.content == saved.content
    assert shown.content.startswith(beginning)
    assert "Content-Disposition" not in shown
    assert saved["Content-Disposition"] == f'attachment; filename="qr-{link.pk}.{kind}"'


def test_there_is_no_other_code(editor, link):
    assert editor.get(reverse("short-links:qr", args=[link.pk, "gif"])).status_code == 404
    assert editor.get(reverse("short-links:qr", args=[link.pk + 1, "svg"])).status_code == 404


@pytest.mark.parametrize("name", ["list", "inspect", "qr"])
def test_others_are_turned_away(client, link, name):
    client.force_login(UserFactory(role=MODERATOR))
    arguments = {"list": [], "inspect": [link.pk], "qr": [link.pk, "svg"]}[name]

    answer = client.get(reverse(f"short-links:{name}", args=arguments))

    assert answer.status_code == 302
    assert answer["Location"] == reverse("wagtailadmin_home")
