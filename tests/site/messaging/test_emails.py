import uuid
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone

from messaging import registry
from messaging.emails import compose, from_address, render_email
from messaging.registry import Attachment, Email, Sender, set_sender
from messaging.tokens import read_unsubscribe_token
from privacy.blind_index import blind_index

MESSAGE_ID = uuid.UUID("1f2e3d4c-5b6a-4978-8899-aabbccddeeff")
OFFICE = Sender("사회적경제연대회의", "서울시 은평구", "02-0000-0000", "office@yeondae.example")
NAME = "messaging/emails/letter"


@pytest.fixture(autouse=True)
def _sender(settings):
    settings.SITE_URL = "https://yeondae.example"
    settings.DEFAULT_FROM_EMAIL = "no-reply@yeondae.example"
    before = registry._sender[:]
    set_sender(lambda: OFFICE)
    yield
    registry._sender[:] = before


@pytest.fixture
def templates(settings, tmp_path):
    """Three templates of a mail, beside the site's own."""
    folder = tmp_path / "messaging" / "emails"
    folder.mkdir(parents=True)
    (folder / "letter_subject.txt").write_text("\n{{ name }} 님께\n알려 드립니다\n")
    (folder / "letter.txt").write_text(
        '{{ name }} 님,\n\n\n\n안녕하세요.\n{% include "messaging/emails/_footer.txt" %}'
    )
    (folder / "letter.html").write_text(
        '{% extends "messaging/emails/_base.html" %}{% block content %}<p>{{ name }}</p>'
        '{% include "messaging/emails/_button.html" with url=url label="열기" %}{% endblock %}'
    )
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    ]


def render(*, bulk=False, name="<b>김&가람</b>", to="garam@mail.example"):
    context = {"name": name, "url": "https://yeondae.example/t/c/abc/?a=1&b=2"}
    return render_email(NAME, to=to, context=context, reason="서명하셨기 때문입니다.", bulk=bulk)


def test_the_subject_is_one_line_with_the_sender_before_it(templates, db):
    assert render().subject == "[사회적경제연대회의] <b>김&가람</b> 님께 알려 드립니다"


def test_days_are_written_as_one_types_them(templates, db):
    mail = render(name="7월\u00a021일\u2060(화)\u2060")

    assert mail.subject.endswith("7월 21일(화) 님께 알려 드립니다")
    assert mail.text.startswith("7월 21일(화) 님,\n")


def test_the_text_is_plain_and_ends_with_who_writes_and_why(templates, db):
    assert render().text == (
        "<b>김&가람</b> 님,\n\n안녕하세요.\n\n--\n서명하셨기 때문입니다.\n\n사회적경제연대회의\n"
        "서울시 은평구\n전화 02-0000-0000\n이메일 office@yeondae.example\nhttps://yeondae.example/\n"
    )


def test_in_html_nothing_is_markup_that_a_person_typed(templates, db):
    html = render().html

    assert "<p>&lt;b&gt;김&amp;가람&lt;/b&gt;</p>" in html
    assert 'href="https://yeondae.example/t/c/abc/?a=1&amp;b=2"' in html
    assert "<b>" not in html


def test_html_says_who_writes_and_why_in_korean(templates, db):
    html = render().html

    assert html.startswith("<!doctype html>")
    assert '<html lang="ko">' in html
    for words in (*vars(OFFICE).values(), "서명하셨기 때문입니다."):
        assert words in html
    assert "<script" not in html
    assert "src=" not in html  # Nothing is loaded, so nobody sees who opened it.


def test_only_bulk_mail_has_a_way_to_stop_it(templates, db):
    personal, bulk = render(), render(bulk=True)

    assert personal.headers == {}
    assert "/t/u/" not in personal.text + personal.html
    url = bulk.headers["List-Unsubscribe"].strip("<>")
    assert bulk.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in bulk.text
    assert url in bulk.html


def test_the_link_stops_the_address_it_was_sent_to(templates, db):
    email = render(bulk=True, to="Ga.Ram@gmail.com")

    token = email.headers["List-Unsubscribe"].strip("<>").split("/")[-2]
    assert read_unsubscribe_token(token) == blind_index("email", "garam@gmail.com")


def test_without_an_office_the_footer_has_the_sites_name(templates, db, settings):
    set_sender(lambda: Sender("", email="office@yeondae.example"))
    settings.WAGTAIL_SITE_NAME = "연대"

    email = render()

    assert email.subject.startswith("[연대] ")
    assert email.text.endswith("연대\n이메일 office@yeondae.example\nhttps://yeondae.example/\n")


def composed(**fields):
    values = {"to": "garam@mail.example", "subject": "제목", "text": "본문", "html": "<p>본문</p>"}
    bulk = fields.pop("bulk", False)
    return compose(Email(**(values | fields)), message_id=MESSAGE_ID, bulk=bulk)


def test_a_mail_has_two_parts_and_the_headers_of_all(db):
    mail = composed()
    message = mail.message()

    assert message["Message-ID"] == "<1f2e3d4c-5b6a-4978-8899-aabbccddeeff@yeondae.example>"
    assert mail.from_email == from_address(OFFICE)
    assert message["Reply-To"] == "office@yeondae.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert abs(parsedate_to_datetime(message["Date"]) - timezone.now()) < timedelta(minutes=1)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


def test_a_mail_may_bring_a_file(db):
    file = Attachment("2026-지방-0001.pdf", b"%PDF-1.7", "application/pdf")
    email = Email("a@b.example", "제목", "본문", attachments=(file,))

    mail = compose(email, message_id=MESSAGE_ID, bulk=False)

    assert [tuple(one) for one in mail.attachments] == [
        ("2026-지방-0001.pdf", b"%PDF-1.7", "application/pdf")
    ]


def test_a_mail_may_be_plain_only(db):
    assert composed(html="").message().get_content_type() == "text/plain"


def test_without_an_office_address_there_is_no_reply_to(db):
    set_sender(lambda: Sender("연대"))

    assert composed().message()["Reply-To"] is None


def test_bulk_mail_always_has_a_way_to_stop_it(db):
    own = {"List-Unsubscribe": "<https://yeondae.example/own>"}

    assert "/t/u/" in composed(bulk=True).message()["List-Unsubscribe"]
    assert (
        composed(bulk=True, headers=own).extra_headers["List-Unsubscribe"]
        == own["List-Unsubscribe"]
    )


def test_the_organisations_name_is_safe_before_the_address():
    sender = Sender('연대\n"회의" <x@y.kr>')

    assert from_address(sender).endswith("<no-reply@yeondae.example>")
    assert "\n" not in from_address(sender)
