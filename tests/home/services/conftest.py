import pytest

from home.services.search import search_pages
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
)

TEXTS = (
    (
        "사회적경제기본법을 제정하라",
        "국회는 답하라. 시민사회단체 연대회의는 오늘 기자회견을 열었다.",
    ),
    ("기후위기 대응을 위한 서명운동", "탄소중립기본법 개정을 요구한다."),
    ("협동조합의 날 기념 문화제", "사회적 경제 조직이 한자리에 모였다."),
    ("정치개혁 공약 협약식", "후보들이 서명했다."),
)


def texts(*paragraphs):
    return [{"type": "text", "value": f"<p>{text}</p>"} for text in paragraphs]


def found(typed, **options):
    return [
        "".join(piece.text for piece in one.title) for one in search_pages(typed, **options).results
    ]


@pytest.fixture
def index_page(home_page):
    """The list of news; the front page holds no word that is looked for."""
    home_page.title = "처음"
    home_page.save()
    return NewsIndexPageFactory(parent=home_page)


@pytest.fixture
def four_pages(index_page):
    return [
        NewsPageFactory(parent=index_page, title=title, body=texts(body)) for title, body in TEXTS
    ]
