"""An empty or hostile draft of every page type: saved by the autosave, told what it lacks."""

import json
from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import NewsPage
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    OpEdIndexPageFactory,
    ReportIndexPageFactory,
    ResourceIndexPageFactory,
    StatementIndexPageFactory,
)

pytestmark = pytest.mark.django_db

COMMENTS = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0}
ARTICLES = {
    "newspage": NewsIndexPageFactory,
    "statementpage": StatementIndexPageFactory,
    "opedpage": OpEdIndexPageFactory,
    "resourcepage": ResourceIndexPageFactory,
    "reportpage": ReportIndexPageFactory,
}


def empty_form(**changes):
    streams = {
        name: streamfield([]) for name in ("body", "files", "versions", "sections", "numbers")
    }
    return nested_form_data({**streams, "comments": COMMENTS, "title": "제목", **changes})


def add_url(page_type, parent):
    return reverse("wagtailadmin_pages:add", args=["home", page_type, parent.pk])


@pytest.fixture(params=ARTICLES)
def page_type(request):
    return request.param


@pytest.fixture
def index(page_type, home_page):
    return ARTICLES[page_type](parent=home_page, slug="list")


def test_empty_draft_is_saved_by_itself(admin_client, page_type, index):
    url = add_url(page_type, index)

    answer = admin_client.post(url, empty_form(), headers={"accept": "application/json"})

    said = json.loads(answer.content)
    assert said["success"], said
    draft = Page.objects.get(pk=said["pk"])
    assert (draft.title, draft.live) == ("제목", False)


def test_publishing_an_empty_page_says_what_it_lacks(admin_client, page_type, index):
    data = {**empty_form(published_on=""), "action-publish": "1"}

    response = admin_client.post(add_url(page_type, index), data)

    assert response.status_code == 200
    assert "published_on" in response.context["form"].errors
    assert not Page.objects.child_of(index).exists()


def raw_text(entity, data, text="글"):
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    block["entityRanges"] = [{"offset": 0, "length": len(text), "key": 0}]
    entities = {"0": {"type": entity, "mutability": "MUTABLE", "data": data}}
    return json.dumps({"blocks": [block], "entityMap": entities})


@pytest.mark.parametrize(
    ("entity", "data"),
    [
        ("LINK", {"url": "javascript:alert(1)"}),
        ("LINK", {"url": " JaVaScRiPt:alert(1)"}),
        ("LINK", {"url": "data:text/html,<script>alert(1)</script>"}),
        ("IMAGE", {"id": 1, "alt": "x", "format": "left", "src": "https://a.b/c.png"}),
        ("EMBED", {"url": "https://video.example.net/1", "html": "<script>"}),
    ],
)
def test_nothing_but_text_is_stored_of_what_an_editor_could_forge(
    admin_client, home_page, entity, data
):
    index = NewsIndexPageFactory(parent=home_page, slug="list")
    form = empty_form(body=streamfield([("text", raw_text(entity, data))]))

    admin_client.post(add_url("newspage", index), form)

    source = NewsPage.objects.get().body[0].value.source
    for trace in ("script:", "data:", "<script", "<img", "<embed", "embedtype"):
        assert trace not in source.lower()


def test_style_that_no_text_may_have_is_left_out(admin_client, home_page):
    index = NewsIndexPageFactory(parent=home_page, slug="list")
    ranges = [{"offset": 0, "length": 1, "style": style} for style in ("CODE", "BOLD")]
    block = {"key": "a", "text": "글", "type": "unstyled", "depth": 0, "entityRanges": []}
    raw = json.dumps({"blocks": [{**block, "inlineStyleRanges": ranges}], "entityMap": {}})

    admin_client.post(add_url("newspage", index), empty_form(body=streamfield([("text", raw)])))

    source = NewsPage.objects.get().body[0].value.source
    assert "<b>글</b>" in source
    assert "<code" not in source


def test_date_that_was_cleared_stays_as_it_was_in_a_draft(admin_client, home_page):
    news = NewsPageFactory(
        parent=NewsIndexPageFactory(parent=home_page, slug="list"),
        slug="news-1",
        published_on=date(2026, 3, 1),
        live=False,
    )

    admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[news.pk]), empty_form(published_on="")
    )

    news.refresh_from_db()
    draft = news.get_latest_revision_as_object()
    assert (draft.title, draft.published_on) == ("제목", date(2026, 3, 1))


def test_date_that_is_none_is_told_in_a_draft_too(admin_client, home_page):
    index = NewsIndexPageFactory(parent=home_page, slug="list")

    response = admin_client.post(add_url("newspage", index), empty_form(published_on="2026-13-45"))

    assert list(response.context["form"].errors) == ["published_on"]
