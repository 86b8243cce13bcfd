import re
import unicodedata

import pytest
from django.core.cache import cache
from django.db import connection

from messaging.models import OutboxMessage
from rights import emails
from rights.models import Mailbox, Request
from rights.services import index_of
from rights.views.doors import ASKS_PER_MINUTE, REQUESTS_PER_HOUR
from tests.petitions.citizen import EMAIL

pytestmark = pytest.mark.integration

STRANGER = "haram@mail.example"
WISH = {"kind": "access", "words": "보여 주세요.", "name": "홍길동", "contact": "010-1234-5678"}


@pytest.fixture
def ask(client, home_page):
    return lambda email, **headers: client.post("/my/", {"email": email}, headers=headers)


def heard(ask, email):
    statements = []
    with connection.execute_wrapper(
        lambda run, sql, *rest: statements.append(re.sub(r"_x\d+", "", sql)) or run(sql, *rest)
    ):
        ask(email)
    return statements


def test_the_page_is_the_same_for_everybody(client, home_page):
    first, second = client.get("/my/"), client.get("/my/")

    assert first.status_code == 200
    assert (first.content, first.headers) == (second.content, second.headers)
    assert not first.cookies
    assert "csrfmiddlewaretoken" not in first.content.decode()


@pytest.mark.sqlite_smoke
def test_whether_an_address_is_known_shows_nowhere(ask, client, signature):
    assert len(EMAIL) == len(STRANGER)
    ask("warms-up@mail.example")

    work = {email: heard(ask, email) for email in (EMAIL, STRANGER)}
    answers = {email: ask(email) for email in (EMAIL, STRANGER)}
    pages = {}
    for email, answer in answers.items():
        client.cookies = answer.cookies
        pages[email] = client.get(answer.url).content.decode()

    assert work[EMAIL] == work[STRANGER]
    assert any("rights_mailbox" in sql for sql in work[EMAIL])
    shapes = {(a.status_code, a.url, a.content, *map(len, a.cookies)) for a in answers.values()}
    assert len(shapes) == 1
    assert EMAIL in pages[EMAIL]
    assert pages[EMAIL].replace(EMAIL, "") == pages[STRANGER].replace(STRANGER, "")


def test_the_mail_is_asked_for_by_a_key_that_names_nobody(ask):
    answer = ask(unicodedata.normalize("NFD", f"  {EMAIL}"))

    assert (answer.status_code, answer.url) == (303, "/my/sent/")
    message = OutboxMessage.objects.get()
    assert (message.purpose, message.subject) == (emails.MY_LINK, index_of(EMAIL).hex())
    assert EMAIL not in answer.cookies["my_address"].value
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("cookie", ["", "forged", "abcd1234:AAAA"])
def test_who_never_asked_is_not_told_an_address(client, home_page, cookie):
    client.cookies["my_address"] = cookie

    answer = client.get("/my/sent/")

    assert answer.status_code == 200
    assert "address-box" not in answer.content.decode()


@pytest.mark.parametrize("email", ["", "홍길동", "a@b", "a" * 300 + "@mail.example"])
def test_what_is_no_address_is_told_and_kept_in_the_form(ask, email):
    answer = ask(email)

    assert answer.status_code == 422
    assert answer.context["form"]["email"].value() == email
    assert not Mailbox.objects.exists()


def test_another_site_can_t_ask(ask):
    answer = ask(EMAIL, **{"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("path", ["/my/", "/my/request/"])
def test_other_methods_are_refused(client, home_page, path):
    assert client.put(path).status_code == 405


def test_a_network_asks_so_often_in_a_minute(ask, clock):
    for _time in range(ASKS_PER_MINUTE):
        assert ask(EMAIL).status_code == 303

    refused = ask(EMAIL)

    assert refused.status_code == 429
    assert refused.context["form"]["email"].value() == EMAIL
    assert OutboxMessage.objects.count() == ASKS_PER_MINUTE
    cache.clear()


def test_who_lost_the_mailbox_writes_to_the_office(client, home_page):
    assert client.get("/my/request/").status_code == 200

    answer = client.post("/my/request/", WISH)

    lodged = Request.objects.get()
    assert (answer.status_code, answer.url) == (
        303,
        f"/my/request/received/?number={lodged.reference}",
    )
    assert (lodged.contact, lodged.name, lodged.is_proven) == ("+821012345678", "홍길동", False)
    assert lodged.reference in client.get(answer.url).content.decode()


def test_a_request_that_lacks_something_loses_nothing(client, home_page):
    answer = client.post("/my/request/", {**WISH, "contact": "전화 주세요"})

    assert answer.status_code == 422
    assert answer.context["form"]["words"].value() == "보여 주세요."
    assert not Request.objects.exists()


def test_nobody_writes_all_day(client, home_page, clock):
    for _time in range(REQUESTS_PER_HOUR):
        client.post("/my/request/", WISH)

    assert client.post("/my/request/", WISH).status_code == 429
    assert Request.objects.count() == REQUESTS_PER_HOUR
    cache.clear()


def test_the_receipt_shows_no_words_of_strangers(client, home_page):
    answer = client.get("/my/request/received/?number=<b>call 010</b>")

    assert answer.status_code == 200
    assert "call 010" not in answer.content.decode()
