"""What happened to a registration stands on its chain, in its order, and names nobody."""

import pytest

from campaigns.forums import services
from campaigns.forums.models import Order
from campaigns.forums.services.retention import empty_orders
from evidence.models import Event, EventValues
from evidence.services import append_waiting, verify_everything
from messaging.models import OutboxMessage
from payments.models import Payment
from payments.services import ask_refund, mark_paid, send_refund, unmark_paid
from tests.campaigns.forums.participant import EMAIL, NAME, PHONE, asked, payment_of, person
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

ACCOUNT = {"bank": "가온은행", "account_number": "000-98-765432", "account_holder": NAME}


@pytest.fixture
def order(state):
    people = [NAME, person("두나래", organisation="누리협동조합", meal_note="채식")]
    return services.place_order(state, asked(state, people=people))


def pay(order):
    told = {"user": UserFactory(administrator=True), "note": "통장 확인"}
    return mark_paid(payment_of(order), method=Payment.Method.BANK_TRANSFER, **told)


def job():
    services.note_placed()
    append_waiting()


def links():
    return Event.objects.filter(subject_type="forums.order").order_by("sequence")


def payloads():
    return EventValues.objects.filter(event__subject_type="forums.order")


def kinds():
    return list(links().values_list("kind", flat=True))


def lock(order):
    (locked,) = services.lock_orders([str(order.public_id)])
    return locked


@pytest.mark.sqlite_smoke
def test_placing_is_put_on_the_chain_by_a_job_once(order, state):
    assert services.note_placed() == 1
    assert services.note_placed() == 0
    append_waiting()

    event = links().select_related("payload").get()
    assert (event.subject_type, event.subject_id) == ("forums.order", str(order.public_id))
    assert (event.kind, event.actor) == ("order_placed", "participant")
    assert event.payload.values == {
        "placed_at": order.created_at.isoformat(),
        "channel": "web",
        "people": 2,
        "sessions": [state.sessions[0].pk],
        "amount_krw": 40_000,
    }
    assert verify_everything().holds


def test_with_nothing_to_pay_it_is_confirmed_in_the_same_moment(free_state):
    services.place_order(free_state, asked(free_state, channel=Order.Channel.DOOR))

    job()

    assert kinds() == ["order_placed", "order_confirmed"]
    assert links().first().actor == "door"


@pytest.mark.sqlite_smoke
def test_each_step_has_its_place_however_late_the_job_comes(order):
    payment = pay(order)
    unmark_paid(payment, user=UserFactory(), note="다른 사람")
    pay(order)
    services.cancel_order(order, account=services.RefundAccount("가온은행", "000-98", NAME))
    job()

    told = ["order_placed", "order_confirmed", "order_unsettled", "order_confirmed"]
    assert kinds() == [*told, "order_cancelled"]
    assert verify_everything().holds


def test_a_confirmation_costs_one_statement_more(order, django_assert_num_queries):
    services.note_placed()
    locked = lock(order)

    with django_assert_num_queries(1):
        services.steps.note_step(locked, "order_confirmed", "payments")


def test_a_refund_that_was_sent_is_on_record_and_told(order):
    refund = ask_refund(pay(order), amount_krw=10_000, reason="취소", **ACCOUNT)
    job()

    send_refund(refund, user=UserFactory())
    append_waiting()

    assert kinds() == ["order_placed", "order_confirmed", "refund_sent"]
    mail = OutboxMessage.objects.latest("created_at")
    assert (mail.purpose, mail.subject) == ("forums.refund_sent", str(order.public_id))


def test_who_has_no_address_is_told_of_no_refund(state):
    order = services.place_order(state, asked(state, email="", channel=Order.Channel.STAFF))
    send_refund(
        ask_refund(pay(order), amount_krw=10_000, reason="취소", **ACCOUNT), user=UserFactory()
    )

    assert not OutboxMessage.objects.exists()


def test_no_link_names_anybody(order):
    send_refund(
        ask_refund(pay(order), amount_krw=10_000, reason="취소", **ACCOUNT), user=UserFactory()
    )
    job()

    written = str(list(links().values())) + str(list(payloads().values()))
    assert len(kinds()) == 3
    for secret in (NAME, "두나래", "누리협동조합", "채식", EMAIL, PHONE, "000-98-765432"):
        assert secret not in written


def test_what_was_noted_about_somebody_who_is_forgotten_is_erased(order):
    pay(order)

    empty_orders([lock(order)])

    assert not payloads().exists()
    assert kinds() == ["order_placed", "order_confirmed"]
    assert verify_everything().holds
