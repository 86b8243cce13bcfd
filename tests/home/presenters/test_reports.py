from datetime import date

import pytest

from home.models import ReportPage
from home.presenters import ReportPresenter
from tests.conftest import publish
from tests.factories.home import DocumentFactory, ReportIndexPageFactory, ReportPageFactory

pytestmark = pytest.mark.integration


@pytest.fixture
def reports(home_page):
    index = ReportIndexPageFactory(parent=home_page)
    return {year: ReportPageFactory(parent=index, year=year) for year in (2024, 2025, 2026)}


def section(part, body=(), **kwargs):
    return ("section", {"part": part, "body": list(body), **kwargs})


def test_parts_have_addresses_of_their_own_also_where_one_comes_twice(reports):
    page = reports[2026]
    page.sections = [section("tasks"), section("projects"), section("tasks", heading="더 할 일")]
    publish(page)

    parts = ReportPresenter(page).parts

    assert [(part.anchor, part.title) for part in parts] == [
        ("tasks", "남은 과제"),
        ("projects", "세부사업"),
        ("tasks-2", "더 할 일"),
    ]
    assert 'id="tasks-2"' in parts[2].html


def test_a_timeline_leaves_out_the_year_of_the_report(reports):
    entries = [
        {"day": date(2026, 3, 1), "precision": "month", "title": "총회"},
        {"day": date(2025, 12, 1), "precision": "month", "title": "준비"},
    ]
    page = reports[2026]
    page.sections = [section("activities", [("timeline", {"heading": "", "entries": entries})])]

    [part] = ReportPresenter(page, is_draft=True).parts

    assert ">3월<" in part.html
    assert ">2025년\u00a012월<" in part.html


def test_the_years_before_and_after_are_linked(reports):
    def years(year):
        presenter = ReportPresenter(reports[year])
        return presenter.years.before, presenter.years.after

    assert years(2024) == (None, reports[2025])
    assert years(2025) == (reports[2024], reports[2026])
    assert years(2026) == (reports[2025], None)


def test_the_plan_is_linked_while_it_is_public(reports, django_capture_on_commit_callbacks):
    page = reports[2025]
    page.next_page = reports[2026]
    publish(page)
    assert ReportPresenter(page).years.plan.pk == reports[2026].pk

    with django_capture_on_commit_callbacks(execute=True):
        reports[2026].unpublish()
    page = ReportPage.objects.get(pk=page.pk)
    assert ReportPresenter(page).years.plan is None


def test_a_draft_that_was_never_saved_has_no_other_years(db):
    assert ReportPresenter(ReportPage(year=2026), is_draft=True).years.before is None


def test_the_first_attachment_is_the_report_itself(reports):
    pdf, hwpx, other = DocumentFactory(), DocumentFactory(), DocumentFactory()
    page = reports[2026]
    page.files = [
        ("file", {"title": "활동보고", "document": hwpx, "pdf": pdf}),
        ("file", {"title": "결산서", "document": other}),
    ]

    presenter = ReportPresenter(page)

    assert presenter.downloads == [pdf, hwpx]
    assert [file["title"] for file in presenter.more_files] == ["결산서"]
    assert ReportPresenter(reports[2025]).downloads == []
