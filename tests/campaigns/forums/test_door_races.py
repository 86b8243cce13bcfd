"""A thousand tickets, three phones, a third of the time without network; real transactions."""

import random
import threading
import uuid
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.forums import services
from campaigns.forums.models import CheckIn, DoorIncident, Order, Seat, Ticket
from privacy.tokens import make_reference
from tests.campaigns.forums.gates import gate_of
from tests.campaigns.forums.participant import asked

TICKETS, PHONES, OFFLINE = 1_000, ("A문", "B문", "C문"), 0.3
Answer = services.Answer


def many_tickets(state, number):
    """As so many registrations leave them, written at once."""
    now, session = timezone.now(), state.sessions[0]
    known = {"forum": state.page, "status": "confirmed", "amount_krw": 0, "confirmed_at": now}
    moments = {"created_at": now, "status_changed_at": now}
    orders = Order.objects.bulk_create(
        Order(form_key=uuid.uuid4(), reference=make_reference(), **known, **moments)
        for _ in range(number)
    )
    codes = [f"{n:010d}" for n in range(number)]
    tickets = Ticket.objects.bulk_create(
        Ticket(
            order=order,
            number=1,
            name=f"사람{code}",
            code=code,
            code_index=services.ticket_code_index(code),
        )
        for order, code in zip(orders, codes, strict=True)
    )
    Seat.objects.bulk_create(Seat(ticket=t, session=session, price_krw=0) for t in tickets)
    return tickets


class Phone:
    """Scans in its own order; for a while it has no network, then it tells, some of it twice."""

    def __init__(self, state, label, tickets, seed):
        self.door, self.session = gate_of(state, label), state.sessions[0].pk
        self.chance = random.Random(seed)  # noqa: S311 (the same in each run)
        self.tickets = self.chance.sample(tickets, len(tickets))
        self.admitted, self.saved = [], []

    def work(self):
        try:
            for place, ticket in enumerate(self.tickets):
                if (place // 50) % 10 < OFFLINE * 10:
                    self.save(ticket)
                else:
                    self.scan(ticket)
            self.tell()
        finally:
            connection.close()

    def scan(self, ticket):
        scan = services.check_in(self.door, self.session, code=ticket.code, nonce=uuid.uuid4())
        if scan.answer == Answer.WELCOME:
            self.admitted.append(ticket.pk)

    def save(self, ticket):
        """Without network the phone knows only what it did itself."""
        nonce, now = uuid.uuid4(), timezone.now()
        self.saved.append(services.Admission(nonce, ticket.public_id, self.session, now))
        self.admitted.append(ticket.pk)

    def tell(self):
        batches = [self.saved[n : n + 60] for n in range(0, len(self.saved), 60)]
        for batch in [*batches, *self.chance.sample(batches, 2)]:
            services.hear_admissions(self.door, batch)


@pytest.mark.integration
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_each_ticket_comes_once_or_is_told_with_both_gates(make_state):
    state = make_state(first={"fee_krw": 0, "capacity": None, "meal": ""}, alone=True)
    tickets = many_tickets(state, TICKETS)
    phones = [Phone(state, label, tickets, seed) for seed, label in enumerate(PHONES)]

    with ThreadPoolExecutor(len(phones)) as pool:
        for done in [pool.submit(phone.work) for phone in phones]:
            done.result(120)

    gates = defaultdict(list)
    for came in CheckIn.objects.select_related("door", "seat"):
        gates[came.seat.ticket_id].append((came.checked_in_at, came.door.label))
    assert len(gates) == TICKETS
    for one in DoorIncident.objects.select_related("door"):
        assert one.kind == DoorIncident.Kind.DOUBLE
        gates[one.ticket_id].append((one.admitted_at, one.door.label))
    let_in = defaultdict(Counter)
    for phone in phones:
        for ticket in phone.admitted:
            let_in[ticket][phone.door.label] += 1
    assert {t: Counter(gate for _at, gate in found) for t, found in gates.items()} == let_in
    assert all(found[0] == min(found) for found in gates.values())
    assert DoorIncident.objects.exists()


@pytest.mark.integration
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_batch_sent_by_many_at_one_moment_counts_once(free_state):
    tickets = [services.place_order(free_state, asked(free_state)).tickets.get() for _ in range(5)]
    door, session, now = gate_of(free_state), free_state.sessions[0].pk, timezone.now()
    batch = [services.Admission(uuid.uuid4(), t.public_id, session, now) for t in tickets]
    begin = threading.Barrier(6)

    def tell(_number):
        begin.wait(30)
        try:
            return services.hear_admissions(door, batch)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(tell, range(6)))

    assert answers == [{one.nonce: "came" for one in batch}] * 6
    assert CheckIn.objects.count() == 5
    assert not DoorIncident.objects.exists()


MINUTES = st.integers(0, 30)
TOLD = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), MINUTES), max_size=8)


@pytest.mark.integration
@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=TOLD, order=st.randoms(use_true_random=False))
def test_whatever_is_told_in_whatever_order_and_how_often(free_state, told, order):
    """``told`` are (gate, ticket, minute): every telling stands exactly once, the earliest first."""
    CheckIn.objects.all().delete()
    DoorIncident.objects.all().delete()
    begun = timezone.now() - timedelta(hours=2)
    doors = [_gate_since(free_state, label, begun) for label in PHONES]
    tickets = list(Ticket.objects.order_by("pk")[:3]) or many_tickets(free_state, 3)
    session = free_state.sessions[0].pk
    rows = [
        (
            doors[gate],
            services.Admission(
                uuid.UUID(int=n + 1),
                tickets[ticket].public_id,
                session,
                begun + timedelta(minutes=minute, seconds=n),
            ),
        )
        for n, (gate, ticket, minute) in enumerate(told)
    ]
    sent = rows * 2
    order.shuffle(sent)

    for door, one in sent:
        services.hear_admissions(door, [one])

    comings = {c.nonce: c.checked_in_at for c in CheckIn.objects.all()}
    doubles = {one.nonce: one.admitted_at for one in DoorIncident.objects.all()}
    assert {**comings, **doubles} == {one.nonce: one.at for _door, one in rows}
    assert len(comings) + len(doubles) == len(rows)
    first = {}
    for _door, one in sorted(rows, key=lambda row: row[1].at):
        first.setdefault(one.ticket, one.nonce)
    assert set(comings) == set(first.values())


def _gate_since(state, label, begun):
    door = gate_of(state, label)
    door.enrolled_at = begun
    return door
