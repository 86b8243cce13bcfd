"""Somebody is invited, a coordinator sees one region, a campaigner takes a file out."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from accounts.defaults import CAMPAIGNER, MODERATOR
from accounts.models import User
from privacy.models import AccessEntry
from tests.factories.accounts import UserFactory, limit_to
from tests.factories.home import RegionFactory
from tests.factories.petitions import SignatureFactory

from .conftest import PHONE
from .mailbox import links_of
from .staff import OFFICE, log_in

NEW_PASSWORD = "파란 기와와 젖은 우산"


@pytest.fixture
def office(open_page):
    return open_page(OFFICE)


def test_an_invited_person_chooses_a_password_sets_up_the_app_and_is_in(
    open_page, office, mailbox, work
):
    log_in(office, UserFactory(administrator=True), "/admin/users/new/")
    office.fill("[name=name]", "정새롬")
    office.fill("[name=email]", "saerom@yeondae.example")
    office.get_by_label(re.compile(MODERATOR)).first.check()
    office.get_by_role("button", name="초대 보내기").click()
    expect(office.locator(".messages")).to_be_visible()
    work()

    (link,) = [one for one in links_of(mailbox.newest_to("saerom@yeondae.example")) if "/t/" in one]
    phone = open_page(PHONE, java_script_enabled=False)
    phone.goto(link)
    for field in phone.locator("input[type=password]").all():
        field.fill(NEW_PASSWORD)
    phone.locator("main button[type=submit]").first.click()
    phone.locator("a[href$='/second-factor/app/']").click()
    secret = phone.locator("[data-copy-item]").inner_text().replace(" ", "")
    phone.fill("[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    phone.locator("main button[type=submit]").first.click()

    phone.goto("/admin/signatures/")
    expect(phone).to_have_url(re.compile("/admin/signatures/$"))
    assert User.objects.get(email="saerom@yeondae.example").groups.get().name == MODERATOR


def test_a_coordinator_sees_the_signers_of_one_region(office, petition_page, region):
    here = SignatureFactory(petition=petition_page, region=region, confirmed=True, name="홍길동")
    there = SignatureFactory(
        petition=petition_page,
        region=RegionFactory(code="26", name="부산광역시", short_name="부산"),
        confirmed=True,
        name="남궁바다",
    )
    coordinator = UserFactory()
    limit_to(coordinator, MODERATOR, region)

    log_in(office, coordinator, "/admin/signatures/")

    expect(office.locator("main")).to_contain_text("홍*동")
    expect(office.locator("main")).not_to_contain_text("남**다")
    assert office.goto(f"/admin/signatures/{there.pk}/").status == 404
    assert office.goto(f"/admin/signatures/{here.pk}/").status == 200


def test_a_campaigner_takes_a_file_out_and_it_is_on_record(office, petition_page):
    SignatureFactory(petition=petition_page, confirmed=True, name="홍길동")
    campaigner = UserFactory(role=CAMPAIGNER)
    log_in(office, campaigner, "/admin/exports/")

    office.get_by_role("link", name="서명 (확인용)").click()
    office.select_option("[name=petition]", str(petition_page.pk))
    office.check("[name=format][value=csv]")
    office.select_option("[name=purpose]", "verification")
    office.get_by_role("button", name="파일 만들기").click()
    expect(office.locator("[name=reason]")).to_be_visible()
    expect(office.locator("main")).to_contain_text("까닭")
    office.fill("[name=reason]", "서명부 대조를 위해 사무국에서 씁니다")
    office.get_by_role("button", name="파일 만들기").click()
    expect(office.locator("main")).to_contain_text("1행")
    expect(office.locator("main")).not_to_contain_text("홍길동")
    with office.expect_download() as fetched:
        office.get_by_role("button", name="파일 받기").click()

    content = fetched.value.path().read_text(encoding="utf-8-sig")
    assert "홍길동" in content
    assert fetched.value.suggested_filename.endswith(".csv")
    assert AccessEntry.objects.filter(user=campaigner, action="export").count() == 2
