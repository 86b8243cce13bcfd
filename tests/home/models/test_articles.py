import re

import pytest
from django.test import Client

from home.models import ReportPage
from tests.conftest import publish
from tests.factories.home import (
    DocumentFactory,
    ImageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OpEdIndexPageFactory,
    OpEdPageFactory,
    ReportIndexPageFactory,
    ReportPageFactory,
    ResourceIndexPageFactory,
    ResourcePageFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
)

pytestmark = pytest.mark.integration

KINDS = [
    (NewsIndexPageFactory, NewsPageFactory),
    (StatementIndexPageFactory, StatementPageFactory),
    (ReportIndexPageFactory, ReportPageFactory),
    (OpEdIndexPageFactory, OpEdPageFactory),
    (ResourceIndexPageFactory, ResourcePageFactory),
]


@pytest.fixture(params=KINDS, ids=[page._meta.model.__name__ for _index, page in KINDS])
def article(request, home_page):
    """A page of each kind below its list, with nothing but what it must have."""
    index_factory, page_factory = request.param
    return publish(page_factory(parent=index_factory(parent=home_page)))


def read(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_page_with_nothing_optional_is_a_page(client, article):
    assert article.title in read(client, article)


def test_a_list_names_its_pages(client, article):
    assert article.title in read(client, article.get_parent())


def test_a_picture_and_a_file_are_shown(admin_client, article):
    """Whatever its editor has a field for; a report has its picture on cards only."""
    article.picture = ImageFactory(description="광장에 모인 사람들")
    document = DocumentFactory()
    article.files = [("file", {"title": "첨부한 전문", "document": document})]
    publish(article)
    fields = admin_client.get(f"/admin/pages/{article.pk}/edit/").context["form"].fields

    html = read(Client(), article)

    shows_picture = "picture" in fields and not isinstance(article, ReportPage)
    assert shows_picture == ('alt="광장에 모인 사람들"' in html)
    if "files" in fields:
        assert document.url in html
        assert re.search(r"PDF(내려받기)?1KB", re.sub(r"<[^>]+>|\s", "", html))
        assert isinstance(article, ReportPage) or "첨부한 전문" in html


def test_a_way_to_take_part_is_offered_below(client, article, petition_page):
    article.action_page = petition_page
    publish(article)

    assert f'href="{petition_page.url}#sign"' in read(client, article).split('id="join-title"')[1]


def test_several_themes_are_ticked_not_picked_with_a_key_held(admin_client, article):
    form = admin_client.get(f"/admin/pages/{article.pk}/edit/").context["form"]

    assert form.fields["themes"].widget.input_type == "checkbox"
    assert form.fields["sectors"].widget.input_type == "checkbox"
    assert "show_in_menus" not in form.fields
