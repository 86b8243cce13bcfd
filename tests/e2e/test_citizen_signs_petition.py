"""A citizen opens the petition from a chat, signs on a phone, confirms, shares and leaves."""

import re

import pytest
from playwright.sync_api import expect

from petitions.models import BlockedAddress, Signature
from privacy.models import ConsentDefinition, ConsentRecord

from .citizen import EMAIL, NAME, PETITION, confirm, counted, fill_in, press_sign, sign
from .mailbox import links_of


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def citizen(request, open_page):
    """A phone, with and without JavaScript."""
    return open_page(
        {"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
        java_script_enabled=request.param,
    )


def test_citizen_signs_confirms_and_withdraws(citizen, petition_page, mailbox, work):
    sign(citizen)
    expect(citizen.locator("main")).to_contain_text(EMAIL)
    expect(citizen.locator("main")).to_contain_text("스팸함")
    assert counted(petition_page) == 0

    work()
    confirm_link, _deny_link = links_of(mailbox.newest_to(EMAIL))[:2]
    confirm(citizen, confirm_link)
    expect(citizen.get_by_role("heading", level=1)).to_contain_text("1번째")
    expect(citizen.locator("main")).to_contain_text(NAME)
    assert counted(petition_page) == 1

    citizen.get_by_role("link", name="서명 철회하기").click()
    citizen.get_by_role("button", name="서명 철회하기").click()
    expect(citizen.get_by_role("heading", level=1)).to_contain_text("철회")
    assert counted(petition_page) == 0
    row = Signature.objects.get()
    assert (row.name, row.email, row.status) == (None, None, "withdrawn")


def test_count_on_an_open_page_follows_by_itself(desktop, open_page, petition_page, mailbox, work):
    reader = desktop
    reader.goto(PETITION)
    expect(reader.locator("[data-count=confirmed]").first).to_have_text("0")

    signer = open_page({"width": 360, "height": 740})
    sign(signer)
    work()
    confirm(signer, links_of(mailbox.newest_to(EMAIL))[0])
    work()

    expect(reader.locator("[data-count=confirmed]").first).to_have_text("1")


def test_owner_of_the_address_says_i_did_not_sign(citizen, petition_page, mailbox, work):
    sign(citizen)
    work()

    citizen.goto(links_of(mailbox.newest_to(EMAIL))[1])
    citizen.get_by_role("button", name="제가 한 서명이 아닙니다").click()

    expect(citizen.get_by_role("heading", level=1)).to_contain_text("지웠습니다")
    assert Signature.objects.get().status == "denied"
    assert BlockedAddress.objects.count() == 1


def test_wrong_input_is_named_and_what_was_typed_stays(citizen, petition_page):
    citizen.goto(PETITION)
    fill_in(citizen, name="김연대", email="김연대")
    citizen.uncheck("#id_consent_age")
    press_sign(citizen)

    summary = citizen.locator(".error-summary")
    expect(summary).to_contain_text("2곳")
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(citizen.locator("#id_name")).to_have_value("김연대")
    expect(citizen.locator("#id_email")).to_have_attribute("aria-invalid", "true")
    expect(citizen.locator("#id_consent_collection")).to_be_checked()
    assert Signature.objects.count() == 0


def test_text_that_changed_meanwhile_is_read_before_it_is_agreed_to(citizen, petition_page):
    citizen.goto(PETITION)
    fill_in(citizen)
    definition = ConsentDefinition.objects.get(slug="collection")
    definition.items = "이름, 이메일, 전화번호"
    definition.save()
    press_sign(citizen)

    expect(citizen.locator("#sign")).to_contain_text("이름, 이메일, 전화번호")
    expect(citizen.locator("#id_name")).to_have_value(NAME)
    expect(citizen.locator("#id_consent_collection")).not_to_be_checked()
    assert Signature.objects.count() == 0

    citizen.check("#id_consent_collection")
    citizen.check("#id_consent_age")
    press_sign(citizen)
    citizen.wait_for_url("**/check-mail/**")
    assert ConsentRecord.objects.get(slug="collection").version == definition.versions.last()


def test_owner_of_the_mailbox_discards_what_others_typed(citizen, petition_page, mailbox, work):
    sign(citizen)
    work()

    citizen.goto(links_of(mailbox.newest_to(EMAIL))[0])
    expect(citizen.locator("main")).to_contain_text("경기도")
    citizen.get_by_role("button", name="제가 쓴 내용이 아닙니다").click()

    expect(citizen).to_have_url(re.compile(f"{PETITION}#sign$"))
    assert Signature.objects.count() == BlockedAddress.objects.count() == 0


def test_citizen_corrects_a_mistyped_address(citizen, petition_page, mailbox, work):
    sign(citizen, email="wrong@mail.example")
    citizen.locator("details.correct summary").click()
    citizen.fill("details.correct input[type=email]", EMAIL)
    citizen.locator("details.correct button[type=submit]").click()
    expect(citizen.locator(".address-box")).to_contain_text(EMAIL)

    work()

    assert links_of(mailbox.newest_to(EMAIL))
    assert [row.email for row in Signature.objects.all()] == [EMAIL]


def test_second_signature_looks_the_same_and_the_mail_tells_the_truth(
    citizen, petition_page, mailbox, work
):
    sign(citizen)
    first_text = citizen.locator("main").inner_text()
    work()
    confirm(citizen, links_of(mailbox.newest_to(EMAIL))[0])

    sign(citizen)
    assert citizen.locator("main").inner_text().split("\n")[:5] == first_text.split("\n")[:5]
    assert Signature.objects.count() == 1


def test_petition_that_counts_at_once_says_so(citizen, petition_page, work):
    petition_page.confirmation_required = False
    petition_page.save_revision().publish()

    citizen.goto(PETITION)
    expect(citizen.locator("#sign")).to_contain_text("메일로 확인하지 않아도")
    sign(citizen)
    work()

    assert counted(petition_page) == 1


def test_front_page_and_campaign_lead_to_the_petition(phone, home_page, petition_page):
    home_page.lead_page = petition_page.get_parent()
    home_page.save_revision().publish()

    for address in ("/", "/campaigns/basic-act/"):
        phone.goto(address)
        link = phone.locator(f"main a[href^='{PETITION}']").first
        expect(link).to_be_in_viewport()
        link.click()
        expect(phone).to_have_url(re.compile(PETITION))


def test_keyboard_alone_signs(desktop, petition_page):
    desktop.goto(PETITION)
    desktop.keyboard.press("Tab")
    expect(desktop.locator(":focus")).to_have_text("본문 바로가기")

    desktop.focus("#id_name")
    desktop.keyboard.type(NAME)
    desktop.keyboard.press("Tab")
    desktop.keyboard.type(EMAIL)
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("ArrowDown")
    for field in ("consent_collection", "consent_age"):
        desktop.focus(f"#id_{field}")
        desktop.keyboard.press("Space")
    desktop.focus("#sign button[type=submit]")
    desktop.keyboard.press("Enter")

    desktop.wait_for_url("**/check-mail/**")
    assert Signature.objects.count() == 1


def test_sharing_copies_without_asking_anybody(open_page, petition_page, mailbox, work):
    page = open_page(
        {"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    sign(page)
    work()
    confirm(page, links_of(mailbox.newest_to(EMAIL))[0])

    page.get_by_role("button", name="카카오톡").click()

    expect(page.locator("main")).to_contain_text("채팅방에 붙여 넣어 주세요")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert petition_page.title in copied
    assert PETITION in copied
