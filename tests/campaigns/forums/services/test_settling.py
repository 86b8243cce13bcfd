from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.models import ForumPage, Order, SeatPool
from evidence.models import Event
from evidence.services import verify_chain
from messaging.models import OutboxMessage
from payments.models import Payment
from payments.registry import purpose_named
from payments.services import mark_paid, retry_settling, unmark_paid
from payments.services.comparison import find_faults
from tests.campaigns.forums.participant import asked, payment_of, taken
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

MEAL = SeatPool.Kind.MEAL


@pytest.fixture
def order(state):
    return services.place_order(state, asked(state, people=["한가람", "두나래"]))


@pytest.fixture
def pay():
    user = UserFactory(administrator=True)

    def mark(order):
        method = Payment.Method.BANK_TRANSFER
        return mark_paid(payment_of(order), method=method, user=user, note="통장 확인")

    return mark


def mails():
    return list(OutboxMessage.objects.order_by("created_at").values_list("purpose", flat=True))


def lapse(order):
    services.lapse_order(str(order.public_id))
    order.refresh_from_db()
    return order


@pytest.mark.sqlite_smoke
def test_money_confirms_an_order(order, pay):
    assert pay(order).state == Payment.State.PAID

    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert order.confirmed_at
    assert mails() == [emails.ORDER_PLACED, emails.ORDER_CONFIRMED]


def test_money_that_is_told_twice_confirms_once(order):
    assert services.settle_order(str(order.public_id))
    assert services.settle_order(str(order.public_id))

    assert mails() == [emails.ORDER_PLACED, emails.ORDER_CONFIRMED]


def test_a_match_that_was_a_mistake_leaves_the_seats(order, pay, state):
    payment = pay(order)
    unmark_paid(payment, user=UserFactory(), note="다른 사람")

    order.refresh_from_db()
    assert (order.status, order.confirmed_at) == (Order.Status.WAITING, None)
    assert taken(state) == 2
    assert services.unsettle_order(str(order.public_id))
    assert mails().count(emails.ORDER_UNSETTLED) == 1


@pytest.mark.sqlite_smoke
def test_an_order_that_lapses_gives_everything_back(order, state):
    lapse(order)

    assert order.status == Order.Status.LAPSED
    assert taken(state) == taken(state, kind=MEAL) == 0
    assert payment_of(order).state == Payment.State.CLOSED
    assert mails() == [emails.ORDER_PLACED, emails.ORDER_LAPSED]
    last = Event.objects.filter(subject_id=str(order.public_id)).latest("sequence")
    assert last.kind == "order_lapsed"
    assert verify_chain("forums.order", str(order.public_id)).holds


def test_an_order_lapses_once(order, state):
    lapse(lapse(order))

    assert taken(state) == 0
    assert mails().count(emails.ORDER_LAPSED) == 1


def test_a_paid_order_does_not_lapse(order, pay, state):
    pay(order)
    lapse(order)

    assert order.status == Order.Status.CONFIRMED
    assert taken(state) == 2


def test_late_money_takes_the_seats_again(order, pay, state):
    lapse(order)

    assert pay(order).state == Payment.State.PAID
    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert taken(state) == taken(state, kind=MEAL) == 2
    assert not order.tickets.filter(seats__released_at__isnull=False).exists()


def test_late_money_finds_no_seat_and_takes_none(order, pay, state):
    lapse(order)
    SeatPool.objects.filter(kind=MEAL).update(capacity=1)

    assert pay(order).state == Payment.State.NO_SEAT
    order.refresh_from_db()
    assert order.status == Order.Status.LAPSED
    assert taken(state) == taken(state, kind=MEAL) == 0
    assert mails()[-1] == emails.ORDER_WITHOUT_SEAT


def test_a_seat_that_comes_free_is_given_to_late_money(order, pay, state):
    lapse(order)
    SeatPool.objects.filter(kind=MEAL).update(capacity=1)
    payment = pay(order)
    SeatPool.objects.filter(kind=MEAL).update(capacity=2)

    assert retry_settling(payment).state == Payment.State.PAID
    assert taken(state) == 2


@pytest.mark.parametrize("why", ["begun", "cancelled"])
def test_late_money_buys_no_seat_of_a_forum_that_is_over(order, state, clock, why):
    lapse(order)
    if why == "begun":
        clock.move_to(state.begins_at)
    else:
        ForumPage.objects.update(change=ForumPage.Change.CANCELLED)

    assert not services.settle_order(str(order.public_id))


def test_money_for_a_waiting_order_counts_after_the_forum(order, state, clock):
    clock.move_to(state.begins_at + timedelta(days=1))

    assert services.settle_order(str(order.public_id))


def test_money_for_a_cancelled_order_buys_nothing(order):
    services.cancel_order(order)

    assert not services.settle_order(str(order.public_id))
    assert emails.ORDER_WITHOUT_SEAT not in mails()


def test_the_treasurer_knows_orders_by_this_purpose(order):
    purpose = purpose_named("forums.order")

    payer = purpose.payers([str(order.public_id)])[str(order.public_id)]

    assert payer.names == ("한가람", "두나래")
    assert payer.words == ("토론회", "토론")
    assert (payer.reference, payer.phone_tail) == (order.reference, "1234")


@pytest.mark.parametrize("number", [1, 3])
def test_payers_are_read_in_two_queries(state, django_assert_num_queries, number):
    orders = [services.place_order(state, asked(state)) for _ in range(number)]

    with django_assert_num_queries(2):
        payers = services.read_payers([str(order.public_id) for order in orders])

    assert len(payers) == number


def test_orders_of_one_organisation_may_be_paid_together(state):
    told = [services.Person("한가람", organisation="가온"), services.Person("두나래")]
    first = services.place_order(state, asked(state, people=told[:1]))
    alone = services.place_order(state, asked(state, people=told[1:]))

    payers = services.read_payers([str(first.public_id), str(alone.public_id)])

    assert payers[str(first.public_id)].group == f"{state.page.pk}:가온"
    assert payers[str(alone.public_id)].group == ""


def test_a_forum_without_a_word_asks_for_names_only(make_state):
    page = make_state().page
    ForumPage.objects.update(depositor_prefix="")
    page.refresh_from_db()
    state = services.state_of(page)
    order = services.place_order(state, asked(state))

    assert payment_of(order).depositor_name == "한가람"
    assert services.read_payers([str(order.public_id)])[str(order.public_id)].words == ()


def test_nobody_without_an_address_gets_mail(state):
    told = {"email": "", "channel": Order.Channel.STAFF}
    orders = [services.place_order(state, asked(state, **told)) for _ in range(3)]
    services.settle_order(str(orders[0].public_id))
    services.unsettle_order(str(orders[0].public_id))
    lapse(orders[1])
    services.cancel_order(orders[2])
    SeatPool.objects.update(capacity=1)
    assert not services.settle_order(str(orders[1].public_id))

    assert not OutboxMessage.objects.exists()


def test_the_nightly_comparison_finds_an_order_confirmed_without_its_money(state, pay):
    paid, waiting = (services.place_order(state, asked(state)) for _ in range(2))
    pay(paid)
    assert list(find_faults()) == []

    now = timezone.now()
    Order.objects.filter(pk=waiting.pk).update(status=Order.Status.CONFIRMED, confirmed_at=now)

    (fault,) = find_faults()
    assert fault["kind"] == "confirmed_unpaid"


@pytest.mark.parametrize("people", [["한가람"], ["한가람", "두나래", "서라온"]])
def test_marking_an_order_paid_costs_twelve_statements_at_most(state, pay, people):
    order = services.place_order(state, asked(state, people=people))

    with CaptureQueriesContext(connection) as asked_for:
        pay(order)

    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    # Tests run in a transaction of their own: what would be BEGIN and COMMIT is none of the twelve.
    statements = [one["sql"] for one in asked_for if "SAVEPOINT" not in one["sql"]]
    assert len(statements) <= 12
