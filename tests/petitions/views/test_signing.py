import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from home.decorators import BODY_LIMIT
from home.publishing import forget_everything
from petitions.models import PetitionConsent, Signature
from petitions.tokens import COOKIE
from petitions.views.signing import SIGN_LIMIT
from tests.conftest import publish
from tests.petitions.citizen import EMAIL, NAME, form_version, typed

from .conftest import CHECK_MAIL, PETITION, keeps, nothing_is_stored

pytestmark = pytest.mark.integration


@pytest.mark.sqlite_smoke
def test_a_citizen_signs_and_is_told_where_the_mail_went(client, sign):
    response = sign()

    assert (response.status_code, response["Location"]) == (303, CHECK_MAIL)
    cookie = response.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        *(CHECK_MAIL, True, "Lax", 3600),
    )
    assert Signature.objects.get().name == NAME
    told = client.get(CHECK_MAIL)
    assert told.status_code == 200
    assert EMAIL in told.content.decode()
    assert "스팸" in told.content.decode()
    assert "no-store" in told["Cache-Control"]
    assert told["X-Robots-Tag"] == "noindex"


def test_without_its_cookie_the_next_page_knows_nobody(sign):
    sign()

    told = Client().get(CHECK_MAIL)

    assert told.status_code == 200
    assert EMAIL not in told.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "=SUM(A1)"),
        ("name", "900101-1234567"),
        ("email", "garam@"),
        ("region", "99"),
        ("consent_age", None),
        ("consent_roll", "maybe"),
        ("comment", "가" * 201),
        ("homepage", "https://spam.example"),
    ],
)
def test_a_form_with_a_mistake_keeps_what_was_typed(sign, field, value):
    kept = {"name": NAME, "email": EMAIL, "comment": "이번에는 꼭 의결해 주십시오"}
    kept[field] = value
    response = sign(**kept)

    assert (response.status_code, response["Cache-Control"]) == (422, "no-store")
    del kept[field]
    assert keeps(response, **kept)
    assert f'href="#id_{field}' in response.content.decode() or field == "homepage"
    assert nothing_is_stored()


def test_a_mistake_is_named_in_korean(sign):
    with translation.override("ko"):
        html = sign(name="", email="garam@").content.decode()

    sentences = re.findall(r'<a href="#id_(?:name|email)">([^<]+)</a>', html)
    assert len(sentences) == 2
    assert all(re.search("[가-힣]", sentence) for sentence in sentences)


def test_a_form_without_anything_is_answered(client, petition_page):
    response = client.post(f"{PETITION}sign/", {"form_version": form_version()})

    assert response.status_code == 422
    assert nothing_is_stored()


def test_markup_is_shown_as_text(sign):
    html = sign(name="<script>alert(1)</script>가", email="x").content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;가" in html


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": None, "origin": "https://evil.example"},
        {"sec-fetch-site": None, "origin": "null"},
        {"sec-fetch-site": None, "origin": "http://testserver.evil.example"},
    ],
    ids=str,
)
@pytest.mark.parametrize("step", ["sign", "check-mail/resend", "check-mail/correct"])
def test_a_post_from_another_site_is_refused(client, petition_page, headers, step):
    headers = {name: value for name, value in headers.items() if value}

    response = client.post(f"{PETITION}{step}/", typed(), headers=headers)

    assert response.status_code == 403
    assert "text/html" in response["Content-Type"]
    assert nothing_is_stored()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": "http://testserver"},
        {},
    ],
    ids=str,
)
def test_a_post_from_this_site_is_taken(petition_page, headers):
    browser = Client(enforce_csrf_checks=True)

    response = browser.post(f"{PETITION}sign/", typed(), headers=headers)

    assert response.status_code == 303
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("step", "location"),
    [("sign", PETITION), ("check-mail/resend", PETITION), ("check-mail/correct", PETITION)],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_address_of_a_post_goes_back_to_the_page(
    client, petition_page, method, step, location
):
    response = getattr(client, method)(f"{PETITION}{step}/")

    assert (response.status_code, response["Location"]) == (302, location)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(client, petition_page, method):
    assert getattr(client, method)(f"{PETITION}sign/").status_code == 405
    assert nothing_is_stored()


@pytest.mark.parametrize("step", ["sign", "check-mail", "check-mail/resend", "check-mail/correct"])
@pytest.mark.parametrize("path", ["/campaigns/basic-act/", "/nowhere/"])
def test_where_no_petition_is_nobody_can_sign(client, petition_page, path, step):
    response = client.post(f"{path}{step}/", typed())

    assert response.status_code in (404, 405)
    assert nothing_is_stored()


@pytest.mark.parametrize(
    "times", [{"opens_at": timedelta(days=1)}, {"closes_at": timedelta(days=-1)}], ids=str
)
def test_outside_its_time_a_petition_takes_nothing(sign, petition_page, times):
    for name, distance in times.items():
        setattr(petition_page, name, timezone.now() + distance)
    publish(petition_page)
    forget_everything()

    response = sign()

    assert (response.status_code, response["Cache-Control"]) == (409, "no-store")
    assert '<form class="sign__form"' not in response.content.decode()
    assert nothing_is_stored()


@pytest.mark.parametrize("kind", ["collection", "age"])
def test_a_form_that_asks_for_too_little_takes_nothing(client, petition_page, kind):
    PetitionConsent.objects.filter(page=petition_page, definition__kind=kind).delete()

    shown = client.get(PETITION).content.decode()
    response = client.post(f"{PETITION}sign/", typed())

    assert response.status_code == 409
    assert keeps(response, name=NAME, email=EMAIL)
    for html in (shown, response.content.decode()):
        assert '<form class="sign__form"' not in html
        assert 'class="alert alert--warning"' in html
    assert nothing_is_stored()


def test_a_body_of_unusual_size_is_refused(client, petition_page):
    response = client.post(f"{PETITION}sign/", typed(comment="가" * BODY_LIMIT))

    assert (response.status_code, response["Cache-Control"]) == (413, "no-store")
    assert "text/html" in response["Content-Type"]
    assert nothing_is_stored()


@pytest.mark.parametrize("length", ["", "abc", "-1", "1.5", "9" * 400])
def test_a_length_that_is_no_number_is_no_error(client, petition_page, length):
    response = client.generic(
        "POST",
        f"{PETITION}sign/",
        b"name=x",
        content_type="application/x-www-form-urlencoded",
        CONTENT_LENGTH=length,
    )

    assert response.status_code in (400, 409, 413)
    assert nothing_is_stored()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"name=%ED%A0%80&email=%FF%FE", "application/x-www-form-urlencoded"),
        (b"name=%00&region=%00", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"&" * 9_000, "application/x-www-form-urlencoded"),
        (b"name=x", "application/x-www-form-urlencoded; charset=euc-kr"),
        (b"name=x", "application/x-www-form-urlencoded; charset=nonsense"),
        (b"a=1&" * 15_000, "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"broken", "multipart/form-data"),
        (b'{"name": "x"}', "application/json"),
        (b"<x/>", "text/xml"),
        (b"", ""),
    ],
    ids=repr,
)
def test_a_broken_body_is_refused_not_an_error(client, petition_page, body, content_type):
    response = client.generic("POST", f"{PETITION}sign/", body, content_type=content_type)

    assert response.status_code in (400, 409)
    assert nothing_is_stored()


def test_a_file_in_place_of_a_field_is_no_name(client, petition_page):
    response = client.post(f"{PETITION}sign/", {**typed(), "name": io.BytesIO(b"x" * 100)})

    assert response.status_code == 422
    assert nothing_is_stored()


def test_too_many_signatures_from_one_address_have_to_wait(sign, clock):
    for number in range(SIGN_LIMIT):
        assert sign(email=f"citizen{number}@mail.example").status_code == 303

    response = sign(comment="한마디를 씁니다")

    assert (response.status_code, response["Cache-Control"]) == (429, "no-store")
    assert keeps(response, name=NAME, email=EMAIL, comment="한마디를 씁니다")
    assert Signature.objects.count() == SIGN_LIMIT
    clock.tick(60)
    assert sign().status_code == 303


def test_one_crowded_network_does_not_stop_another(client, sign, clock):
    for number in range(SIGN_LIMIT + 1):
        sign(email=f"citizen{number}@mail.example")

    elsewhere = client.post(f"{PETITION}sign/", typed(), REMOTE_ADDR="192.0.2.7")

    assert elsewhere.status_code == 303
