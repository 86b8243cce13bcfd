"""An editor, no technician, changes a petition; staff look after its signatures."""

import re

import pytest
from playwright.sync_api import expect

from evidence.models import Event
from petitions.models import Signature
from tests.factories.accounts import UserFactory
from tests.factories.petitions import SignatureFactory

from .citizen import PETITION, counted
from .staff import log_in


@pytest.fixture
def editor(db):
    return UserFactory(role="편집자")


@pytest.fixture
def director(db):
    return UserFactory(role="사무국장(승인자)")


@pytest.fixture
def campaigner(db):
    return UserFactory(role="캠페인 담당")


@pytest.fixture
def office(open_page):
    """A desktop in the office; Wagtail's admin is allowed its own inline scripts."""
    return open_page({"width": 1280, "height": 900})


def test_director_publishes_and_the_public_page_follows(office, open_page, director, petition_page):
    reader = open_page({"width": 360, "height": 740})
    reader.goto(PETITION)
    expect(reader.get_by_role("heading", level=1)).to_have_text(petition_page.title)

    log_in(office, director)
    office.goto(f"/admin/pages/{petition_page.pk}/edit/")
    office.fill("#id_title", "돌봄기본법을 올해 안에 의결해 주십시오")
    office.locator("[data-w-dropdown-toggle-icon], footer .w-dropdown__toggle-icon").last.click()
    office.get_by_role("button", name="게시").first.click()
    expect(office.locator(".messages")).to_contain_text("게시")

    office.wait_for_timeout(2000)  # The promise itself: public within two seconds.
    reader.goto(PETITION)
    expect(reader.get_by_role("heading", level=1)).to_have_text(
        "돌봄기본법을 올해 안에 의결해 주십시오"
    )


def test_editor_sees_no_signatures(office, editor, petition_page):
    log_in(office, editor)

    office.goto("/admin/signatures/")

    expect(office).to_have_url(re.compile(r"/admin/$"))


def test_campaigner_invalidates_a_signature_and_takes_it_back(
    office, campaigner, petition_page, work
):
    signature = SignatureFactory(petition=petition_page, confirmed=True)
    log_in(office, campaigner)
    office.goto("/admin/signatures/")
    expect(office.locator("main")).to_contain_text("홍*동")
    expect(office.locator("main")).not_to_contain_text("홍길동")

    office.get_by_role("link", name="홍*동").click()
    change = office.locator("form:has(button[formaction$='/invalidate/'])")
    change.locator("[name=reason]").fill("같은 사람의 다른 주소입니다.")
    change.locator("button[formaction$='/invalidate/']").click()
    expect(office.locator("form[action$='/undo/'] button")).to_be_visible()
    assert counted(petition_page) == 0

    office.click("form[action$='/undo/'] button")
    expect(office.locator("form[action$='/undo/'] button")).to_have_count(0)
    assert counted(petition_page) == 1
    chain = Event.objects.filter(subject_id=str(signature.public_id)).order_by("sequence")
    assert list(chain.values_list("kind", flat=True)) == ["invalidated", "undone"]
    assert Signature.objects.get().status == "confirmed"
