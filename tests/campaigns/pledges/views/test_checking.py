"""Dropping a file at /verify/: judged in memory, kept nowhere, said in plain words."""

import io
import tempfile
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from freezegun import freeze_time

from campaigns.pledges.gateways import pdf_examination
from campaigns.pledges.gateways.signing_keys import read_keys
from campaigns.pledges.presenters.verdicts import WORDS
from campaigns.pledges.services.seals import queue_seal, run_seals
from campaigns.pledges.services.verdicts import Finding
from campaigns.pledges.views import checking
from evidence.services import close_day
from tests.factories import pledge_files
from tests.factories.pledge_agreements import EMAIL, respondent_of, signed_agreement

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DOOR = "/verify/file/"


@pytest.fixture
def agreement(election, home_page, settings, tmp_path):
    settings.SIGNING_KEYS_DIR = tmp_path / "signing"
    read_keys()
    return signed_agreement(respondent_of(election))


@pytest.fixture
def original(agreement):
    queue_seal(agreement, 2)
    run_seals()
    return bytes(agreement.documents.get(revision=2).content)


def send(client, content, *, name="file.pdf", **more):
    return client.post(DOOR, {"file": SimpleUploadedFile(name, content), **more})


def told(response):
    page = BeautifulSoup(response.content, "html.parser")
    return page.select_one(".alert__title").text


def title_of(finding):
    return str(WORDS[finding][1])


@pytest.mark.sqlite_smoke
def test_a_good_file_is_called_the_original_and_the_record_is_shown(client, original, agreement):
    response = send(client, original)
    assert response.status_code == 200
    assert told(response) == title_of(Finding.ORIGINAL)
    page = response.content.decode()
    assert agreement.number in page
    assert agreement.text_sha256 in page
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert EMAIL not in page


def test_a_changed_file_is_called_changed(client, original):
    response = send(client, pledge_files.flip(original, len(original) // 3))
    assert told(response) == title_of(Finding.CHANGED)


def test_an_original_of_what_is_over_says_so_first(client, original, agreement):
    agreement.state, agreement.ended_at = "withdrawn", agreement.signed_at
    agreement.save()
    response = send(client, original)
    assert b"alert--success" not in response.content
    assert told(response) == title_of(Finding.ORIGINAL)
    assert agreement.get_state_display() in response.content.decode()


def test_a_file_named_after_another_agreement_is_found(client, original, agreement):
    named = send(client, original, name="협약서 2026-지방-AAAA22.pdf")
    typed = send(client, original, number="2026-지방-AAAA22")
    right = send(client, original, name=f"{agreement.number}-2.pdf")
    assert told(named) == told(typed) == title_of(Finding.OTHER)
    assert told(right) == title_of(Finding.ORIGINAL)


def test_nothing_touches_the_disk_or_the_log(client, original, monkeypatch, caplog):
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    monkeypatch.setattr(tempfile, "mkstemp", None)
    big = pledge_files.flip(original, 100) + bytes(3 * 1024 * 1024) + b"%%EOF"
    response = send(client, big, name="홍길동-비밀.pdf")
    assert response.status_code == 200
    assert "홍길동" not in caplog.text
    assert "홍길동" not in response.content.decode()


def test_without_a_file_it_says_what_to_do(client, home_page):
    response = client.post(DOOR, {"number": ""})
    assert response.status_code == 422
    assert told(response) == title_of(Finding.EMPTY)


def test_a_file_of_ten_mebibytes_and_more_is_refused_by_its_length(client, home_page, monkeypatch):
    monkeypatch.setattr(checking, "judge_file", lambda *_args, **_named: pytest.fail("was read"))
    body = client.post(
        DOOR, bytes(checking.MOST_BODY + 1), content_type="multipart/form-data; boundary=x"
    )
    assert body.status_code == 413
    assert told(body) == title_of(Finding.TOO_LARGE)


def test_two_hundred_megabytes_are_refused_before_they_are_sent(client, home_page):
    class Endless(io.RawIOBase):
        def read(self, *_args):
            pytest.fail("was read")

    response = client.generic(
        "POST",
        DOOR,
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(200 * 1024 * 1024), "wsgi.input": Endless()},
    )
    assert response.status_code == 413
    assert told(response) == title_of(Finding.TOO_LARGE)


def test_who_asks_often_is_asked_to_wait(client, home_page, monkeypatch):
    monkeypatch.setattr(checking, "CHECKS_PER_MINUTE", 2)
    answers = [send(client, b"x").status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_when_many_ask_at_once_the_next_is_asked_to_come_back(client, home_page, monkeypatch):
    monkeypatch.setattr(pdf_examination, "PATIENCE", 0)
    for _ in range(2):
        pdf_examination.PLACES.acquire()
    try:
        response = send(client, pledge_files.plain_pdf())
    finally:
        pdf_examination.PLACES.release(2)
    assert (response.status_code, response["Retry-After"]) == (503, "60")


def test_other_sites_can_send_nothing(client, home_page):
    response = client.post(DOOR, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403


def test_a_length_that_is_no_number_is_refused(client, home_page):
    assert client.post(DOOR, CONTENT_LENGTH="many").status_code == 400


def test_the_address_alone_leads_to_the_form(client, home_page):
    response = client.get(DOOR)
    assert (response.status_code, response["Location"]) == (302, "/verify/#file")
    page = BeautifulSoup(client.get("/verify/").content, "html.parser")
    form = page.select_one(f'form[action="{DOOR}"]')
    assert form["enctype"] == "multipart/form-data"


@pytest.mark.parametrize("state", ["countersigned", "superseded"])
def test_a_number_costs_at_most_six_queries(
    client, agreement, state, django_assert_max_num_queries
):
    run_seals()
    agreement.state = state
    agreement.countersigned_at = agreement.signed_at
    agreement.ended_at = agreement.signed_at if state == "superseded" else None
    agreement.save()
    address = f"/verify/?number={agreement.number}"
    client.get(address)
    with django_assert_max_num_queries(6):
        response = client.get(address)
    assert agreement.text_sha256 in response.content.decode()


def test_the_record_says_how_and_where_it_stands(client, agreement):
    run_seals()
    address = f"/verify/?number={agreement.number}"
    before = client.get(address).content.decode()
    assert "RFC 3161" in before
    with freeze_time(timezone.now() + timedelta(days=1)):
        head = close_day()
    assert head.hash not in before
    assert head.hash in client.get(address).content.decode()
