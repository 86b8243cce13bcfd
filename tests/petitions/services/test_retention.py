"""On the last day of the period a signature is whole, on the day after it says nothing of anybody."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from evidence.models import EventValues
from evidence.services import verify_chain
from home.dates import Precision, months_after
from messaging.models import OutboxMessage
from petitions import emails, services
from petitions.models import CountDelta, Signature
from petitions.services import retention
from petitions.services.retention import Plan
from petitions.services.rules import RULES, SIGNATURES
from privacy.models import ConsentRecord, Token
from rights.models import DestructionRecord
from rights.services import count_due, destroy_due, place_hold
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import HandOverFactory
from tests.factories.petitions import PetitionPageFactory, SignatureFactory
from tests.petitions.citizen import attempt_key

pytestmark = pytest.mark.unit

SEOUL = ZoneInfo("Asia/Seoul")
SIGNED = datetime(2026, 9, 1, 9, tzinfo=SEOUL)


def at(day, hour=4):
    return datetime(day.year, day.month, day.day, hour, tzinfo=SEOUL)


def due(moment, held=()):
    return retention.signatures_due(moment, held=held, after="", limit=100)


def goes_on(row):
    """The first day on which the daily job would take this row, found by asking it."""
    [found] = due(at(date(2031, 1, 1)))
    day = timezone.localdate(found.at)
    assert due(at(day, 0) - timedelta(seconds=1)) == []
    assert [one.key for one in due(at(day, 0))] == [str(row.pk)]
    return day


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize(
    ("handed_over_on", "told", "page_says", "gone_on"),
    [
        (date(2026, 11, 7), 6, 6, date(2027, 5, 8)),
        (date(2026, 11, 7), 6, 1, date(2026, 12, 8)),  # shortened later: the shorter one
        (date(2026, 11, 7), 6, 24, date(2027, 5, 8)),  # lengthened later: the one told
        (date(2026, 8, 31), 6, 6, date(2027, 3, 1)),  # there is no 31st of February
        (date(2028, 9, 1), 6, 6, date(2029, 3, 2)),  # two years after signing, just in time
        (date(2028, 9, 2), 6, 6, date(2028, 9, 2)),  # too late: two years after signing
        (None, 6, 6, date(2028, 9, 2)),
        (None, 24, 1, date(2028, 9, 2)),
    ],
)
def test_the_period_ends(db, handed_over_on, told, page_says, gone_on):
    page = PetitionPageFactory(hand_over_on=handed_over_on, retention_months=page_says)
    row = SignatureFactory(petition=page, confirmed=True, created_at=SIGNED, retention_months=told)

    assert goes_on(row) == gone_on
    plan = retention.read_plans([page.pk])[page.pk]
    assert retention.last_day_of(plan, row) == gone_on - timedelta(days=1)
    [outlook] = retention.signatures_outlook(gone_on)
    assert (outlook.day, outlook.count, outlook.scope) == (gone_on, 1, str(page.pk))
    assert list(retention.signatures_outlook(gone_on - timedelta(days=1))) == []


@given(
    signed_on=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    handed_over_on=st.none() | st.dates(date(2024, 1, 1), date(2029, 12, 31)),
    told=st.integers(1, 24),
    months=st.integers(1, 24),
    today=st.dates(date(2024, 1, 1), date(2031, 12, 31)),
)
def test_what_is_searched_for_is_what_is_over(signed_on, handed_over_on, told, months, today):
    plan = Plan(7, months, handed_over_on)
    signed_at = at(signed_on, 23)

    assert _matches(plan.over(today), signed_at, told) == (plan.last_day(signed_on, told) < today)


def _matches(condition, signed_at, told):
    """What the database makes of the condition, reckoned by hand."""
    row = {"petition_id": 7, "created_at": signed_at, "retention_months": told}
    tests = {
        "exact": lambda a, b: a == b,
        "lt": lambda a, b: a < b,
        "gte": lambda a, b: a >= b,
        "in": lambda a, b: a in b,
    }

    def holds(node):
        if isinstance(node, tuple):
            name, _, lookup = node[0].partition("__")
            return tests[lookup or "exact"](row[name], node[1])
        found = [holds(child) for child in node.children]
        return all(found) if node.connector == "AND" else any(found)

    return holds(condition)


def test_the_hand_over_on_record_counts_before_the_planned_day(db):
    page = PetitionPageFactory(hand_over_on=date(2026, 10, 1))
    row = SignatureFactory(petition=page, confirmed=True, created_at=SIGNED)
    for day in (date(2026, 11, 20), date(2026, 11, 7)):
        HandOverFactory(page=page.get_parent().specific, signatures_of=page, handed_over_on=day)
    assert goes_on(row) == date(2027, 5, 8)


def test_a_record_of_a_month_counts_from_its_end_and_a_draft_does_not_count(db):
    page = PetitionPageFactory()
    campaign = page.get_parent().specific
    row = SignatureFactory(petition=page, confirmed=True, created_at=SIGNED)
    HandOverFactory(
        page=campaign,
        signatures_of=page,
        handed_over_on=date(2026, 11, 1),
        precision=Precision.MONTH,
    )
    HandOverFactory(page=campaign, handed_over_on=date(2026, 9, 2))  # of something else
    assert goes_on(row) == date(2027, 5, 31)

    campaign.unpublish()
    assert goes_on(row) == date(2028, 9, 2)


@pytest.mark.sqlite_smoke
def test_the_row_keeps_what_the_count_needs_and_nothing_else(
    counted_signature, petition_page, clock
):
    petition_page.hand_over_on = timezone.localdate()
    petition_page.save()
    emails.answer_sign_attempt(attempt_key(petition_page))
    services.invalidate_signature(counted_signature.public_id, actor="1", reason="옆집 사람")
    services.undo_status_change(counted_signature.public_id, actor="1")
    services.fold_counts()
    Signature.objects.update(comment="한마디", comment_status="published", name_display="full")
    before = Signature.objects.values().get()
    clock.move_to(at(months_after(timezone.localdate(), 6)))
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT, sent_at=timezone.now())
    destroy_due()
    assert Signature.objects.values().get() == before

    clock.tick(timedelta(days=1))
    destroy_due()

    emptied = dict.fromkeys(retention.EMPTIED)
    after = {"comment_status": "none", "name_display": "hidden", "anonymised_at": timezone.now()}
    assert Signature.objects.values().get() == {**before, **emptied, **after}
    assert (before["number"], before["status"]) == (1, "confirmed")
    assert services.live_count(petition_page.pk).confirmed == 1
    assert services.recount() == {}
    assert not CountDelta.objects.exists()
    assert not ConsentRecord.objects.filter(withdrawn_at=None).exists()
    assert not Token.objects.exists()
    assert not EventValues.objects.filter(event__subject_type="signature").exists()
    assert not OutboxMessage.objects.filter(
        subject__contains=str(counted_signature.public_id)
    ).exists()
    assert verify_chain("signature", str(counted_signature.public_id)).holds
    line = DestructionRecord.objects.get(rule="signatures_over")
    assert (line.scope_label, line.count) == (petition_page.title, 1)


def test_invalidated_rows_go_too_and_those_who_left_are_not_counted_again(db):
    page = PetitionPageFactory()
    invalidated = SignatureFactory(petition=page, invalidated=True, created_at=SIGNED)
    SignatureFactory(petition=page, withdrawn=True, created_at=SIGNED)
    SignatureFactory(petition=page, created_at=SIGNED)  # has a rule of its own

    moment = at(date(2028, 9, 2))
    [found] = due(moment)
    assert (found.key, found.reference) == (str(invalidated.pk), invalidated.reference)
    with transaction.atomic():
        assert len(retention.anonymise_due([found.key], moment)) == 1
        assert retention.anonymise_due([found.key], moment) == []


@pytest.mark.sqlite_smoke
def test_the_signatures_of_a_petition_in_dispute_are_held(db, clock):
    pages = PetitionPageFactory.create_batch(2)
    for page in pages:
        SignatureFactory(petition=page, confirmed=True, created_at=SIGNED)
    place_hold(SIGNATURES, str(pages[0].pk), reason="소송", user=UserFactory())
    clock.move_to(at(date(2028, 9, 2)))
    [rule] = [rule for rule in RULES if rule.name == "signatures_over"]
    assert count_due(rule, timezone.now()) == 1

    destroy_due()

    assert Signature.objects.with_person().get().petition_id == pages[0].pk


def test_what_was_told_is_in_the_row(state, signature):
    assert signature.retention_months == state.page.retention_months
