import io
import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from home.publishing import forget_everything
from messaging.models import OutboxMessage
from petitions import services
from petitions.models import PetitionConsent, Signature
from petitions.tokens import COOKIE, Attempt, seal_attempt
from petitions.views.signing import BODY_LIMIT, SIGN_LIMIT
from privacy.models import ConsentDefinition, ConsentRecord
from tests.conftest import publish
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.citizen import EMAIL, NAME, cleaned, form_version, typed

from .conftest import PETITION, set_read_only

pytestmark = pytest.mark.integration

CHECK_MAIL = f"{PETITION}check-mail/"
NEW_EMAIL = "garam@other.example"


def nothing_is_stored():
    return not Signature.objects.exists() and not OutboxMessage.objects.exists()


def keeps(response, **fields):
    """Whether the page shows what was typed."""
    html = response.content.decode()
    return all(value in html for value in fields.values())


# Signing


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


# A form that says something else by now


def change_consent(**words):
    definition = ConsentDefinition.objects.get(slug="collection")
    for name, text in words.items():
        setattr(definition, name, text)
    definition.save()
    forget_everything()


@pytest.mark.sqlite_smoke
def test_nobody_agrees_to_a_text_that_was_not_on_the_form(client, sign):
    change_consent(items="이름, 이메일, 전화번호")

    response = sign(comment="한마디를 씁니다", name_display="full")

    html = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (409, "no-store")
    assert "이름, 이메일, 전화번호" in html
    assert keeps(response, name=NAME, email=EMAIL, comment="한마디를 씁니다")
    assert "checked" not in re.findall(r'<input[^>]*id_consent_collection"[^>]*>', html)[0]
    assert nothing_is_stored()

    version = re.search(r'name="form_version" value="(\w+)"', html)[1]
    assert client.post(f"{PETITION}sign/", typed(form_version=version)).status_code == 303
    agreed = ConsentRecord.objects.select_related("version").get(slug="collection")
    assert agreed.version.items == "이름, 이메일, 전화번호"


def test_a_new_version_of_the_petition_is_shown_before_it_is_signed(sign, petition_page):
    petition_page.title = "다른 요구입니다"
    publish(petition_page)
    forget_everything()

    response = sign(email="garam@")

    assert response.status_code == 409
    assert keeps(response, title="다른 요구입니다", name=NAME, email="garam@")
    assert nothing_is_stored()


@pytest.mark.parametrize("version", [None, "", "0000000000000000"], ids=repr)
def test_who_saw_no_form_is_shown_it(sign, version):
    response = sign(form_version=version)

    assert response.status_code == 409
    assert keeps(response, name=NAME, form='name="form_version"')
    assert nothing_is_stored()


def test_a_correction_does_not_agree_to_another_text_either(client, sign):
    sign()
    change_consent(items="이름, 이메일, 전화번호")

    response = client.post(f"{CHECK_MAIL}correct/", {"email": NEW_EMAIL})

    assert response.status_code == 409
    assert keeps(response, items="이름, 이메일, 전화번호", name=NAME, email=NEW_EMAIL)
    assert Signature.objects.get().email == EMAIL


@pytest.mark.django_db(transaction=True)
def test_a_petition_deleted_a_moment_ago_is_not_found(sign, petition_page):
    services.petition_state(PETITION)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM petitions_petitionconsent")
        cursor.execute("DELETE FROM petitions_petitionpage")

    response = sign()

    assert response.status_code == 404
    assert nothing_is_stored()


# Asking for the mail again


def test_the_mail_can_be_sent_again_after_a_minute(client, sign, clock):
    sign()
    clock.tick(61)

    response = client.post(f"{CHECK_MAIL}resend/")

    assert (response.status_code, response["Location"]) == (303, f"{CHECK_MAIL}?sent=again")
    assert OutboxMessage.objects.count() == 2
    assert client.get(response["Location"]).status_code == 200
    assert client.post(f"{CHECK_MAIL}resend/").status_code == 429
    assert OutboxMessage.objects.count() == 2


def test_the_mail_is_not_sent_again_at_once(client, sign):
    sign()

    response = client.post(f"{CHECK_MAIL}resend/")

    assert response.status_code == 429
    assert EMAIL in response.content.decode()
    assert OutboxMessage.objects.count() == 1


def test_an_old_cookie_cannot_send_mail_without_end(client, sign, clock):
    old = sign().cookies[COOKIE].value
    clock.tick(61)
    statuses = []
    for _time in range(SIGN_LIMIT + 1):
        client.cookies[COOKIE] = old
        statuses.append(client.post(f"{CHECK_MAIL}resend/").status_code)

    assert statuses[-1] == 429
    assert OutboxMessage.objects.count() <= SIGN_LIMIT + 1


@pytest.mark.parametrize("step", ["resend", "correct"])
@pytest.mark.parametrize("cookie", [None, "", "forged", "00000000:AAAA"])
def test_without_a_valid_cookie_the_visitor_starts_again(client, petition_page, step, cookie):
    if cookie is not None:
        client.cookies[COOKIE] = cookie

    response = client.post(f"{CHECK_MAIL}{step}/", {"email": NEW_EMAIL})

    assert (response.status_code, response["Location"]) == (302, PETITION)
    assert nothing_is_stored()


def test_a_cookie_of_another_petition_is_worth_nothing(client, petition_page):
    now = timezone.now()
    other = Attempt(uuid.uuid4(), petition_page.pk + 1, now, now - timedelta(minutes=2), cleaned())
    client.cookies[COOKIE] = seal_attempt(other)

    assert client.post(f"{CHECK_MAIL}resend/")["Location"] == PETITION
    assert EMAIL not in client.get(CHECK_MAIL).content.decode()
    assert nothing_is_stored()


def test_a_cookie_ends_after_an_hour(client, sign, clock):
    sign()
    clock.tick(3601)

    assert client.post(f"{CHECK_MAIL}resend/")["Location"] == PETITION
    assert OutboxMessage.objects.count() == 1


# Correcting the address


@pytest.mark.sqlite_smoke
def test_an_address_can_be_corrected(client, sign):
    sign()

    response = client.post(f"{CHECK_MAIL}correct/", {"email": NEW_EMAIL})

    assert (response.status_code, response["Location"]) == (303, f"{CHECK_MAIL}?sent=corrected")
    assert NEW_EMAIL in client.get(CHECK_MAIL).content.decode()
    assert Signature.objects.get().email == NEW_EMAIL


def test_a_wrong_correction_keeps_what_was_typed(client, sign):
    sign()

    response = client.post(f"{CHECK_MAIL}correct/", {"email": "garam@other"})

    assert response.status_code == 422
    assert keeps(response, new="garam@other", old=EMAIL)
    assert Signature.objects.get().email == EMAIL


def test_a_correction_comes_too_late_for_a_closed_petition(client, sign, petition_page):
    sign()
    petition_page.closes_at = timezone.now()
    publish(petition_page)
    forget_everything()

    response = client.post(f"{CHECK_MAIL}correct/", {"email": NEW_EMAIL})

    assert response.status_code == 409
    assert Signature.objects.get().email == EMAIL


def test_corrections_are_limited_like_signatures(client, sign, clock):
    for number in range(SIGN_LIMIT):
        sign(email=f"citizen{number}@mail.example")

    response = client.post(f"{CHECK_MAIL}correct/", {"email": NEW_EMAIL})

    assert response.status_code == 429
    assert keeps(response, new=NEW_EMAIL)
    assert Signature.objects.count() == SIGN_LIMIT


def test_a_form_that_changed_is_shown_with_what_was_typed(client, sign, petition_page):
    sign(comment="한마디를 씁니다", consent_news="on")
    sensitive = PetitionPageFactory(parent=petition_page.get_parent(), sensitive=True)
    for consent in sensitive.petition_consents.all():
        if consent.definition.slug == "sensitive":
            consent.page = petition_page
            consent.save()
    forget_everything()

    response = client.post(f"{CHECK_MAIL}correct/", {"email": NEW_EMAIL})

    assert response.status_code == 409
    assert keeps(response, name=NAME, email=NEW_EMAIL, comment="한마디를 씁니다")
    html = response.content.decode()
    assert 'href="#id_consent_sensitive' in html
    assert Signature.objects.get().email == EMAIL


# A database that is away


@pytest.mark.sqlite_smoke
def test_a_read_only_database_keeps_the_typing(sign, read_only_database):
    services.petition_state(PETITION)
    read_only_database()

    response = sign(comment="<b>한마디</b>")

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response["Cache-Control"] == "no-store"
    assert keeps(response, name=NAME, email=EMAIL, comment="&lt;b&gt;한마디&lt;/b&gt;")
    html = response.content.decode()
    assert f'action="{PETITION}sign/"' in html
    for field, value in typed().items():
        assert f'name="{field}" value="{value}"' in html or field == "comment"
    assert nothing_is_stored()


@pytest.mark.parametrize("warm", [True, False], ids=["known petition", "fresh process"])
def test_an_absent_database_keeps_the_typing(sign, absent_database, warm):
    if warm:
        services.petition_state(PETITION)
    absent_database()

    response = sign()

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert keeps(response, name=NAME, email=EMAIL)


def test_an_absent_database_fails_while_a_mistake_is_shown(sign, absent_database):
    services.petition_state(PETITION)
    absent_database()

    response = sign(email="garam@")

    assert response.status_code == 503
    assert keeps(response, name=NAME, email="garam@")


def test_what_was_kept_can_be_sent_again(client, sign, read_only_database):
    read_only_database()
    html = sign(comment="한마디").content.decode()
    set_read_only("off")
    fields = dict(_hidden(html))
    response = client.post(f"{PETITION}sign/", fields)

    assert response.status_code == 303
    assert Signature.objects.get().comment == "한마디"


def _hidden(html):
    return re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)


@pytest.mark.parametrize("step", ["resend", "correct"])
def test_a_read_only_database_keeps_the_other_steps(client, sign, read_only_database, clock, step):
    sign()
    clock.tick(61)
    read_only_database()

    response = client.post(f"{CHECK_MAIL}{step}/", {"email": NEW_EMAIL})

    assert response.status_code == 503
    assert f'action="{CHECK_MAIL}{step}/"' in response.content.decode()
    assert Signature.objects.get().email == EMAIL
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("address", [PETITION, CHECK_MAIL, f"{PETITION}count.json", "/"])
def test_an_absent_database_is_no_error_for_readers(
    client, petition_page, absent_database, address
):
    absent_database()

    response = client.get(address)

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "text/html" in response["Content-Type"]
