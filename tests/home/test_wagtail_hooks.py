"""What an editor is told after saving, and beside the editor."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.models import NewsPage
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory

pytestmark = pytest.mark.django_db

EMPTY_LINK = '<p><a href="https://example.org/">여기</a></p>'


def form_of(**changes):
    html = changes.pop("html", EMPTY_LINK)
    data = {
        **{"title": "소식", "slug": "news-1", "summary": "한 줄", "published_on": "2026-11-24"},
        **{"body": streamfield([("text", rich_text(html))]), "files": streamfield([])},
        **{"comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0}},
        **changes,
    }
    data["comments"]["MAX_NUM_FORMS"] = 0
    return nested_form_data(data)


@pytest.fixture
def index(home_page):
    return NewsIndexPageFactory(parent=home_page, slug="news")


@pytest.fixture
def news(index):
    return NewsPageFactory(parent=index, slug="news-1", live=False)


def edit_url(page):
    return f"/admin/pages/{page.pk}/edit/"


def told(response):
    return "".join(str(message) for message in get_messages(response.wsgi_request))


def test_saving_a_draft_tells_what_to_check(admin_client, news, clock):
    response = admin_client.post(edit_url(news), form_of())

    assert response.status_code == 302
    assert "findings-told" in told(response)
    assert "‘여기’" in told(response)


def test_creating_tells_too(admin_client, index, clock):
    url = f"/admin/pages/add/home/newspage/{index.pk}/"

    response = admin_client.post(url, form_of())

    assert NewsPage.objects.get().title == "소식"
    assert "findings-told" in told(response)


def test_nothing_to_check_is_not_told(admin_client, news, clock):
    response = admin_client.post(edit_url(news), form_of(html="<p>글</p>"))

    assert "findings-told" not in told(response)


def test_automatic_saving_refreshes_the_list_and_leaves_no_message(admin_client, news, clock):
    response = admin_client.post(edit_url(news), form_of(), headers={"accept": "application/json"})

    html = json.loads(response.content)["html"]
    assert 'data-w-teleport-target-value="[data-findings]"' in html
    assert "‘여기’" in html
    assert "findings-told" not in told(response)


def test_list_stands_beside_the_editor_without_a_score(admin_client, news, clock):
    admin_client.post(edit_url(news), form_of())

    html = admin_client.get(edit_url(news)).content.decode()

    assert "findings__item--warning" in html
    assert "<p hidden data-content-readability-score>" in html


def test_publishing_with_a_resident_number_keeps_the_draft(admin_client, news, clock):
    data = form_of(html="<p>900101-1234567</p>")

    response = admin_client.post(edit_url(news), {**data, "action-publish": "1"})

    assert response.headers["Location"] == edit_url(news)
    assert "findings-told" in told(response)
    news.refresh_from_db()
    assert not news.live
    assert "900101" in news.get_latest_revision_as_object().body[0].value.source


def test_publishing_with_warnings_is_allowed(admin_client, news, clock):
    admin_client.post(edit_url(news), {**form_of(), "action-publish": "1"})

    news.refresh_from_db()
    assert news.live


def test_long_list_is_cut_in_the_message(admin_client, news, clock):
    blocks = [("text", rich_text(EMPTY_LINK))] * 7

    response = admin_client.post(edit_url(news), form_of(body=streamfield(blocks)))

    assert told(response).count("‘여기’") == 5


def test_checker_of_the_preview_knows_korean_names_of_pictures(admin_client, news):
    html = admin_client.get(edit_url(news)).content.decode()

    assert "kakaotalk" in html


def test_preview_carries_the_checker_and_the_public_page_does_not(admin_client, news):
    news.save_revision().publish()
    revision = news.get_latest_revision()
    preview = f"/admin/pages/{news.pk}/revisions/{revision.pk}/view/"

    assert b"<wagtail-userbar" in admin_client.get(preview).content
    assert b"userbar" not in admin_client.get(news.url).content


@pytest.mark.parametrize("pages", [1, 2])
def test_search_for_pages_says_what_it_counts(admin_client, index, pages):
    for _ in range(pages):
        NewsPageFactory(parent=index, title="기본법 소식")

    html = admin_client.get("/admin/pages/search/", {"q": "기본법"}).content.decode()

    head = BeautifulSoup(html, "html.parser").find("th", class_="title")
    assert " ".join(head.text.split()) == f"제목 페이지 {pages}개 가운데 1-{pages}"


def test_returned_page_names_the_step_that_returned_it(admin_client, administrator, index):
    page = NewsPageFactory(parent=index, live=False, owner=administrator)
    page.save_revision(user=administrator)
    workflow = page.get_workflow()
    state = workflow.start(page, administrator)
    state.current_task_state.reject(user=administrator)

    text = BeautifulSoup(admin_client.get("/admin/").content, "html.parser").text

    task = workflow.tasks.first().name
    assert f"수정 요청한 단계: {task}" in " ".join(text.split())
