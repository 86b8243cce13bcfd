"""What search can find on each type of page: all that visitors read there, nothing else."""

from datetime import date

import pytest

from campaigns.models import CampaignPage, HandOver, Outcome
from home.models import (
    HomePage,
    NewsPage,
    OpEdPage,
    ReportPage,
    ResourcePage,
    StandardPage,
    StatementPage,
)
from petitions.models import PetitionPage

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

BODY = [
    {"type": "heading", "value": "제목줄"},
    {"type": "text", "value": "<p>첫 문단</p><p><b>사회적</b>경제 둘째</p>"},
    {"type": "quote", "value": {"text": "인용문", "source": "출처"}},
    {
        "type": "photo_story",
        "value": {"heading": "사진들", "pictures": [{"picture": None, "caption": "사진설명"}]},
    },
    {
        "type": "file_list",
        "value": {"heading": "자료들", "files": [{"title": "파일이름", "document": None}]},
    },
    {"type": "people", "value": {"heading": "토론자", "people": [{"name": "박협동"}]}},
]
WORDS = ["제목줄", "첫 문단 사회적경제 둘째", "인용문", "출처", "사진설명", "파일이름", "박협동"]
FILE = [{"type": "file", "value": {"title": "첨부이름", "document": None}}]


def lines(page):
    return page.search_text.split("\n")


@pytest.mark.parametrize(
    ("model", "fields", "expected"),
    [
        (HomePage, {"body": BODY}, WORDS),
        (StandardPage, {"body": BODY}, WORDS),
        (NewsPage, {"body": BODY, "files": FILE}, [*WORDS, "첨부이름"]),
        (
            StatementPage,
            {
                "gist": "하나\n둘",
                "body": BODY,
                "signatories": "가온연대\n나눔연합",
                "number": "2026-14",
            },
            [*WORDS, "하나", "둘", "가온연대", "나눔연합", "2026-14"],
        ),
        (
            OpEdPage,
            {"outlet": "한마루신문", "author": "김연대", "author_title": "대표", "excerpt": "구절"},
            ["한마루신문", "김연대", "대표", "구절"],
        ),
        (
            ResourcePage,
            {"versions": [{"type": "version", "value": {"title": "판이름", "changes": "고친 곳"}}]},
            ["판이름", "고친 곳"],
        ),
        (
            ReportPage,
            {
                "theme": "올해의 기조",
                "sections": [
                    {"type": "section", "value": {"part": "plan", "claim": "한 문장", "body": BODY}}
                ],
            },
            [*WORDS, "올해의 기조", "한 문장"],
        ),
        (
            CampaignPage,
            {
                "asks": [
                    {"type": "asks", "value": {"heading": "요구", "asks": [{"title": "요구하나"}]}}
                ],
                "body": BODY,
                "questions": [
                    {"type": "question", "value": {"question": "왜요?", "answer": "<p>답</p>"}}
                ],
                "bill_name": "법안이름",
                "more_organisations": "다솜모임\n라온회",
            },
            [*WORDS, "요구하나", "왜요?", "답", "법안이름", "다솜모임", "라온회"],
        ),
        (PetitionPage, {"addressees": "국회의장", "body": BODY}, [*WORDS, "국회의장"]),
    ],
)
def test_words_of_a_page_are_searched(model, fields, expected):
    page = model(title="글 제목", summary="한 줄  요약", **fields)

    assert lines(page)[:2] == ["글 제목", "한 줄 요약"]
    assert set(expected) <= set(lines(page))
    assert "None" not in lines(page)


def test_results_of_a_campaign_are_searched():
    page = CampaignPage(title="캠페인")
    page.hand_overs = [
        HandOver(recipient="국회의장실", what="서명 12,345명", handed_over_on=date(2026, 3, 1))
    ]
    page.outcomes = [Outcome(demand="기본법 제정", so_far="위원회 심사")]

    assert {"국회의장실", "서명 12,345명", "기본법 제정", "위원회 심사"} <= set(lines(page))


def test_what_is_not_shown_is_not_searched():
    page = PetitionPage(
        title="서명", summary="", roll_recipients="받는곳", slug="주소말", search_description="설명"
    )

    assert lines(page) == ["서명"]


def test_title_is_kept_in_nfc(home_page):
    page = StandardPage(title="\u1100\u1175본법", slug="nfd")

    home_page.add_child(instance=page)

    assert page.title == "기본법"
