import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.http import QueryDict
from django.utils import timezone

from campaigns.forums import services
from campaigns.forums.data_sets import ORDERS
from campaigns.forums.models import CheckIn, DoorIncident, ForumPage, Order, Seat, Ticket
from home.dates import korean_date, months_after
from payments.models import Payment, Refund
from payments.services import ask_refund, mark_paid
from privacy.fields import EncryptedTextField
from rights.registry import Erasure, NotTheirsError, all_rules
from rights.services import gather_everything
from tests.campaigns.forums.participant import EMAIL, NAME, asked, payment_of, person, taken
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

# What a holding does not tell as a fact of its own, and why.
NOT_TOLD = {
    "id": "a number of the database's; public_id names the row",
    "public_id": "the holding's key",
    "forum": "the holding's title and address",
    "form_key": "made from the form by a secret key",
    "name_index": "made from the name by a secret key",
    "email_index": "made from the address by a secret key",
    "phone_index": "made from the telephone number by a secret key",
    "email_rule": "by which rule the index was made: the site's, not the person's",
    "is_on_record": "whether the job that writes the chain of evidence was here; the site's",
    "anonymised_at": "empty as long as anything is held",
}
NOT_TOLD_OF_TICKETS = {
    **{name: NOT_TOLD[name] for name in ("id", "name_index", "anonymised_at")},
    "public_id": "the access log's word for it",
    "order": "the holding itself",
    "number": "stands in each fact's name",
    "code_index": "made from the code by a secret key",
}


@pytest.fixture
def order(state):
    people = [NAME, person("두나래", organisation="누리협동조합", meal_note="채식")]
    return services.place_order(state, asked(state, people=people))


def pay(order):
    told = {"user": UserFactory(administrator=True), "note": "통장 확인"}
    mark_paid(payment_of(order), method=Payment.Method.BANK_TRANSFER, **told)
    order.refresh_from_db()
    return order


def only(address=EMAIL):
    (holding,) = ORDERS.find(address)
    return holding


def values(holding):
    return {fact.name: fact.value for fact in holding.facts}


def fields(model):
    return {field.name for field in model._meta.fields}


@pytest.mark.sqlite_smoke
def test_each_field_about_people_is_told(order):
    """Whoever adds a field to the models tells its owner of it, or says here why not."""
    told = set(values(only()))

    assert {name for name in told if "." not in name} == fields(Order) - set(NOT_TOLD)
    of_ticket = {name.split(".")[2] for name in told if name.startswith("tickets.2.")}
    assert of_ticket == fields(Ticket) - set(NOT_TOLD_OF_TICKETS) | {"seats"}


def test_each_table_about_a_registration_is_told():
    """Whoever points a row of a new table at a registration tells its owner."""
    pointing = {
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for model in (Order, Ticket, Seat)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.is_relation
    }

    assert pointing == {
        "forums.Ticket.order",  # told as facts
        "forums.Seat.ticket",  # the same
        "forums.CheckIn.seat",  # told as steps
        "forums.DoorIncident.ticket",  # the same
        "forums.DoorIncident.seat",  # the same
        "forums.LetterRecipient.order",  # told as mails
        "forums.WaitingEntry.order",  # told by a data set of its own
    }


def test_each_encrypted_column_of_the_room_goes_by_a_rule():
    encrypted = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_app_config("forums").get_models()
        for field in model._meta.fields
        if isinstance(field, EncryptedTextField)
    }

    of_order = {f"forums.Order.{n}" for n in ("name", "email", "phone", "organisation")}
    of_ticket = {f"forums.Ticket.{n}" for n in ("name", "organisation", "meal_note", "code")}
    of_others = {"forums.Invitation.email", "forums.Invitation.code"}
    of_others |= {f"forums.WaitingEntry.{n}" for n in ("name", "email", "phone", "organisation")}
    assert encrypted == of_order | of_ticket | of_others | {"forums.InvitationRequest.email"}
    assert {rule.name for rule in all_rules() if rule.data_set.startswith("forums.")} == {
        *("forum_orders", "forum_letters", "forum_invitations", "forum_invitation_requests"),
        "forum_waiting",
    }


def test_values_are_those_of_the_rows(order):
    holding = only("  GARAM@mail.example ")

    told = values(holding)
    assert (told["name"], told["email"], told["phone"]) == (NAME, EMAIL, "010-0000-1234")
    assert (told["tickets.2.name"], told["tickets.2.meal_note"]) == ("두나래", "채식")
    assert "1부 특별 토론회" in told["tickets.1.seats"]
    assert told["payment.depositor_name"] == payment_of(order).depositor_name
    assert (holding.key, holding.title) == (str(order.public_id), order.forum.title)
    last = months_after(timezone.localdate(order.forum.ends_at), 3)
    assert holding.kept_until == korean_date(last)


def test_a_refund_and_a_check_in_are_told(order):
    payment = payment_of(pay(order))
    Payment.objects.filter(pk=payment.pk).update(received_krw=40_000)
    payment.refresh_from_db()
    ask_refund(payment, amount_krw=20_000, reason="한 사람 취소", bank="가온은행",
               account_number="000-1", account_holder=NAME)  # fmt: skip
    seat = Seat.objects.filter(ticket__number=2).first()
    CheckIn.objects.create(seat=seat, checked_in_at=timezone.now())

    holding = only()

    told = values(holding)
    assert (told["refunds.1.bank"], told["refunds.1.account_holder"]) == ("가온은행", NAME)
    assert any("두나래" in step.what for step in holding.steps)


def test_an_incident_at_the_door_is_told(order):
    ticket = order.tickets.get(number=2)
    known = {"nonce": uuid.uuid4(), "kind": "unpaid", "ticket": ticket}
    moments = {"admitted_at": timezone.now(), "heard_at": timezone.now()}
    DoorIncident.objects.create(session=ticket.seats.get().session, **known, **moments)

    assert any("두나래" in step.what and "참가비" in step.what for step in only().steps)


@pytest.mark.parametrize("number", [1, 3])
def test_looking_up_costs_the_same_for_one_and_for_three(
    number, order, state, django_assert_num_queries
):
    for _more in range(number - 1):
        services.place_order(state, asked(state))

    with django_assert_num_queries(8):
        assert len(ORDERS.find(EMAIL)) == number


def test_my_page_shows_it(order):
    everything = gather_everything(EMAIL)

    assert [held.holding.key for held in everything.held] == [str(order.public_id)]


def test_a_name_put_right_is_put_right_for_the_one_who_comes(order):
    form = ORDERS.correction_form(EMAIL, str(order.public_id), None)
    data = QueryDict(mutable=True)
    data.update({**form.initial, "name": "한가온", "phone": ""})
    assert not ORDERS.correction_form(EMAIL, str(order.public_id), data).is_valid()
    data["phone"] = "010-0000-9999"
    typed = ORDERS.correction_form(EMAIL, str(order.public_id), data)
    assert typed.is_valid()

    for _twice in range(2):
        ORDERS.correct(EMAIL, str(order.public_id), typed.cleaned_data)

    told = values(only())
    assert (told["name"], told["tickets.1.name"], told["tickets.2.name"]) == (
        *("한가온", "한가온", "두나래"),
    )
    assert told["phone"] == "010-0000-9999"
    assert len(only().steps) == 2  # that it was placed, and one correction


def test_an_unpaid_registration_ends_at_its_owner_s_word(order, state):
    assert only().withdrawal

    ORDERS.withdraw(EMAIL, str(order.public_id))

    order.refresh_from_db()
    assert (order.status, order.name, order.email) == (Order.Status.CANCELLED, None, None)
    assert taken(state) == 0
    assert ORDERS.find(EMAIL) == []


def test_money_must_go_back_first(order):
    payment = payment_of(pay(order))
    Payment.objects.filter(pk=payment.pk).update(received_krw=40_000)

    holding = only()
    assert (holding.withdrawal, holding.erasure) == (None, Erasure.BY_STAFF)
    with pytest.raises(NotTheirsError):
        ORDERS.withdraw(EMAIL, holding.key)

    account = services.RefundAccount(bank="가온은행", number="000-1", holder=NAME)
    services.cancel_order(order, shown_krw=40_000, account=account)
    assert only().erasure == Erasure.BY_STAFF  # The office still has to send it.

    Refund.objects.update(state="sent", decided_at=timezone.now())
    Payment.objects.filter(pk=payment.pk).update(refunded_krw=40_000)
    assert only().erasure == Erasure.NOW


def test_after_the_forum_it_can_be_erased_and_the_numbers_stay(order, clock_free_past):
    pay(order)

    ORDERS.erase(EMAIL, str(order.public_id))

    order.refresh_from_db()
    (kept,) = gather_everything(EMAIL).held  # The payment, for as long as the law says.
    assert (kept.data_set.name, kept.holding.is_apart) == ("payments.payments", True)
    assert (order.status, order.name) == (Order.Status.CONFIRMED, None)
    assert Seat.objects.filter(released_at=None).count() == 2


@pytest.fixture
def clock_free_past(state):
    """The forum was yesterday."""
    for session in state.sessions:
        session.starts_at -= timedelta(days=15)
        session.ends_at -= timedelta(days=15)
        session.save()
    ForumPage.objects.update(ends_at=max(session.ends_at for session in state.sessions))


@pytest.mark.parametrize("key", ["not a key", "6f1f1d62-6a3e-4f0c-9f7b-3d1c0a9f3b11"])
def test_nobody_touches_the_rows_of_others(order, key):
    for address, row in ((EMAIL, key), ("stranger@mail.example", str(order.public_id))):
        with pytest.raises(NotTheirsError):
            ORDERS.erase(address, row)
        with pytest.raises(NotTheirsError):
            ORDERS.move(address, row, "new@mail.example")
    assert ORDERS.find("stranger@mail.example") == []


def test_it_moves_to_another_address(order):
    ORDERS.move(EMAIL, str(order.public_id), "new@mail.example")

    assert ORDERS.find(EMAIL) == []
    assert only("new@mail.example").key == str(order.public_id)


def test_everybody_can_be_told_after_a_breach(order):
    (key,) = ORDERS.members("", 10)

    assert ORDERS.address_of(key) == EMAIL
    assert ORDERS.members(key, 10) == []
    assert ORDERS.address_of("0") is None
