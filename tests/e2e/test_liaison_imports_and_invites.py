"""The office takes over the commission's list, finds addresses, and asks all of a contest."""

import pytest
from playwright.sync_api import expect

from campaigns.pledges.apps import PLEDGES
from campaigns.pledges.models import ContactPoint, Invitation
from tests.factories.accounts import UserFactory, give_factor
from tests.factories.pledge_contacts import contact_line, contacts_file
from tests.factories.pledge_demands import demand_set, pledge_round
from tests.factories.pledges import ElectionFactory, csv_file, jongno

from .staff import OFFICE, come_in

CANDIDATES = {"한가람": "hangaram@candidate.example", "남궁바다": "bada@candidate.example"}


@pytest.fixture
def election(server_url):
    jongno()
    election = ElectionFactory()
    demand_set(election)
    pledge_round(election)
    return election


@pytest.fixture
def liaison(open_page, server_url):
    """Whoever looks after pledge agreements, logged in."""
    page = open_page(OFFICE)
    user = UserFactory(role=PLEDGES)
    give_factor(user)
    come_in(page, user)
    return page


def take_over(page, election, tmp_path):
    file = tmp_path / "candidates.csv"
    file.write_bytes(csv_file(encoding="cp949"))
    page.goto(f"/admin/elections/{election.pk}/sheet/")
    page.set_input_files("input[name=file]", file)
    page.locator("input[name=stage][value=registered]").check()
    page.fill("input[name=source]", "선거통계시스템")
    page.locator("form[enctype] button").click()


def test_from_the_list_to_the_mail(liaison, election, tmp_path, mailbox, work):
    page = liaison
    take_over(page, election, tmp_path)
    expect(page.get_by_text("새로 4명")).to_be_visible()
    page.get_by_role("button", name="명부 반영하기").click()

    for name, address in CANDIDATES.items():
        page.goto(f"/admin/outreach/{election.pk}/")
        page.get_by_role("link", name=name).click()
        page.fill("input[name=value]", address)
        page.locator("form:has(input[value=contact]) input[name=source]").fill("선거사무소 누리집")
        page.get_by_role("button", name="연락처 저장").click()
    page.goto(f"/admin/outreach/{election.pk}/")
    page.get_by_role("button", name="2명에게 요청").click()

    expect(page.get_by_text("2명에게 요청했습니다")).to_be_visible()
    assert Invitation.objects.filter(state="sent").count() == 2
    work()
    for address in CANDIDATES.values():
        assert "/t/g/" in mailbox.newest_to(address).get_body(("plain",)).get_content()
    assert "/t/g/" not in page.content()

    take_over(page, election, tmp_path)
    expect(page.get_by_text("이미 모두 들어 있습니다")).to_be_visible()


def send_in(page, election, tmp_path, *lines):
    file = tmp_path / "contacts.csv"
    file.write_bytes(contacts_file(*lines, encoding="cp949"))
    page.goto(f"/admin/outreach/{election.pk}/")
    page.set_input_files("input[name=file]", file)
    page.get_by_role("button", name="연락처 살펴보기").click()


def test_contacts_of_all_come_from_a_list(liaison, election, tmp_path):
    page = liaison
    take_over(page, election, tmp_path)
    page.get_by_role("button", name="명부 반영하기").click()
    lines = [contact_line(name, address, party="") for name, address in CANDIDATES.items()]

    send_in(page, election, tmp_path, *lines, contact_line("없는이", "nobody@candidate.example"))
    expect(page.get_by_text("이런 이름의 후보가 없습니다")).to_be_visible()
    expect(page.get_by_role("button", name="이 연락처 넣기")).to_have_count(0)
    page.get_by_role("button", name="명부 버리기").click()
    assert not ContactPoint.objects.exists()

    send_in(page, election, tmp_path, *lines)
    expect(page.get_by_text("새 이메일 2개")).to_be_visible()
    page.get_by_role("button", name="이 연락처 넣기").click()

    expect(page.get_by_text("연락처 2개를 넣었습니다")).to_be_visible()
    expect(page.get_by_role("button", name="2명에게 요청")).to_be_visible()
    send_in(page, election, tmp_path, *lines)
    expect(page.get_by_text("넣을 것이 없습니다")).to_be_visible()
