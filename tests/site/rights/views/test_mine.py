import json
import unicodedata
from datetime import timedelta

import pytest
from django.utils.dateparse import parse_datetime
from django.utils.html import escape

from home.dates import korean_moment
from messaging.services import has_stopped_news, stop_news
from petitions import services as petitions
from privacy.models import AccessAction, Token
from privacy.services import record_access
from privacy.tokens import mint_token
from rights.models import Mailbox
from rights.presenters import DONE, as_document
from rights.services import gather_everything, index_of
from rights.tokens import MY_TOKEN
from tests.factories.accounts import UserFactory
from tests.factories.messaging import OutboxMessageFactory
from tests.petitions.citizen import EMAIL, NAME

pytestmark = pytest.mark.integration

PAGES = [
    "",
    *("address/", "request/", "erase/", "download/json/", "download/html/"),
    *("{row}correct/", "{row}consents/", "{row}leave/"),
]


@pytest.fixture
def seen(signature, administrator):
    """Two of the staff have looked at it; two mails were sent; news is stopped."""
    member = UserFactory()
    member.groups.create(name="사무국 상근")
    for user in (administrator, member, UserFactory()):
        record_access(
            user=user,
            address="127.0.0.1",
            action=AccessAction.FULL,
            data_set="petitions.signatures" if user == member else "tests.elsewhere",
            subjects=[str(signature.public_id)],
            reason="본인 요청",
        )
    OutboxMessageFactory(subject=str(signature.public_id), sent=True)
    OutboxMessageFactory(
        subject=str(signature.public_id), sent=True, purpose="petitions.signature_confirmed"
    )
    stop_news(index_of(EMAIL))
    petitions.invalidate_signature(signature.public_id, actor="1", reason="중복 <확인>")
    petitions.undo_status_change(signature.public_id, actor="1")


def path_of(page, mine, signature):
    return mine + page.format(row=f"petitions.signatures/{signature.public_id}/")


def test_everything_stands_on_the_page(client, mine, signature, seen):
    page = client.get(mine).content.decode()

    told = [fact.value for held in gather_everything(EMAIL).held for fact in held.holding.facts]
    assert NAME in told
    assert [value for value in told if escape(value) not in page] == []
    assert "사무국 상근" in page
    assert escape("중복 <확인>") in page


def test_where_nothing_is_held_it_says_so(client, mine, home_page):
    answer = client.get(mine)

    assert answer.status_code == 200
    assert answer.context["everything"].is_nothing


@pytest.mark.parametrize("page", PAGES)
def test_no_copy_of_it_is_kept_anywhere(client, mine, signature, page):
    answer = client.get(path_of(page, mine, signature))

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("page", PAGES)
def test_links_of_others_and_old_ones_open_nothing(client, mine, signature, token, page):
    path = path_of(page, mine, signature)
    foreign = mint_token("petitions.signer", str(signature.public_id), timedelta(days=1))

    for stranger in ("garbage", foreign):
        answer = client.get(path.replace(token, stranger))
        assert (answer.status_code, NAME in answer.content.decode()) == (404, False)
    Token.objects.filter(purpose=MY_TOKEN).update(expires_at="2026-01-01T00:00Z")
    answer = client.get(path)
    assert (answer.status_code, NAME in answer.content.decode()) == (410, False)
    assert answer["Cache-Control"] == "no-store"


def test_a_link_whose_mailbox_is_forgotten_has_ended(client, mine, signature):
    Mailbox.objects.all().delete()

    assert client.get(mine).status_code == 410


@pytest.mark.parametrize("page", ["news/", "undo/"])
def test_buttons_are_no_pages(client, mine, page):
    assert client.get(mine + page).status_code == 405


def test_a_page_to_read_takes_no_post(client, mine):
    assert client.post(mine).status_code == 405


def test_another_site_presses_nothing(client, mine, home_page):
    answer = client.post(f"{mine}news/", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert not has_stopped_news(index_of(EMAIL))


def test_news_stops_and_comes_back(client, mine, home_page):
    for _time in range(2):
        assert client.post(f"{mine}news/").url == f"{mine}?done=news-stopped"
    assert has_stopped_news(index_of(EMAIL))
    assert client.get(mine).status_code == 200

    for _time in range(2):
        answer = client.post(f"{mine}news/", {"action": "resume"})
    assert answer.url == f"{mine}?done=news-resumed"
    assert not has_stopped_news(index_of(EMAIL))


@pytest.mark.parametrize("done", [*DONE, "<b>nonsense"])
def test_only_our_own_words_are_said(client, mine, home_page, done):
    page = client.get(mine, {"done": done}).content.decode()

    assert ("alert--success" in page) == (done in DONE)
    assert "nonsense" not in page


@pytest.mark.parametrize("form", ["json", "html"])
def test_files_are_named_in_composed_hangul(client, mine, home_page, form):
    answer = client.get(f"{mine}download/{form}/")

    name = answer["Content-Disposition"]
    assert name.startswith("attachment")
    assert name.isascii()
    assert name.endswith(f".{form}") or name.endswith(f'.{form}"')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert unicodedata.is_normalized("NFC", name)


@pytest.mark.sqlite_smoke
def test_both_files_hold_all_of_it(client, mine, signature, seen):
    held = json.loads(client.get(f"{mine}download/json/").content)
    page = client.get(f"{mine}download/html/").content.decode()

    expected = as_document(gather_everything(EMAIL))
    assert set(held) == set(expected)
    (row,) = held["rows"]
    facts = {fact["name"]: fact["value"] for fact in row["facts"]}
    assert (facts["name"], facts["email"], facts["comment"]) == (NAME, EMAIL, "한마디")
    assert len(row["consents"]) == 5
    assert [step["reason"] for step in row["steps"]] == ["중복 <확인>", ""]
    assert len(held["mails"]) == 2
    assert len(held["seen_by_staff"]) == 3
    assert len(held["stopped_mail"]) == 1
    assert missing_from(page, held) == []


def missing_from(page, values):
    """The values of a JSON document that a page does not show; times as it writes them."""
    if isinstance(values, dict):
        # Whether the text is exact is a sentence in the page; the name of a fact is its label.
        told = {k: v for k, v in values.items() if k != "is_exact_text"}
        if {"name", "label", "value"} == set(values):
            del told["name"]
        return [lost for value in told.values() for lost in missing_from(page, value)]
    if isinstance(values, list):
        return [lost for value in values for lost in missing_from(page, value)]
    if values in (None, ""):
        return []
    moment = parse_datetime(values) if isinstance(values, str) and values[:2] == "20" else None
    word = korean_moment(moment) if moment else str(values)
    return [] if escape(word) in page else [values]
