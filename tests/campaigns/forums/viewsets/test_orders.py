"""Staff's list of registrations: who sees whom, how, and that it is written down first."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.defaults import EDITOR
from campaigns.forums import services
from campaigns.forums.models import Order
from campaigns.forums.viewsets import access
from messaging.models import OutboxMessage
from payments.models import Payment, Refund
from payments.services import mark_paid
from privacy.exceptions import AccessLogUnavailableError
from privacy.models import AccessAction, AccessEntry
from tests.campaigns.forums.participant import EMAIL, NAME, PHONE, asked, payment_of, person, taken
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/admin/registrations/"


@pytest.fixture
def staff(client):
    client.user = UserFactory(role="행사 담당")
    client.force_login(client.user)
    return client


@pytest.fixture
def order(state):
    people = [person(organisation="가온연합회"), person("남궁바다")]
    return services.place_order(state, asked(state, people=people))


def address(order, step=""):
    return f"{LIST}{order.pk}/" + (f"{step}/" if step else "")


def listed(response):
    return {row.reference for row in response.context["object_list"]}


def pay(order, user):
    return mark_paid(payment_of(order), method=Payment.Method.BANK_TRANSFER, user=user, note="확인")


def test_an_editor_without_the_right_is_sent_back(client, order):
    client.force_login(UserFactory(role=EDITOR))

    for url in (LIST, address(order), f"{LIST}enter/"):
        assert client.get(url)["Location"] == reverse("wagtailadmin_home")


def test_the_list_masks_everybody_and_is_logged(staff, order):
    response = staff.get(LIST)
    text = response.content.decode()

    assert listed(response) == {order.reference}
    assert "한*람" in text
    assert "40,000" in text
    for secret in (NAME, "남궁바다", EMAIL, PHONE, "가온연합회"):
        assert secret not in text
    entry = AccessEntry.objects.get(action=AccessAction.LIST)
    assert entry.user_id == staff.user.pk


def queries_of(browser, url):
    with CaptureQueriesContext(connection) as queries:
        browser.get(url)
    return len(queries)


def test_the_list_asks_no_more_for_three_rows(staff, state, order):
    queries_of(staff, LIST)
    one = queries_of(staff, LIST)
    for n in range(2):
        services.place_order(state, asked(state, email=f"p{n}@mail.example"))

    assert queries_of(staff, LIST) <= one


def test_filters(staff, state, order):
    other = services.place_order(state, asked(state, email="b@mail.example"))
    pay(other, staff.user)
    first = state.sessions[0].pk
    both, forum = {order.reference, other.reference}, state.page.pk

    def found(**chosen):
        return listed(staff.get(LIST, chosen))

    assert found(forum=forum) == both == found(forum=forum, session=first)
    assert found(forum=forum, session=state.sessions[1].pk) == set()
    assert found(status="confirmed") == {other.reference} == found(paid="paid")
    assert found(paid="unpaid") == {order.reference}
    assert found(paid="free") == set()


@pytest.mark.parametrize("typed", [NAME, "남궁바다", EMAIL])
def test_somebody_is_found_by_exact_words(staff, state, order, typed):
    services.place_order(state, asked(state, people=["하늘"], email="other@mail.example"))

    response = staff.post(f"{LIST}search/", {"query": typed}, follow=True)

    assert listed(response) == {order.reference}
    assert AccessEntry.objects.filter(action=AccessAction.SEARCH).exists()
    assert listed(staff.post(f"{LIST}search/", {"query": order.reference}, follow=True)) == {
        order.reference
    }


def test_a_search_for_nothing_and_one_that_is_over_are_told(staff, order):
    assert "error" in staff.post(f"{LIST}search/", {"query": ""}, follow=True).content.decode()
    assert listed(staff.get(LIST, {"found": "nothing"})) == set()


def test_the_detail_is_masked_and_shows_the_money(staff, order):
    text = staff.get(address(order)).content.decode()

    assert "남**다" in text
    assert "40,000" in text
    for secret in (NAME, "남궁바다", EMAIL, PHONE):
        assert secret not in text
    assert AccessEntry.objects.filter(action=AccessAction.DETAIL).count() == 1


def test_the_full_view_needs_a_reason_and_is_logged(staff, order):
    without = staff.post(address(order, "full"), {"reason": ""}).content.decode()
    assert NAME not in without

    text = staff.post(address(order, "full"), {"reason": "전화 문의"}).content.decode()

    assert all(told in text for told in (NAME, "남궁바다", EMAIL, "가온연합회"))
    assert AccessEntry.objects.filter(action=AccessAction.FULL).count() == 1


def test_nothing_is_shown_when_the_log_cannot_be_written(staff, order, monkeypatch):
    def broken(**_kwargs):
        raise AccessLogUnavailableError

    monkeypatch.setattr(access, "record_access", broken)

    response = staff.post(address(order, "full"), {"reason": "전화 문의"})

    assert response.status_code == 503
    assert NAME not in response.content.decode()


def test_cancelling_needs_a_reason_and_lists_the_refund(staff, state, order):
    pay(order, staff.user)
    assert staff.post(address(order, "cancel"), {"reason": ""}).status_code == 422
    half = {"reason": "전화로 취소", "bank": "가온은행"}
    assert staff.post(address(order, "cancel"), half).status_code == 422

    whole = {**half, "account_number": "000-98-765432", "account_holder": NAME}
    response = staff.post(address(order, "cancel"), whole, follow=True)

    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
    assert Refund.objects.get().amount_krw == 40_000
    assert taken(state) == 0
    assert "전화로 취소" in response.content.decode()
    staff.post(address(order, "cancel"), {"reason": "두 번"})
    assert Refund.objects.count() == 1


def test_the_mail_is_sent_again(staff, order):
    before = OutboxMessage.objects.count()

    text = staff.post(address(order, "resend"), {"reason": "못 받음"}, follow=True).content.decode()

    assert OutboxMessage.objects.count() == before + 1
    assert "못 받음" in text


def test_an_unknown_step_is_not_found(staff, order):
    assert staff.post(address(order, "shred"), {"reason": "x"}).status_code == 404


def entry(state, **told):
    known = {
        "sessions": [state.sessions[0].pk],
        "name": "전화인",
        "phone": "010-0000-5678",
        "meal": "yes",
        "form_key": str(uuid.uuid4()),
        "reason": "전화 신청",
    }
    return {**known, **told}


def test_who_calls_is_entered_even_after_closing(staff, make_state):
    state = make_state(closed=True)
    url = f"{LIST}enter/{state.page.pk}/"
    assert staff.get(f"{LIST}enter/").status_code == staff.get(url).status_code == 200
    told = entry(state)

    for _turn in range(2):
        response = staff.post(url, told, follow=True)

    order = Order.objects.get()
    assert order.channel == Order.Channel.STAFF
    assert taken(state) == 1
    assert response.content.decode().count("전화 신청") == 1


def test_entering_tells_what_is_missing(staff, make_state):
    state = make_state(first={"capacity": 1})
    url = f"{LIST}enter/{state.page.pk}/"

    for missing in ({"reason": ""}, {"phone": ""}, {"sessions": []}):
        response = staff.post(url, entry(state, **missing))
        assert response.status_code == 422
        assert "전화인" in response.content.decode()
    staff.post(url, entry(state))
    assert staff.post(url, entry(state)).status_code == 422
    assert taken(state) == Order.objects.count() == 1


def test_several_people_are_entered_at_once(staff, state):
    url = f"{LIST}enter/{state.page.pk}/?people=2"

    staff.post(url, entry(state, name_2="동행인", meal_2="no"))

    assert Order.objects.get().tickets.count() == taken(state) == 2
