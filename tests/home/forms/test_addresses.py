"""The last part of a page's address: made by the site, or chosen by an editor."""

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from home.models import NewsPage, ReportPage, StandardPage, StatementPage
from tests.conftest import publish
from tests.factories.home import (
    NewsPageFactory,
    ReportIndexPageFactory,
    ReportPageFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
)

from .editing import add_address, errors_of, save, typed

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_hangul_in_the_title_never_reaches_the_address(editor, home_page):
    save(editor, add_address(StandardPage, home_page), title="연대회의 2026 소개", slug="")
    save(editor, add_address(StandardPage, home_page), title="About us", slug="")

    assert list(StandardPage.objects.order_by("pk").values_list("slug", flat=True)) == [
        "page",
        "about-us",
    ]


def test_an_address_in_hangul_is_refused_with_an_example(editor, news_list):
    response = save(editor, add_address(NewsPage, news_list), title="새 글", slug="총회-소식")

    [error] = errors_of(response)["slug"]
    assert timezone.localdate().isoformat() in error


def test_one_with_capitals_is_made_small(editor, news_list):
    save(editor, add_address(NewsPage, news_list), title="새 글", slug="Assembly-2026")

    assert NewsPage.objects.get().slug == "assembly-2026"


def test_a_page_that_has_one_in_hangul_keeps_it(editor, news_list):
    page = publish(NewsPageFactory(parent=news_list, slug="총회"))

    save(editor, f"/admin/pages/{page.pk}/edit/", title="고친 제목")

    draft = NewsPage.objects.get().get_latest_revision_as_object()
    assert (draft.title, draft.slug) == ("고친 제목", "총회")


def test_two_who_begin_at_once_get_two_addresses(editor, news_list):
    address = add_address(NewsPage, news_list)
    first, second = typed(editor, address, title="첫째"), typed(editor, address, title="둘째")
    assert first["slug"] == second["slug"]

    editor.post(address, first)
    editor.post(address, second)

    slug = first["slug"]
    assert list(NewsPage.objects.order_by("pk").values_list("slug", flat=True)) == [
        slug,
        f"{slug}-2",
    ]


def test_an_address_twice_names_the_page_that_has_it(editor, news_list):
    NewsPageFactory(parent=news_list, slug="assembly", title="총회 소식")

    response = save(editor, add_address(NewsPage, news_list), title="새 글", slug="assembly")

    [error] = errors_of(response)["slug"]
    assert "총회 소식" in error
    assert "assembly-2" in error


@pytest.mark.parametrize(
    ("number", "slug"), [("2026-14", "2026-14"), ("제14호", "14"), ("", None), ("성명", None)]
)
def test_a_statement_is_addressed_by_its_number(home_page, number, slug):
    page = StatementPageFactory.build(number=number)

    assert page.proposed_slug() == (slug or page.published_on.isoformat())


def test_a_page_made_without_a_form_gets_an_address_too(news_list):
    for _ in range(3):
        news_list.add_child(instance=NewsPage(title="총회"))

    today = timezone.localdate().isoformat()
    assert {*NewsPage.objects.values_list("slug", flat=True)} == {
        today,
        f"{today}-2",
        f"{today}-3",
    }


def edit_address(page):
    return f"/admin/pages/{page.pk}/edit/"


def test_what_the_editor_writes_makes_the_address(editor, home_page):
    reports = ReportIndexPageFactory(parent=home_page)
    statements = StatementIndexPageFactory(parent=home_page)
    ReportPageFactory(parent=reports, slug=str(timezone.localdate().year))

    save(editor, add_address(ReportPage, reports), title="활동보고", year="2024")
    save(editor, add_address(StatementPage, statements), title="성명", number="2026-14")
    save(editor, add_address(StatementPage, statements), title="성명", published_on="2026-03-01")
    save(editor, add_address(StandardPage, home_page), title="About us")

    assert ReportPage.objects.get(year=2024).slug == "2024"
    slugs = StatementPage.objects.order_by("pk").values_list("slug", flat=True)
    assert [*slugs] == ["2026-14", "2026-03-01"]
    assert StandardPage.objects.get().slug == "about-us"


def test_it_follows_until_the_page_is_public(director, home_page):
    statements = StatementIndexPageFactory(parent=home_page)
    save(director, add_address(StatementPage, statements), title="성명", gist="")
    page = StatementPage.objects.get()
    edit = edit_address(page)

    save(director, edit, number="2026-14")
    page.refresh_from_db()
    assert page.slug == "2026-14"
    save(director, edit, number="", published_on="2026-03-01")
    page.refresh_from_db()
    assert page.slug == "2026-03-01"

    from_before = typed(director, edit)
    save(director, edit, "action-publish")
    save(director, edit, number="2026-15")
    assert StatementPage.objects.get().get_latest_revision_as_object().slug == "2026-03-01"
    director.post(edit, from_before | {"number": "2026-16"})
    draft = StatementPage.objects.get().get_latest_revision_as_object()
    assert (draft.number, draft.slug) == ("2026-16", "2026-03-01")


def test_one_that_an_editor_chose_stays(editor, news_list):
    save(editor, add_address(NewsPage, news_list), title="새 글", slug="assembly")
    page = NewsPage.objects.get()

    save(editor, edit_address(page), published_on="2026-03-01")

    page.refresh_from_db()
    assert (page.slug, page.published_on.isoformat()) == ("assembly", "2026-03-01")


def test_a_number_behind_it_stays_while_nothing_else_changes(editor, news_list):
    today = timezone.localdate().isoformat()
    first = NewsPageFactory(parent=news_list, slug=today)
    save(editor, add_address(NewsPage, news_list), title="둘째")
    page = NewsPage.objects.get(title="둘째")
    first.delete()

    save(editor, edit_address(page), title="고친 제목")

    page.refresh_from_db()
    assert (page.title, page.slug) == ("고친 제목", f"{today}-2")


def test_the_open_form_hears_of_the_address_that_was_made(editor, home_page):
    address = add_address(StatementPage, StatementIndexPageFactory(parent=home_page))
    fields = typed(editor, address, title="성명", number="2026-14")
    as_script = {"accept": "application/json"}

    answer = editor.post(address, fields, headers=as_script).json()
    fields |= answer["field_updates"] | {"number": "2026-15"}
    editor.post(answer["url"], fields, headers=as_script)

    assert answer["field_updates"] == {"slug": "2026-14", "slug-proposal": "2026-14"}
    assert StatementPage.objects.get().slug == "2026-15"


def test_a_form_that_comes_back_still_shows_it(director, news_list):
    address = add_address(NewsPage, news_list)

    response = save(director, address, "action-publish", title="", published_on="2026-03-01")

    assert list(errors_of(response)) == ["title"]
    fields = querydict_from_html(response.content.decode(), form_id="page-edit-form")
    assert fields["slug"] == fields["slug-proposal"] == timezone.localdate().isoformat()
