"""Who is not invited learns of a closed part its title, hour and audience, and nothing else."""

import pytest
from django.utils import timezone
from wagtail.models import Page

from campaigns.forums import services
from campaigns.forums.models import ForumSession, SeatPool
from home.publishing import forget_everything
from tests.campaigns.forums.waiter import join
from tests.factories.forums import InvitationFactory
from tests.factories.home import NewsPageFactory
from tests.factories.network import OrganisationFactory
from tests.factories.tree import publish

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# Each of them can be told from everything else on a page.
HIDDEN = {
    "price": ("77,777", "77777"),
    "what the price includes": ("비밀자료집",),
    "seats in all": ("4321",),
    "seats left": ("4310",),
    "seats of each organisation": ("1237",),
    "meal": ("비밀만찬",),
    "where one eats": ("비밀식당",),
    "summary": ("비밀요약",),
    "code": ("ZZZZ-9999", "ZZZZ9999"),
    "invited organisation": ("한빛비밀연합회",),
    "online address": ("meet.example/secret",),
    "who waits": ("비밀대기자", "secret-waiter@mail.example"),
}
ADDRESSES = (
    *("", "seats.json", "calendar.ics", "apply/", "wait/"),
    "/forums/events.ics",
    *("/", "/forums/", "/campaigns/basic-act/", "/campaigns/"),
    *("/feed/", "/feed/atom/", "/sitemap.xml", "/search/?q=워크숍", "/search/?q=비밀"),
)


@pytest.fixture
def closed_part(forum, index, home_page):
    """Part 2 with all that must stay inside, and somebody invited to it."""
    ForumSession.objects.filter(forum=forum, part="2부").update(
        fee_krw=77_777,
        fee_includes="비밀자료집",
        capacity=4321,
        seats_per_organisation=1237,
        meal="비밀만찬",
        meal_detail="비밀식당",
        summary="비밀요약",
    )
    forum = type(forum).objects.get(pk=forum.pk)
    forum.online_url = "https://meet.example/secret"
    publish(forum)
    code = InvitationFactory(
        forum=forum,
        organisation=OrganisationFactory(name="한빛비밀연합회", is_member=False),
        code="ZZZZ-9999",
    )
    told = {"name": "비밀대기자", "email": "secret-waiter@mail.example", "invitation": code}
    join(services.state_of(type(forum).objects.get(pk=forum.pk)), sessions=["2부"], **told)
    closed = SeatPool.objects.filter(session__forum=forum, session__part="2부", kind="session")
    closed.update(taken=11)
    told = f'<p><a linktype="page" id="{forum.pk}">토론회 안내</a></p>'
    NewsPageFactory(parent__parent=home_page, title="토론회를 엽니다", body=[("text", told)])
    home_page.lead_page = Page.objects.get(slug="basic-act")
    publish(home_page)
    forget_everything()
    return forum


def read_all(client, forum):
    """By address, everything that a stranger can be told of this forum."""
    told = {}
    for address in ADDRESSES:
        url = address if address.startswith("/") else f"{forum.url}{address}"
        answer = client.get(url)
        assert answer.status_code == 200, url
        told[url] = answer.content.decode().replace("\r\n ", "")
    return told


def test_nothing_leaves_the_house(client, closed_part):
    told = read_all(client, closed_part)

    leaks = {
        (url, what)
        for url, text in told.items()
        for what, marks in HIDDEN.items()
        for mark in marks
        if mark in text and not url.startswith("/search/?q=비밀")
    }

    assert leaks == set()
    assert closed_part.url not in told["/search/?q=비밀"]


def test_nobody_waits_for_what_is_closed_to_them(client, closed_part):
    """The form of the list names neither the closed part nor how many wait for it."""
    text = client.get(f"{closed_part.url}wait/").content.decode()

    assert "특별 토론회" in text
    assert "대표자 워크숍" not in text.replace(closed_part.title, "")
    assert "1명이 기다리고" not in text


def test_what_may_be_told_is_told(client, closed_part):
    page = read_all(client, closed_part)[closed_part.url]

    for shown in ("대표자 워크숍", "2부", "하반기 계획 논의", "오후\u00a01시\u00a030분"):
        assert shown in page, shown


def test_what_is_for_everybody_is_told_everywhere(client, closed_part):
    """The crawl sees these places at all: the public part stands in each of them."""
    told = read_all(client, closed_part)

    assert "20,000" in told[closed_part.url]
    assert '"left": 100' in told[f"{closed_part.url}seats.json"]
    assert "BEGIN:VEVENT" in told[f"{closed_part.url}calendar.ics"]
    assert closed_part.title in told["/forums/"]
    assert "SUMMARY:특별 토론회 및 대표자 워크숍 1부" in told["/forums/events.ics"]
    assert closed_part.url in told["/search/?q=워크숍"]
    assert closed_part.url in told["/sitemap.xml"]
    for feed in ("/feed/", "/feed/atom/"):
        assert "토론회를 엽니다" in told[feed]
        assert f"{closed_part.url}&quot;" in told[feed] or f'{closed_part.url}"' in told[feed]


def test_a_meeting_for_invited_people_only_names_no_price(client, closed_part):
    ForumSession.objects.filter(forum=closed_part, part="1부").delete()
    forget_everything()

    page = client.get(closed_part.url).content.decode()

    assert "77,777" not in page
    assert "000-12-345678" not in page
    assert client.get(f"{closed_part.url}seats.json").json()["sessions"] == []
    assert timezone.now() < closed_part.starts_at


def test_the_calendar_to_subscribe_to_has_no_byte_of_what_is_not_for_everybody(client, closed_part):
    second = ForumSession.objects.get(forum=closed_part, part="2부")
    answer = client.get("/forums/events.ics")
    text = answer.content.replace(b"\r\n ", b"").decode()

    assert text.count("BEGIN:VEVENT") == 1
    assert "X-WR-TIMEZONE:Asia/Seoul" in text
    ends = timezone.localtime(second.ends_at).strftime("%Y%m%dT%H%M%S")
    for mark in (
        "2부",
        f"-{second.pk}@",
        ends,
        *(one for marks in HIDDEN.values() for one in marks),
    ):
        assert mark not in text
    ForumSession.objects.filter(forum=closed_part, part="1부").delete()
    forget_everything()
    assert b"VEVENT" not in client.get("/forums/events.ics").content
