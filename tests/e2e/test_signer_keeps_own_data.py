"""A signer asks at /my/ what the site holds, puts it right, takes it along and leaves."""

import json

import pytest
from playwright.sync_api import expect

from petitions.models import Signature
from privacy.models import ConsentRecord
from rights.models import Request
from tests.factories.accounts import UserFactory
from tests.factories.rights import RequestFactory

from .axe import violations
from .citizen import EMAIL, NAME, confirm, sign
from .conftest import PHONE
from .mailbox import links_of
from .staff import OFFICE, log_in

ROW = "petitions.signatures"


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def citizen(request, open_page):
    """A phone, with and without JavaScript."""
    return open_page(PHONE, has_touch=True, is_mobile=True, java_script_enabled=request.param)


def signed(page, mailbox, work):
    sign(page)
    work()
    confirm(page, links_of(mailbox.newest_to(EMAIL))[0])


def open_mine(page, mailbox, work):
    page.goto("/my/")
    page.fill("#id_email", EMAIL)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/my/sent/")
    expect(page.locator("main")).to_contain_text(EMAIL)
    work()
    (link,) = [url for url in links_of(mailbox.newest_to(EMAIL)) if "/t/m/" in url]
    page.goto(link)
    return link


def press(page, part):
    page.click(f"main a[href*='{part}']")


def submit(page):
    page.click("main form button[type=submit]")
    page.wait_for_url("**?done=*")


def test_signer_corrects_downloads_and_leaves(citizen, petition_page, mailbox, work):
    signed(citizen, mailbox, work)
    mine = open_mine(citizen, mailbox, work)
    expect(citizen.locator("main")).to_contain_text(NAME)

    press(citizen, f"{ROW}")
    citizen.fill("#id_name", "한누리")
    submit(citizen)
    expect(citizen.locator("main")).to_contain_text("한누리")
    citizen.click("form[action$='/undo/'] button")
    citizen.wait_for_url("**?done=undone")
    expect(citizen.locator("main")).to_contain_text(NAME)

    press(citizen, "/consents/")
    citizen.click("main form:has(button[value=agree]) button")
    citizen.wait_for_url("**?done=consent-given")
    assert ConsentRecord.objects.filter(slug__in=("roll", "news"), choice=True).count() == 1

    with citizen.expect_download() as fetched:
        press(citizen, "/json/")
    held = json.loads(fetched.value.path().read_text())
    assert held["rows"][0]["facts"][0]["value"] == NAME
    assert fetched.value.suggested_filename.endswith(".json")

    citizen.goto(mine)
    press(citizen, "/leave/")
    submit(citizen)
    assert Signature.objects.get().email is None


def test_who_lost_the_mailbox_asks_the_office(citizen, petition_page):
    citizen.goto("/my/")
    press(citizen, "/my/request/")
    citizen.check("input[name=kind][value=access]")
    citizen.fill("#id_words", "제 정보를 보고 싶습니다.")
    citizen.fill("#id_name", NAME)
    citizen.fill("#id_contact", "없는 연락처")
    citizen.click("main form button[type=submit]")
    expect(citizen.locator("#id_words")).to_have_value("제 정보를 보고 싶습니다.")
    citizen.fill("#id_contact", "010-1234-5678")
    citizen.click("main form button[type=submit]")
    citizen.wait_for_url("**/my/request/received/**")

    expect(citizen.locator("main")).to_contain_text(Request.objects.get().reference)


def test_no_page_of_it_has_a_violation(screen, petition_page, mailbox, work):
    found = {}

    def look(name):
        found[name] = violations(screen)

    signed(screen, mailbox, work)
    look("my signature")
    for address in ("/my/", "/my/request/", "/my/request/received/", "/t/m/unknown-unknown/"):
        screen.goto(address)
        look(address)
    screen.goto("/my/request/")
    screen.click("main form button[type=submit]")
    look("errors")
    mine = open_mine(screen, mailbox, work)
    for opened in screen.locator("main summary").all():
        opened.click()
    look("mine")
    key = Signature.objects.get().public_id
    row = f"{mine}{ROW}/{key}/"
    for address in (f"{row}correct/", f"{row}consents/", f"{row}leave/"):
        screen.goto(address)
        look(address.removeprefix(row))
    for address in ("address/", "request/", "erase/"):
        screen.goto(mine + address)
        look(address)
    screen.goto(f"{mine}?done=corrected")
    look("done")

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_officer_answers_in_time(open_page, petition_page):
    office = open_page(OFFICE)
    asked = RequestFactory(contact="asker@mail.example")
    log_in(office, UserFactory(role="개인정보 보호책임자"))
    office.click("a[href='/admin/data-requests/'] >> nth=-1")
    office.click(f"main a:has-text('{asked.reference}')")
    expect(office.locator("main")).to_contain_text("asker@mail.example")

    assert violations(office) == []
    office.fill("form:has(button[formaction$='/finish/']) textarea", "메일로 보내 드렸습니다.")
    office.click("button[formaction$='/finish/']")
    expect(office.locator("main")).to_contain_text("메일로 보내 드렸습니다.")

    assert Request.objects.get().status == "done"


def test_the_officer_takes_a_letter_down_and_answers_by_post(open_page, petition_page):
    office = open_page(OFFICE)
    log_in(office, UserFactory(role="개인정보 보호책임자"))
    office.goto("/admin/data-requests/")
    office.click("a[href$='/data-requests/new/']")
    expect(office.locator("#id_words")).to_be_visible()
    assert violations(office) == []
    office.check("input[name=channel][value=post]")
    office.check("input[name=kind][value=erasure]")
    office.fill("#id_words", "제 이름을 지워 주세요.")
    office.fill("#id_name", NAME)
    office.check("input[name=reply_by][value=post]")
    office.fill("#id_contact", "서울시 가온구 두루로 12, 301호")
    office.click("main form button.button")
    expect(office.locator("main")).to_contain_text("두루로 12")
    office.reload()  # Wagtail's message fades in, pale at first.
    assert violations(office) == []

    answer = office.locator("form:has(button[formaction$='/finish/'])")
    answer.locator("textarea").fill("지우고 편지로 알려 드렸습니다.")
    answer.locator("select").select_option("post")
    office.click("button[formaction$='/finish/']")

    expect(office.locator("form:has(button[formaction$='/finish/'])")).to_have_count(0)
    asked = Request.objects.get()
    assert (asked.status, asked.answered_by) == ("done", "post")
