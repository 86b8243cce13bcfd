"""What an editor meets in the form of a page: a start, an address, and nothing lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.test.utils.form_data import nested_form_data, streamfield

from campaigns.models import CampaignPage
from home.models import (
    NewsPage,
    OpEdPage,
    ReportPage,
    ResourcePage,
    StandardPage,
    StatementPage,
)
from tests.conftest import publish
from tests.factories.campaigns import CampaignIndexPageFactory
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    OpEdIndexPageFactory,
    ReportIndexPageFactory,
    ReportPageFactory,
    ResourceIndexPageFactory,
    StatementIndexPageFactory,
)

from .editing import add_address, errors_of, save, typed

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

KINDS = {
    NewsPage: NewsIndexPageFactory,
    StatementPage: StatementIndexPageFactory,
    ReportPage: ReportIndexPageFactory,
    OpEdPage: OpEdIndexPageFactory,
    ResourcePage: ResourceIndexPageFactory,
    CampaignPage: CampaignIndexPageFactory,
}


def start_of(browser, model, parent):
    return browser.get(add_address(model, parent)).context["form"]


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_a_new_page_has_its_parts_and_an_address_and_can_be_saved_at_once(editor, home_page, model):
    parent = KINDS[model](parent=home_page)
    form = start_of(editor, model, parent)
    streams = [v for v in form.initial.values() if isinstance(v, StreamValue) and len(v)]
    today = timezone.localdate()

    assert form.initial["slug"] in (today.isoformat(), str(today.year), "campaign")
    assert streams or model is OpEdPage
    save(editor, add_address(model, parent), title="새 글")

    page = model.objects.get()
    assert (page.live, page.title, page.slug.isascii()) == (False, "새 글", True)


def test_a_report_starts_with_its_ten_parts_in_order(editor, home_page):
    form = start_of(editor, ReportPage, ReportIndexPageFactory(parent=home_page))

    parts = [block.value["part"] for block in form.initial["sections"]]
    assert parts[0] == "theme"
    assert parts[-1] == "plan"
    assert len(parts) == 10
    assert form.initial["year"] == timezone.localdate().year


def test_other_pages_start_empty(editor, home_page):
    form = start_of(editor, StandardPage, home_page)

    assert len(form.initial["body"]) == 0
    assert form.initial["slug"] == "page"


def test_what_still_holds_a_hint_is_saved_but_neither_sent_nor_published(director, home_page):
    parent = StatementIndexPageFactory(parent=home_page)
    address = add_address(StatementPage, parent)

    for action in ("action-publish", "action-submit"):
        response = save(director, address, action, title="성명")
        assert list(errors_of(response)) == ["gist"]
    assert not StatementPage.objects.exists()

    save(director, address, title="성명")
    assert "〔" in StatementPage.objects.get().gist
    page = StatementPage.objects.get()
    edit = f"/admin/pages/{page.pk}/edit/"
    blocks = {"body": streamfield([("heading", "〔소제목〕")])}
    response = save(director, edit, "action-publish", gist="한 문장", **nested_form_data(blocks))
    assert list(errors_of(response)) == ["body"]

    save(director, edit, "action-publish", gist="한 문장")
    assert StatementPage.objects.live().exists()


def test_a_report_of_next_year_can_be_copied_from_this_one(director, home_page):
    parent = ReportIndexPageFactory(parent=home_page)
    page = publish(ReportPageFactory(parent=parent, year=2026, slug="2026"))
    address = f"/admin/pages/{page.pk}/copy/"
    form = director.get(address).context["form"]

    assert form.fields["new_slug"].initial == "2027"
    director.post(
        address,
        {"new_title": "2027년 활동보고", "new_slug": "2027", "new_parent_page": parent.pk},
    )

    copy = ReportPage.objects.get(slug="2027")
    assert (copy.year, copy.live) == (2027, False)
    assert copy.get_latest_revision_as_object().year == 2027
    assert copy.get_latest_revision_as_object().published_on == timezone.localdate()


def test_a_copy_is_proposed_an_address_that_is_free(director, news_list):
    page = publish(NewsPageFactory(parent=news_list, slug="assembly"))

    form = director.get(f"/admin/pages/{page.pk}/copy/").context["form"]

    assert form.fields["new_slug"].initial == "assembly-2"


def test_the_embargo_is_the_schedule_of_the_form(director, home_page):
    parent = StatementIndexPageFactory(parent=home_page)
    ends = (timezone.localtime() + timedelta(days=2)).replace(second=0, microsecond=0)
    typed_time = ends.strftime("%Y-%m-%d %H:%M")
    save(director, add_address(StatementPage, parent), title="성명", gist="", embargo_at=typed_time)
    page = StatementPage.objects.get()
    assert page.get_latest_revision_as_object().go_live_at == ends

    edit = f"/admin/pages/{page.pk}/edit/"
    assert director.get(edit).context["form"].initial["go_live_at"] is None
    save(director, edit, "action-publish", gist="", embargo_at=typed_time)
    page.refresh_from_db()
    assert (page.live, page.go_live_at) == (False, ends)

    director.post(f"/admin/pages/{page.pk}/revisions/{page.latest_revision_id}/unschedule/")
    save(director, edit, "action-publish", gist="", embargo_at="")
    page.refresh_from_db()
    assert (page.live, page.go_live_at) == (True, None)


def test_autosave_keeps_a_draft_that_lacks_everything(editor, home_page):
    address = add_address(OpEdPage, OpEdIndexPageFactory(parent=home_page))
    fields = typed(editor, address, title="제목만", outlet="", author="")

    answer = editor.post(address, fields, headers={"accept": "application/json"}).json()

    assert answer["success"] is True
    assert OpEdPage.objects.get(pk=answer["pk"]).title == "제목만"


def test_a_new_address_of_a_public_page_leads_on_and_is_told(
    director, news_list, django_capture_on_commit_callbacks
):
    page = publish(NewsPageFactory(parent=news_list, slug="old"))

    with django_capture_on_commit_callbacks(execute=True):
        response = save(director, f"/admin/pages/{page.pk}/edit/", "action-publish", slug="new")

    told = [str(message) for message in director.get(response["Location"]).context["messages"]]
    assert any("/old/" in words and "/new/" in words for words in told)
    assert Client().get(page.url)["Location"].endswith("/new/")


def test_the_same_address_is_not_worth_a_word(director, news_list):
    page = publish(NewsPageFactory(parent=news_list, slug="old"))

    response = save(director, f"/admin/pages/{page.pk}/edit/", "action-publish", title="새 제목")

    told = director.get(response["Location"]).context["messages"]
    assert "info" not in [message.level_tag for message in told]
