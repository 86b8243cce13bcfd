import json
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from campaigns.forums.models import ForumSession, SeatPool
from home.publishing import forget_everything
from home.services import search_pages
from tests.factories.forums import ForumPageFactory, on_day
from tests.factories.tree import publish

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PLACES = {
    "title": "h1",
    "facts": ".summary-table--strong",
    "sessions": ".session-cards",
    "programme": "#content section:has(#programme-title)",
    "account": ".account-card",
    "contact": "#content section:has(#contact-title)",
    "register": ".text-card__card",
}


def read(client, forum):
    return client.get(forum.url).content.decode()


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u2060", "")


def fill(forum, taken):
    SeatPool.objects.filter(session__forum=forum, session__part="1부").update(taken=taken)


@pytest.mark.sqlite_smoke
def test_it_tells_all_that_one_needs_to_come(client, forum):
    """Each in its own place, so that no other word of the page can stand for it."""
    page = BeautifulSoup(client.get(forum.url).content, "html.parser")
    told = {
        place: " ".join(tag.get_text(" ").replace("\u2060", "").split())
        for place, css in PLACES.items()
        for tag in page.select(css)[:1]
    }

    for place, what in {
        "title": (forum.title,),
        "facts": ("서울 한마당회관 2층 이음홀", "20,000원", "점심", "오전 10시 ~ 오후 6시"),
        "sessions": ("1부", "2부", "오전 10시 ~ 오후 12시 30분", "오후 1시 30분 ~ 오후 6시"),
        "programme": ("주발제", "토론", "하반기 계획 논의"),
        "account": ("가온은행 000-12-345678", "토론회 + "),
        "contact": ("한마루", "02-0000-0000"),
        "register": ("100",),
    }.items():
        for words_there in what:
            assert words_there in told[place], (place, words_there, told[place])


def test_hours_follow_from_minutes(client, forum):
    told = words(read(client, forum))

    assert re.search(r"오전\s10시 40 ?(분|min) 주발제", told)
    assert re.search(r" 10시\s40분 110 ?(분|min) 토론", told)


def test_everybody_gets_the_same_bytes(client, forum):
    first, second = client.get(forum.url), client.get(forum.url)

    assert first.content == second.content
    assert not first.cookies
    assert "public" in first["Cache-Control"]
    assert "csrf" not in first.content.decode()


def test_few_queries_at_the_first_visit(client, forum, django_assert_max_num_queries):
    client.get("/")  # The process knows the site, and nothing of this page.

    with django_assert_max_num_queries(10):
        client.get(forum.url)


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_for_many_sessions(
    client, campaign_page, django_assert_num_queries, number
):
    day = timezone.localdate() + timedelta(days=20)
    sessions = [
        ForumSession(
            part=f"{n}부",
            title="토론",
            starts_at=on_day(day, 9 + n),
            ends_at=on_day(day, 10 + n),
            capacity=10,
            sort_order=n,
        )
        for n in range(number)
    ]
    page = publish(
        ForumPageFactory(
            parent=campaign_page, slug="many", free=True, sessions=sessions, programme=[]
        )
    )
    client.get(page.url)

    with django_assert_num_queries(2):
        client.get(page.url)


def bring_into(state, forum):
    now = timezone.now()
    if state == "full":
        ForumSession.objects.filter(forum=forum, part="2부").delete()
        fill(forum, 100)
    elif state == "upcoming":
        forum.registration_opens_at = now + timedelta(days=1)
    elif state == "closed":
        forum.registration_closes_at = now - timedelta(days=1)
    elif state == "over":
        for session in forum.sessions.all():
            session.starts_at -= timedelta(days=30)
            session.ends_at -= timedelta(days=30)
            session.save()
        forum.registration_closes_at = forum.payment_due_at = None
        forum = type(forum).objects.get(pk=forum.pk)
    elif state in ("cancelled", "postponed"):
        forum.change, forum.change_reason, forum.changed_at = state, "태풍 예보", now
    forum.save(clean=False)
    forget_everything()


@pytest.mark.parametrize("state", ["full", "upcoming", "closed", "over", "cancelled", "postponed"])
def test_nobody_is_led_to_a_form_that_is_closed(client, forum, state):
    assert "apply/" in read(client, forum)

    bring_into(state, forum)

    html = read(client, forum)
    assert client.get(forum.url).context["forum"].state == state
    assert "apply/" not in html


@pytest.mark.parametrize("state", ["over", "cancelled", "postponed"])
def test_nobody_pays_for_what_does_not_take_place(client, forum, state):
    assert "000-12-345678" in read(client, forum)

    bring_into(state, forum)

    assert "000-12-345678" not in read(client, forum)


def test_why_it_is_cancelled(client, forum):
    bring_into("cancelled", forum)

    assert "태풍 예보" in read(client, forum)


def test_the_contact_goes_with_the_meeting(client, forum):
    assert "한마루" in read(client, forum)

    bring_into("over", forum)

    assert "한마루" not in read(client, forum)


def test_a_full_public_part_leaves_the_invited_a_way(client, forum):
    fill(forum, 100)

    html = read(client, forum)

    assert client.get(forum.url).context["forum"].state == "full"
    assert "apply/" in html


def test_free_seats_are_told_beside_the_page(client, forum):
    fill(forum, 62)
    session = forum.sessions.get(part="1부")

    answer = client.get(f"{forum.url}seats.json")

    told = json.loads(answer.content)
    assert told["sessions"] == [
        {"id": session.pk, "part": "1부", "title": "특별 토론회", "capacity": 100, "left": 38}
    ]
    assert "public" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["seats.json", "calendar.ics"])
def test_nothing_of_a_draft(client, forum, name):
    forum.unpublish()
    forget_everything()

    assert client.get(f"/campaigns/basic-act/forum/{name}").status_code == 404
    assert client.get(f"/campaigns/basic-act/{name}").status_code == 404


def test_the_calendar_has_the_hours(client, forum):
    answer = client.get(f"{forum.url}calendar.ics")

    session = forum.sessions.get(part="1부")
    begins = timezone.localtime(session.starts_at).strftime("%Y%m%dT100000")
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"DTSTART;TZID=Asia/Seoul:{begins}" in answer.content.decode()
    assert all(len(line.encode()) <= 75 for line in answer.content.decode().split("\r\n"))


def test_search_engines_are_told(client, forum):
    html = read(client, forum)

    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.S)[1])
    event = next(node for node in data["@graph"] if node["@type"] == "Event")
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert [offer["price"] for offer in event["offers"]] == [20_000]
    assert event["location"]["name"] == "서울 한마당회관 2층 이음홀"


def test_a_draft_can_be_looked_at(admin_client, campaign_page):
    page = ForumPageFactory(parent=campaign_page, live=False)
    page.save_revision()

    answer = admin_client.get(f"/admin/pages/{page.pk}/view_draft/")

    assert answer.status_code == 200
    assert "주발제" in answer.content.decode()


def test_search_shows_the_day_on_which_it_takes_place(forum):
    (found,) = [result for result in search_pages(forum.title).results if result.url == forum.url]

    assert found.shown_on == timezone.localdate(forum.starts_at) != timezone.localdate()
