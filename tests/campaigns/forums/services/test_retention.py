"""Three months after the forum nothing says who came; how many did, stays."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.models import CheckIn, ForumPage, Invitation, Order, Seat, Ticket
from campaigns.forums.services import retention
from campaigns.forums.services.rules import RULES
from evidence.models import EventValues
from evidence.services import verify_chain
from home.dates import months_after
from messaging.models import OutboxMessage
from payments.services import ask_refund
from privacy.models import Token
from rights.models import DestructionRecord
from rights.registry import retention_rules
from rights.services import destroy_due, place_hold
from tests.campaigns.forums.participant import asked, payment_of, person
from tests.factories.accounts import UserFactory
from tests.factories.forums import InvitationFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def order(state):
    people = ["한가람", person("두나래", meal_note="채식")]
    order = services.place_order(state, asked(state, people=people))
    emails.order_path(order)
    for ticket in order.tickets.all():
        Token.objects.create(
            digest=bytes([ticket.number]) * 32,
            purpose=emails.TICKET_TOKEN,
            subject=str(ticket.public_id),
            created_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=1),
        )
    return order


def last_day(page):
    return months_after(timezone.localdate(page.ends_at), 3)


def night_after(day, days=1):
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time(3, 20)))


def due(moment, held=()):
    return retention.orders_due(moment, held=held, after="", limit=10)


@pytest.mark.sqlite_smoke
def test_it_goes_on_the_day_after_the_last(order, state, clock):
    end = last_day(state.page)

    assert due(night_after(end, days=0)) == []
    (row,) = due(night_after(end))
    assert (row.key, row.scope, row.reference) == (
        *(str(order.pk), str(state.page.pk)),
        order.reference,
    )
    assert timezone.localdate(row.at) == end + timedelta(days=1)
    assert due(night_after(end), held={str(state.page.pk)}) == []


def test_nothing_tells_of_the_people_any_more_and_the_numbers_stay(order, state, clock):
    seat = Seat.objects.filter(ticket__order=order).first()
    CheckIn.objects.create(seat=seat, checked_in_at=timezone.now())
    services.cancel_order(order, tickets=[order.tickets.last().pk], reason="몸이 아파서")
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT, sent_at=timezone.now())

    clock.move_to(night_after(last_day(state.page)))
    for _twice in range(2):
        destroy_due()

    order.refresh_from_db()
    emptied = {name: getattr(order, name) for name in retention.ORDER_EMPTIED}
    assert set(emptied.values()) == {None}
    assert order.anonymised_at
    for ticket in Ticket.objects.all():
        assert {getattr(ticket, name) for name in retention.TICKET_EMPTIED} == {None}
    assert (order.amount_krw, Seat.objects.count(), CheckIn.objects.count()) == (20_000, 2, 1)
    assert Ticket.objects.filter(takes_meal=True).count() == 2
    assert not Token.objects.filter(purpose__startswith="forums.").exists()
    assert not OutboxMessage.objects.filter(subject=str(order.public_id)).exists()
    assert not EventValues.objects.filter(event__subject_id=str(order.public_id)).exists()
    assert verify_chain("forums.order", str(order.public_id)).holds
    record = DestructionRecord.objects.get(data_set="forums.order")
    assert record.count == 1


def test_who_still_gets_money_back_is_known_until_it_went(order, state):
    payment = payment_of(order)
    type(payment).objects.filter(pk=payment.pk).update(received_krw=40_000)
    payment.refresh_from_db()
    told = {"bank": "", "account_number": "", "account_holder": ""}
    refund = ask_refund(payment, amount_krw=100, reason="더 보냄", **told)

    moment = night_after(last_day(state.page), days=30)
    assert due(moment) == []
    refund.state, refund.decided_at = "sent", timezone.now()
    refund.save()
    assert len(due(moment)) == 1


def test_the_calendar_knows_what_goes_when(order, state):
    gone_on = last_day(state.page) + timedelta(days=1)

    (told,) = retention.orders_outlook(gone_on)
    assert (told.day, told.count, told.scope) == (gone_on, 1, str(state.page.pk))
    assert list(retention.orders_outlook(gone_on - timedelta(days=1))) == []
    assert retention.forum_titles([told.scope]) == {told.scope: state.page.title}
    assert retention.forum_titles(None)[told.scope] == state.page.title


def test_an_invitation_forgets_whom_it_was_for(state, clock):
    row = InvitationFactory(forum=state.page, email="office@nuri.example")
    plain = InvitationFactory(forum=state.page)
    moment = night_after(last_day(state.page))

    assert [r.key for r in retention.invitations_due(moment, held=(), after="", limit=9)] == [
        str(row.pk)
    ]
    assert [o.count for o in retention.invitations_outlook(moment.date())] == [1]
    clock.move_to(moment)
    destroy_due()

    row.refresh_from_db()
    assert (row.email, row.organisation_id is not None) == (None, True)
    assert Invitation.objects.get(pk=plain.pk).code == plain.code


def test_a_hold_keeps_a_forum(order, state, clock):
    place_hold(
        "forums.order", str(state.page.pk), reason="분쟁", user=UserFactory(administrator=True)
    )
    clock.move_to(night_after(last_day(state.page)))

    destroy_due()

    assert Order.objects.with_person().count() == 1


def test_each_rule_is_registered_and_says_what_people_are_told():
    registered = {rule for _data_set, rule in retention_rules()}

    for rule in RULES:
        assert rule in registered
        assert all(
            map(str, (rule.period(), rule.label, rule.legal_basis, rule.method, rule.remains))
        )
    assert "3" in RULES[0].period()


def test_a_forum_without_sessions_keeps_nobody(state):
    ForumPage.objects.update(ends_at=None)

    assert due(timezone.now() + timedelta(days=9999)) == []


def test_who_was_told_of_fewer_months_goes_sooner(order, state, clock):
    assert order.retention_months == 3
    end = last_day(state.page)
    ForumPage.objects.update(retention_months=12)
    later = services.state_of(ForumPage.objects.get())
    second = services.place_order(later, asked(later, email="nara@mail.example"))
    year = months_after(timezone.localdate(state.page.ends_at), 12)

    assert [row.key for row in due(night_after(end))] == [str(order.pk)]
    assert [row.key for row in due(night_after(year))] == [str(order.pk), str(second.pk)]
    told = [(row.day, row.count) for row in retention.orders_outlook(year + timedelta(days=1))]
    assert sorted(told) == [(end + timedelta(days=1), 1), (year + timedelta(days=1), 1)]
    assert list(retention.orders_outlook(end)) == []


def test_a_page_that_shortens_the_time_binds_all(order, state):
    ForumPage.objects.update(retention_months=1)
    end = months_after(timezone.localdate(state.page.ends_at), 1)

    (row,) = due(night_after(end))

    assert timezone.localdate(row.at) == end + timedelta(days=1)
    assert due(night_after(end, days=0)) == []
