from datetime import date, timedelta

import pytest
from django.utils import timezone

from campaigns.models import CampaignPage, Stage
from campaigns.presenters import present_hub
from home.blocks import Progress
from home.dates import Precision
from tests import queries
from tests.conftest import publish
from tests.factories.campaigns import HandOverFactory, OutcomeFactory
from tests.factories.home import (
    ContactFactory,
    DocumentFactory,
    ImageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)
from tests.factories.network import OrganisationFactory
from tests.factories.petitions import PetitionPageFactory, TallyFactory

pytestmark = pytest.mark.integration

ADDRESS = "/campaigns/basic-act/"


def read(client):
    return queries.read(client, ADDRESS)


def file(document, pdf=None):
    value = {"title": document.title, "document": document, "pdf": pdf, "no_pdf_reason": ""}
    return ("file", value)


def test_an_empty_hub_shows_none_of_its_parts(client, campaign_page):
    hub = present_hub(campaign_page, is_draft=False)

    assert (hub.actions, hub.events, hub.cards, hub.first_action) == ((), (), [], None)
    html, _queries = read(client)
    for part in ("way-title", "handed-title", "outcomes-title", "together-title", "toolkit"):
        assert part not in html


def test_the_first_action_is_one_that_is_open(campaign_page):
    closed = PetitionPageFactory(parent=campaign_page, closed=True)
    assert present_hub(campaign_page, is_draft=True).first_action == closed

    del campaign_page.action_pages
    still_open = PetitionPageFactory(parent=campaign_page)
    hub = present_hub(campaign_page, is_draft=True)

    assert (hub.first_action, hub.open_actions, hub.cards) == (still_open, [still_open], [])


def test_several_ways_to_take_part_have_their_cards(client, campaign_page):
    first, second = PetitionPageFactory.create_batch(2, parent=campaign_page)
    TallyFactory(petition=second, online=12345)

    cards = present_hub(campaign_page, is_draft=False).cards

    assert [card.page for card in cards] == [first, second]
    assert "12,345" in cards[1].note
    assert "cards--act" in read(client)[0]


def test_organisations_stand_in_korean_order_each_once(client, campaign_page):
    campaign_page.organisations.set(
        [OrganisationFactory(name="사단법인 가온연합"), OrganisationFactory(name="한빛연합")]
    )
    campaign_page.more_organisations = "나래마을\n\n 한빛연합 \n"
    publish(campaign_page)

    hub = present_hub(campaign_page, is_draft=False)

    assert hub.organisations == ("사단법인 가온연합", "나래마을", "한빛연합")
    assert hub.more_organisations == ()


def test_long_lists_keep_the_rest_folded_in(client, campaign_page):
    campaign_page.more_organisations = "\n".join(f"단체 {n:02}" for n in range(23))
    campaign_page.milestones = [
        ("milestone", {"day": f"2026-01-{day:02}", "precision": "day", "title": f"일 {day}"})
        for day in range(1, 10)
    ]
    publish(campaign_page)

    hub = present_hub(campaign_page, is_draft=False)

    assert (len(hub.first_organisations), len(hub.more_organisations)) == (20, 3)
    assert (len(hub.first_events), len(hub.more_events)) == (6, 3)
    assert read(client)[0].count('<details class="more">') == 2


def test_a_visitor_reads_what_was_handed_over_and_what_came_of_it(client, campaign_page):
    HandOverFactory(
        page=campaign_page,
        precision=Precision.MONTH,
        picture=ImageFactory(description="서명지를 건네는 대표들"),
        receipt=DocumentFactory(file__filename="receipt.pdf"),
    )
    HandOverFactory(page=campaign_page, what="정책 제안서", handed_over_on=date(2026, 11, 9))
    for progress in Progress:
        OutcomeFactory(page=campaign_page, progress=progress, so_far="위원회 대안에 담김")
    OutcomeFactory(page=campaign_page, source_url="https://assembly.example/minutes")

    hub = present_hub(campaign_page, is_draft=False)
    html, _queries = read(client)

    assert [record.what for record in hub.hand_overs] == ["정책 제안서", "1차 서명 5,000명분"]
    for words in (
        *("국회 기획재정위원회", "1차 서명 5,000명분", "2026년\u00a011월", "PDF"),
        *('<div class="hand-overs__picture">', 'alt="서명지를 건네는 대표들"'),
        *("위원회 대안에 담김", "2026년\u00a011월\u00a018일", "국회 회의록"),
        *(str(progress.label) for progress in Progress),
        '<a class="leaving" href="https://assembly.example/minutes"',
    ):
        assert words in html


def test_a_visitor_takes_the_toolkit_and_reads_the_answers(client, campaign_page, home_page):
    sheet = DocumentFactory(title="표준 공문", file__filename="letter.hwpx")
    campaign_page.toolkit = [file(sheet, pdf=DocumentFactory(file__filename="letter.pdf"))]
    campaign_page.questions = [
        (
            "question",
            {
                "question": "무엇이 달라집니까?",
                "answer": f'<p>한데 모읍니다. <a linktype="page" id="{home_page.pk}">첫 화면</a></p>',
            },
        )
    ]
    campaign_page.contact = ContactFactory()
    publish(campaign_page)

    html, _queries = read(client)

    for words in (
        *("표준 공문", "HWPX", "PDF", "무엇이 달라집니까?", "한데 모읍니다."),
        *('<a href="/">첫 화면</a>', "한마루", 'href="tel:0200000000"'),
    ):
        assert words in html


def test_a_file_that_was_deleted_is_left_out(campaign_page):
    document = DocumentFactory()
    campaign_page.toolkit = [file(document)]
    publish(campaign_page)
    document.delete()

    assert present_hub(campaign_page, is_draft=False).files == ()


def test_a_draft_shows_what_the_editor_has(campaign_page):
    campaign_page.more_organisations = "나래마을"

    assert present_hub(campaign_page, is_draft=True).organisations == ("나래마을",)
    published = CampaignPage.objects.get(pk=campaign_page.pk)
    assert present_hub(published, is_draft=False).organisations == ()


def test_a_milestone_without_a_day_waits_for_one(campaign_page):
    campaign_page.milestones = [
        ("milestone", {"day": None, "precision": "day", "title": "곧", "text": "", "page": None})
    ]

    assert present_hub(campaign_page, is_draft=True).events == ()


def test_a_page_that_just_went_is_presented_from_what_is_known(campaign_page):
    type(campaign_page).objects.get(pk=campaign_page.pk).delete()

    assert present_hub(campaign_page, is_draft=False).page == campaign_page


def test_a_draft_that_was_never_saved_can_be_seen(campaign_page):
    draft = type(campaign_page)(title="새 캠페인", slug="new", path="", depth=0)
    draft.action_pages = []

    assert present_hub(draft, is_draft=True).events == ()


def test_what_closes_is_no_longer_offered(campaign_page, clock):
    page = PetitionPageFactory(parent=campaign_page)
    page.closes_at = timezone.now() + timedelta(minutes=1)
    page.save()
    assert present_hub(campaign_page, is_draft=False).open_actions == [page]

    clock.tick(timedelta(minutes=2))

    assert present_hub(campaign_page, is_draft=False).open_actions == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_hub_costs_as_much_with_three_of_everything_as_with_one(
    client, campaign_page, home_page, rows
):
    news = NewsIndexPageFactory(parent=home_page)
    for page in PetitionPageFactory.create_batch(rows, parent=campaign_page):
        TallyFactory(petition=page, online=7)
    NewsPageFactory.create_batch(rows, parent=news, campaign=campaign_page)
    HandOverFactory.create_batch(
        rows, page=campaign_page, picture=ImageFactory(), receipt=DocumentFactory()
    )
    OutcomeFactory.create_batch(rows, page=campaign_page)
    for stage in list(Stage)[:rows]:
        campaign_page.bill_stages.create(stage=stage, reached_on=date(2026, 11, 1))
    campaign_page.organisations.set(OrganisationFactory.create_batch(rows))
    campaign_page.toolkit = [file(DocumentFactory()) for _ in range(rows)]
    campaign_page.contact = ContactFactory()
    publish(campaign_page)
    read(client)

    html, number = read(client)

    assert html.count("국회 앞에서 문화제를") == rows
    assert number == 2
