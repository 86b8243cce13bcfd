"""What else a forum's page tells: before the meeting, and after it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.models import ForumHost, Speaker
from home.dates import korean_day
from home.publishing import forget_everything
from payments.services.accounts import approve_change, ask_change
from tests.campaigns.forums.participant import asked
from tests.factories.accounts import UserFactory
from tests.factories.home import DocumentFactory
from tests.factories.network import OrganisationFactory
from tests.factories.tree import publish

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

AGO = timedelta(days=44)
ROLE = Speaker.Role
PODIUM = [
    {"name": "한가람", "role": ROLE.CHAIR, "affiliation": "가온연합회", "position": "이사장"},
    {"name": "두나래", "role": ROLE.DISCUSSANT, "group": "정부 부처", "affiliation": "가온부"},
    {"name": "이가온", "role": ROLE.DISCUSSANT, "affiliation": "나루생협"},
    {"name": "박다온", "role": ROLE.CHAIR, "group": "정부 부처"},
]


def read(client, forum):
    return parsed(client.get(forum.url))


def parsed(response):
    return BeautifulSoup(response.content, "html.parser")


def rows(page, section):
    """By term, what a list of terms says."""
    terms = page.select(f"{section} dt")
    return {words(term): words(term.find_next_sibling("dd")) for term in terms}


def words(tag):
    return " ".join(tag.get_text(" ").replace("\u2060", "").split())


def change(forum, **told):
    for name, value in told.items():
        setattr(forum, name, value)
    publish(forum)
    forget_everything()


def take_place(forum, **told):
    """The meeting was a month ago."""
    for session in forum.sessions.all():
        session.starts_at -= AGO
        session.ends_at -= AGO
        session.save()
    forum = type(forum).objects.get(pk=forum.pk)
    for name in ("registration_closes_at", "payment_due_at"):
        setattr(forum, name, getattr(forum, name) - AGO)
    change(forum, **told)


def test_the_slogan_stands_under_the_title(client, forum):
    assert words(read(client, forum).select_one(".hero .lead")) == forum.slogan


def test_speakers_stand_by_group_and_role_as_of_the_day(client, forum):
    change(forum, speakers=[Speaker(**told, sort_order=n) for n, told in enumerate(PODIUM)])

    page = read(client, forum)

    found = {
        words(title): [words(one) for one in title.find_next_sibling("ul").select("li")]
        for title in page.select("h3.podium")
    }
    assert list(found.values()) == [
        ["한가람 가온연합회 이사장"],
        ["두나래 가온부 토론", "박다온 사회"],
        ["이가온 나루생협"],
    ]
    assert list(found)[1] == "정부 부처"
    assert "행사 날 기준" in words(page.select_one("#speakers-title").parent)


def test_hosts_stand_by_what_they_do(client, forum):
    names = {"가온연합회": "host", "나루생협": "host", "다온재단": "sponsor"}
    hosts = [
        ForumHost(organisation=OrganisationFactory(name=name), role=role, sort_order=n)
        for n, (name, role) in enumerate(names.items())
    ]

    change(forum, hosts=hosts, more_hosts="국회의원 한마루")

    told = rows(read(client, forum), ".summary-table--strong")
    assert told["주최"] == "가온연합회, 나루생협, 국회의원 한마루"
    assert told["후원"] == "다온재단"


def test_who_needs_help_reads_what_there_is(client, forum):
    assert not read(client, forum).select("#help-title")

    notes = [{"kind": "wheelchair", "text": "1층 경사로"}, {"kind": "parking", "text": "두 시간"}]
    change(forum, accessibility=[("note", note) for note in notes])

    assert rows(read(client, forum), ".help-list") == {
        "휠체어 출입": "1층 경사로",
        "주차": "두 시간",
    }


def test_what_comes_back_stands_by_its_last_day(client, forum):
    day = timezone.localdate(forum.starts_at)
    table = rows(read(client, forum), ".refunds")

    until = [
        f"{korean_day(day - timedelta(days=days))}까지".replace("\u2060", "").replace("\u00a0", " ")
        for days in (7, 1)
    ]
    assert list(table)[:2] == until
    assert list(table.values())[:2] == ["모두 돌려드립니다", "50%를 돌려드립니다"]
    assert len(table) == 3


@pytest.mark.parametrize(
    ("spoken", "hours"),
    [(False, ("오후 12시 30분", "오후 6시")), (True, ("낮 12시 30분", "저녁 6시"))],
)
def test_hours_are_said_as_the_coalition_says_them(client, forum, spoken, hours):
    change(forum, spoken_hours=spoken)

    told = words(read(client, forum).select_one("#sessions-title").parent)

    assert all(hour in told for hour in hours)


def test_after_the_meeting_its_results_and_papers_stand_there(client, forum):
    paper = {"title": "자료집", "document": DocumentFactory(), "pdf": None, "no_pdf_reason": ""}
    told = {"results": [("text", "<p>합의한 것 다섯 가지</p>")], "materials": [("file", paper)]}
    change(forum, **told)
    assert not read(client, forum).select("#afterwards")

    take_place(forum, **told)

    page = read(client, forum)
    part = page.select_one("#afterwards")
    assert "합의한 것 다섯 가지" in words(part)
    assert "자료집" in words(part)
    [link] = {tag["href"] for tag in part.select("a[href]")}
    assert link.endswith(".pdf")
    assert not page.select("[href$='apply/']")
    assert not page.select("#account-title")


def test_until_they_are_there_they_are_promised(client, forum):
    take_place(forum)

    assert "준비되는 대로" in words(read(client, forum).select_one("#afterwards"))


def test_another_account_stands_everywhere_once_a_second_person_agrees(client, forum):
    state = services.state_of(forum)
    order = services.place_order(state, asked(state))
    new = {"bank": "나루은행", "number": "111-22-333333", "holder": "연대회의", "is_open": True}
    change = ask_change(forum.account, **new, reason="이전", user=UserFactory(role="회계 담당"))

    def accounts():
        pages = [client.get(url) for url in (forum.url, emails.order_path(order))]
        cards = [parsed(page).select_one(".account-card").get_text(" ") for page in pages]
        calendar = client.get(f"{emails.order_path(order)}calendar.ics").content.decode()
        mail = emails.answer_order(str(order.public_id))
        told = [*cards, calendar.replace("\r\n ", ""), mail.text, mail.html]
        return [("000-12-345678" in text, "111-22-333333" in text) for text in told]

    assert accounts() == [(True, False)] * 5

    approve_change(change, user=UserFactory(role="사무국장(승인자)"))

    assert accounts() == [(False, True)] * 5
