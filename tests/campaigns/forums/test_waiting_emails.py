"""What who waits is told by mail, from what is true when it is sent."""

import re

import pytest

from campaigns.forums import emails, services
from campaigns.forums.models import ForumPage, WaitingEntry
from privacy.tokens import read_token
from tests.campaigns.forums.waiter import State, fill, join

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def small(make_state):
    return make_state(first={"fee_krw": 0, "capacity": 1, "meal": ""}, alone=True)


def put(entry, state, **told):
    WaitingEntry.objects.filter(pk=entry.pk).update(state=state, **told)
    return str(entry.public_id)


def token_in(mail):
    return re.search(r"/t/w/([\w-]+)/", mail.text)[1]


@pytest.mark.sqlite_smoke
def test_the_first_mail_tells_the_place_and_the_way_out(small):
    fill(small)
    join(small, number=1)
    entry = join(small, number=2)

    mail = emails.welcome_to_list(str(entry.public_id))

    assert mail.to == entry.email
    for part in (mail.text, mail.html):
        for words in ("두나래", "2번째", small.page.title, "1명", "/t/w/"):
            assert words in part
    assert read_token(emails.WAITING_TOKEN, token_in(mail)) == str(entry.public_id)


def test_an_offer_names_the_deadline(small):
    entry = join(small)

    mail = emails.offer_seat(str(entry.public_id))

    day = f"{entry.offer_until.astimezone():%-d}일"
    assert "자리가 났습니다" in mail.subject
    assert day in mail.subject
    assert day in mail.text


def test_an_offer_that_came_meanwhile_is_the_first_mail(small):
    entry = join(small)

    assert "자리가 났습니다" in emails.welcome_to_list(str(entry.public_id)).subject


def test_an_offer_that_ran_out_is_not_sent(small, clock):
    entry = join(small)
    clock.move_to(entry.offer_until)

    assert emails.offer_seat(str(entry.public_id)) is None


@pytest.mark.parametrize(
    ("builder", "state", "words"),
    [
        (emails.tell_declined, State.DECLINED, "사양"),
        (emails.tell_expired, State.EXPIRED, "기한까지 답이 없어"),
        (emails.tell_removed, State.LEFT, "사무국"),
        (emails.tell_closed, State.CLOSED, "마감"),
    ],
)
def test_what_became_of_it_is_told_while_it_is_true(small, builder, state, words):
    entry = join(small)
    key = put(entry, state)

    mail = builder(key)
    assert words in mail.text
    assert words in mail.html

    put(entry, State.WAITING)
    assert builder(key) is None


@pytest.mark.parametrize(
    ("change", "words"), [("postponed", "연기"), ("cancelled", "취소"), ("", "다시 시작")]
)
def test_a_change_of_the_forum_is_told(small, change, words):
    entry = join(small)
    assert emails.tell_list_change(str(entry.public_id)) is None
    ForumPage.objects.update(change=change, change_reason="폭설", changed_at=entry.created_at)

    mail = emails.tell_list_change(str(entry.public_id))

    assert words in mail.text
    assert "폭설" in mail.html


@pytest.mark.parametrize("builder", [emails.welcome_to_list, emails.offer_seat])
def test_who_is_off_the_list_gets_no_mail_of_it(small, builder):
    entry = join(small)

    assert builder(put(entry, State.LEFT)) is None


def test_who_is_forgotten_gets_no_mail(small):
    entry = join(small)
    services.forget_waiting(entry.public_id)

    for builder in (emails.welcome_to_list, emails.tell_declined, emails.tell_list_change):
        assert builder(str(entry.public_id)) is None
