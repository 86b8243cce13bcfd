"""Somebody who does not believe a file: a good one, a tampered one, and what a viewer says."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from playwright.sync_api import expect

from campaigns.pledges.gateways.signing_keys import read_keys
from campaigns.pledges.models import PledgeAgreement
from campaigns.pledges.presenters.verdicts import WORDS
from campaigns.pledges.services.seals import queue_seal, run_seals
from campaigns.pledges.services.verdicts import Finding
from tests.factories.pledge_agreements import respondent_of, signed_agreement
from tests.factories.pledge_files import flip, signed_by
from tests.factories.pledges import ElectionFactory, jongno

from .axe import violations

DOOR = "/verify/"


def aside(run, *arguments):
    """In another thread: pyHanko has a loop of its own, and Playwright's runs in this one."""

    def whole():
        try:
            return run(*arguments)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(whole).result()


@pytest.fixture
def agreement(server_url, settings, tmp_path):
    settings.SIGNING_KEYS_DIR = tmp_path / "signing"
    read_keys()
    jongno()
    agreement = signed_agreement(respondent_of(ElectionFactory()))
    queue_seal(agreement, 2)
    assert aside(run_seals) == 2
    return agreement


@pytest.fixture
def original(agreement, tmp_path):
    path = tmp_path / "agreement.pdf"
    path.write_bytes(bytes(agreement.documents.get(revision=2).content))
    return path


def check(page, path, finding):
    """Give the file, read the verdict; what axe says of the answer."""
    page.goto(DOOR)
    page.set_input_files("[name=file]", path)
    page.click("form[enctype] button")
    page.wait_for_url("**/verify/file/")
    expect(page.locator(".alert__title").first).to_have_text(str(WORDS[finding][1]))
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]
    return violations(page)


def test_a_good_file_a_tampered_one_and_one_signed_again(screen, original, agreement, tmp_path):
    content = original.read_bytes()
    tampered, signed = tmp_path / "tampered.pdf", tmp_path / "signed.pdf"
    tampered.write_bytes(flip(content, len(content) // 3))
    signed.write_bytes(aside(signed_by, content, read_keys()))

    found = [check(screen, original, Finding.ORIGINAL)]
    expect(screen.locator("main")).to_contain_text(agreement.text_sha256)
    found.append(check(screen, tampered, Finding.CHANGED))
    expect(screen.locator("main")).to_contain_text(agreement.number)
    found.append(check(screen, signed, Finding.ADDED))
    screen.click("main a[href$='#paper']")
    expect(screen.locator("#paper")).to_contain_text(agreement.text_sha256)
    found.append(violations(screen))
    screen.goto("/verify/why/")
    expect(screen.locator("code")).to_have_text(read_keys().root_fingerprint)
    found.append(violations(screen))
    assert found == [[]] * 5


def test_what_is_over_is_said_beside_a_genuine_file(desktop, original, agreement):
    PledgeAgreement.objects.update(state="withdrawn", ended_at=agreement.signed_at)
    assert check(desktop, original, Finding.ORIGINAL) == []
    expect(desktop.locator(".alert--warning")).to_have_count(2)


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(desktop, home_page, server_url):
    desktop.goto(DOOR)
    big = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": bytes(10_485_761)}
    desktop.set_input_files("[name=file]", big)
    assert desktop.evaluate("document.querySelector('[name=file]').validity.customError")


def test_it_works_without_javascript(open_page, original):
    page = open_page({"width": 360, "height": 740}, java_script_enabled=False)
    page.goto(DOOR)
    page.set_input_files("[name=file]", original)
    page.click("form[enctype] button")
    expect(page.locator(".alert__title").first).to_have_text(str(WORDS[Finding.ORIGINAL][1]))
