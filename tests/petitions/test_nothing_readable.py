"""A dump of the database and the log of the server name nobody who signed."""

import base64
import json
import subprocess
import unicodedata
import urllib.parse
from datetime import timedelta

import pytest
from django.db import connection

from messaging.services import deliver_due
from petitions import emails
from petitions.models import Signature
from petitions.services import petition_state, sign_petition
from privacy.blind_index import address_index
from privacy.tokens import mint_token
from tests.petitions.citizen import cleaned, typed
from tests.server import Server

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]

PETITION = "/campaigns/basic-act/petition/"
NAME = "남궁휘영"
LOCAL = "hwiyoung.namgung.1967"
EMAIL = f"{LOCAL}@mail.example"
COMMENT = "휘파람처럼 널리 퍼지기를 바랍니다"
SECRETS = (NAME, LOCAL, EMAIL, COMMENT)


def spellings(secret):
    """How a text may hide in bytes: NFC and NFD, plain, quoted, in JSON, hexadecimal, base64."""
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, secret)
        raw = text.encode()
        yield raw
        yield urllib.parse.quote(text).encode()
        yield urllib.parse.quote_plus(text).encode()
        yield json.dumps(text)[1:-1].encode()
        yield raw.hex().encode()
        yield base64.b64encode(raw).rstrip(b"=")[:-1]
        yield base64.urlsafe_b64encode(raw).rstrip(b"=")[:-1]


def readable(haystack):
    """The secrets that can be read in these bytes, in whatever spelling."""
    lowered = haystack.lower()
    return {
        secret
        for secret in SECRETS
        for spelling in spellings(secret)
        if spelling in haystack or spelling.lower() in lowered
    }


def dump():
    settings = connection.settings_dict
    command = ["pg_dump", "--dbname", settings["NAME"], "--host", settings["HOST"]]
    command += ["--port", str(settings["PORT"] or 5432), "--username", settings["USER"]]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout


def everything_that_can_happen(server):
    """Sign, repeat, mistype, be refused, lose the database, correct, confirm, read, leave."""
    fields = typed(name=NAME, email=EMAIL, comment=COMMENT, name_display="full")
    answer = server.post(f"{PETITION}sign/", fields)
    assert answer.status == 303, server.log
    assert server.get(f"{PETITION}check-mail/", Cookie=answer.cookie).status == 200
    statuses = [
        server.post(f"{PETITION}sign/", fields).status,
        server.post(f"{PETITION}sign/", {**fields, "region": "99"}).status,
        server.post(f"{PETITION}sign/", {**fields, "comment": COMMENT * 9_000}).status,
        server.post(f"{PETITION}sign/", fields, Origin="https://evil.example").status,
        server.post(f"{PETITION}check-mail/resend/", {}, Cookie=answer.cookie).status,
        server.get(f"{PETITION}?name={urllib.parse.quote(NAME)}").status,
        server.get("/nowhere/").status,
    ]
    assert statuses == [303, 422, 413, 403, 429, 200, 404], server.log
    deliver_due()
    public_id = str(Signature.objects.get().public_id)
    token = mint_token(emails.CONFIRM_TOKEN, public_id, emails.CONFIRM_LIFETIME)
    confirmed = server.post(f"/t/c/{token}/", {})
    assert confirmed.status == 303, server.log
    assert server.get(confirmed.header("Location")).status == 200
    my_token = ask_for_own_data(server)
    _without_writes(lambda: server.post(f"{PETITION}sign/", {**fields, "email": f"x{EMAIL}"}))
    return [
        token,
        my_token,
        confirmed.header("Location").split("/")[3],
        answer.cookie.partition("=")[2].strip(chr(34)),
    ]


def ask_for_own_data(server):
    """Ask at /my/, look, correct and undo, want another address, write to the office."""
    assert server.post("/my/", {"email": EMAIL}).status == 303, server.log
    index = address_index(EMAIL)
    token = mint_token("rights.my", index.hex(), timedelta(hours=1))
    mine, row = f"/t/m/{token}/", f"petitions.signatures/{Signature.objects.get().public_id}/"
    assert server.get(mine).status == server.get(f"{mine}download/json/").status == 200
    corrected = {"name": NAME, "region": "11", "comment": f"{COMMENT}.", "name_display": "hidden"}
    wish = {"kind": "access", "words": COMMENT, "name": NAME, "contact": EMAIL}
    answers = [
        server.post(f"{mine}{row}correct/", corrected),
        server.post(f"{mine}address/", {"email": f"y{EMAIL}"}),
        server.post("/my/request/", wish),
        server.post("/my/request/", {**wish, "contact": COMMENT}),
    ]
    assert [answer.status for answer in answers] == [422, 303, 303, 422], server.log
    return token


def _without_writes(call):
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    assert call().status == 503
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")
        cursor.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')


def test_neither_dump_nor_log_names_a_signer(server):
    server.start()

    secrets = everything_that_can_happen(server)

    assert Signature.objects.get().name == NAME, "there is something that could leak"
    assert readable(dump()) == set()
    assert readable(server.log.encode()) == set()
    for secret in secrets:
        assert secret not in server.log
        assert secret.encode() not in dump()


def test_the_search_finds_what_is_not_encrypted_and_not_masked(
    process_environment, petition_page, tmp_path
):
    server = Server(process_environment, tmp_path, "tests.petitions.unencrypted_wsgi:application")
    server.start()
    try:
        fields = typed(name=NAME, email=EMAIL, comment=COMMENT)
        assert server.post(f"{PETITION}sign/", fields).status == 303, server.log
    finally:
        server.stop()

    assert readable(dump()) == set(SECRETS)
    assert readable(server.log.encode()) == set(SECRETS)


@pytest.mark.parametrize("secret", SECRETS)
def test_the_search_finds_every_spelling(secret):
    for spelling in spellings(secret):
        assert secret in readable(b"before " + spelling + b" after")


MANY = 1_000
STEM, MANY_LOCAL = "남궁휘", "hwiyoung-of-many"


def test_a_dump_with_a_thousand_signers_names_none_of_them(petition_page):
    """What all names and addresses have in common is looked for in each spelling."""
    state = petition_state("campaigns/basic-act/petition")
    for number in range(MANY):
        name = f"{STEM}{chr(0xAC00 + number)}"
        sign_petition(state, cleaned(name=name, email=f"{MANY_LOCAL}{number}@mail.example"))

    assert Signature.objects.count() == MANY
    dumped = dump()
    for secret in (STEM, MANY_LOCAL):
        assert not any(spelling in dumped for spelling in spellings(secret))
