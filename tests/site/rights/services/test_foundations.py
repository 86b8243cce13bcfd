import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from evidence.models import EventValues
from evidence.services import verify_chain
from messaging.models import OutboxMessage, Suppression
from privacy.models import AccessAction, AccessEntry, ConsentRecord, Token
from privacy.services import record_access
from rights.models import DestructionRecord
from rights.registry import data_set_named, data_sets, retention_rules
from rights.services import count_due, destroy_due, place_hold
from rights.services.foundations import DATA_SETS, RULES
from tests.factories.evidence import EventFactory
from tests.factories.messaging import OutboxMessageFactory, SuppressionFactory
from tests.factories.privacy import ConsentDefinitionFactory, ConsentRecordFactory, TokenFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
State = OutboxMessage.State


def rule_named(name):
    return next(rule for rule in RULES if rule.name == name)


def outlook(name, days=400):
    clock = rule_named(name).clock
    return [(row.day, row.count) for row in clock.outlook(timezone.localdate() + timedelta(days))]


@pytest.mark.sqlite_smoke
def test_settled_mails_go_after_a_month(clock):
    old = timezone.now() - timedelta(days=30, seconds=1)
    for state in State:
        OutboxMessageFactory(state=state, created_at=old, subject=f"old {state.value}")
    OutboxMessageFactory(sent=True, created_at=timezone.now() - timedelta(days=30), subject="young")

    assert destroy_due() == 4

    kept = set(OutboxMessage.objects.values_list("subject", flat=True))
    assert kept == {"young", "old pending", "old sending"}


@pytest.mark.sqlite_smoke
def test_links_go_a_day_after_their_end(clock):
    TokenFactory(subject="kept", expires_at=timezone.now() - timedelta(hours=24))
    TokenFactory(subject="gone", expires_at=timezone.now() - timedelta(hours=24, seconds=1))
    TokenFactory(subject="young")
    assert outlook("expired_links") == [(date(2026, 11, 24), 2), (date(2026, 11, 26), 1)]

    assert destroy_due() == 1

    assert set(Token.objects.values_list("subject", flat=True)) == {"kept", "young"}


def test_a_bounced_address_may_be_tried_again_once_its_time_is_up(clock):
    now = timezone.now()
    SuppressionFactory(bounced=True, expires_at=now - timedelta(seconds=1))
    kept = [SuppressionFactory(bounced=True, expires_at=now), SuppressionFactory()]

    assert destroy_due() == 1
    assert set(Suppression.objects.all()) == set(kept)


@pytest.mark.sqlite_smoke
def test_proof_of_a_consent_outlives_the_data_by_three_years(clock):
    gone, living = uuid.uuid4(), uuid.uuid4()
    now = timezone.now()
    ConsentRecordFactory(subject=gone, withdrawn_at=now)
    ConsentRecordFactory(subject=living, withdrawn_at=None)
    clock.move_to("2029-11-24 03:00:00")
    assert outlook("old_proofs") == [(date(2029, 11, 24), 1)]
    assert count_due(rule_named("old_proofs"), timezone.now()) == 0

    clock.tick(timedelta(seconds=1))
    assert destroy_due() == 1

    assert ConsentRecord.objects.get().subject == living


def test_proofs_of_one_person_go_together(clock):
    """One consent taken back early waits for the data itself, and for what was taken back last."""
    other = ConsentRecordFactory(subject=uuid.uuid4(), withdrawn_at=None).subject
    early = ConsentRecordFactory(subject=uuid.uuid4(), withdrawn_at=timezone.now()).subject
    for subject, ended in ((other, timezone.now()), (early, timezone.now() + timedelta(days=90))):
        _second_consent(subject, ended)
    clock.move_to("2029-11-25 03:00:00")
    assert destroy_due() == 0

    clock.move_to("2030-02-22 03:00:01")
    assert destroy_due() == 1
    assert set(ConsentRecord.objects.values_list("subject", flat=True)) == {other}


def _second_consent(subject, ended):
    text = ConsentDefinitionFactory()
    ConsentRecordFactory(subject=subject, version=text.versions.get(), withdrawn_at=ended)


def test_what_ended_on_the_29th_of_february_goes_on_the_first_of_march(clock):
    clock.move_to("2028-02-29 03:00:00")
    ConsentRecordFactory(withdrawn_at=timezone.now())

    assert outlook("old_proofs", days=1200) == [(date(2031, 3, 1), 1)]


def test_what_this_room_tells_of_others_is_in_the_registry():
    assert set(DATA_SETS) <= set(data_sets())
    assert {rule for _data_set, rule in retention_rules()} >= set(RULES)
    assert [rule.name for rule in data_set_named("stopped_addresses").rules] == [
        "ended_stops",
        "unsubscribed",
    ]
    for rule in RULES:
        assert rule.period()


@pytest.mark.sqlite_smoke
def test_the_access_log_goes_by_whole_years(administrator, clock):
    for moment in ("2026-11-24", "2026-12-31 03:00:00", "2027-06-01"):
        clock.move_to(moment)
        record_access(
            user=administrator,
            address="127.0.0.1",
            action=AccessAction.DETAIL,
            data_set="petitions.signatures",
            subjects=["7"],
        )
    clock.move_to("2028-12-31 14:59:59")  # a second before midnight in Seoul
    assert destroy_due() == 0
    assert outlook("old_accesses", days=1) == [(date(2029, 1, 1), 1)]

    clock.tick(timedelta(seconds=1))
    assert [destroy_due() for _time in range(2)] == [1, 0]

    assert AccessEntry.objects.get().year == 2027
    line = DestructionRecord.objects.get()
    assert (line.scope_label, line.due_from) == ("2026", date(2029, 1, 1))


def test_a_held_year_of_the_access_log_stays(administrator, clock):
    record_access(
        user=administrator,
        address="127.0.0.1",
        action=AccessAction.DETAIL,
        data_set="petitions.signatures",
        subjects=["7"],
    )
    place_hold("access_log", "2026", reason="감사", user=administrator)
    clock.move_to("2031-01-01")

    destroy_due()

    assert AccessEntry.objects.count() == 1
    assert rule_named("old_accesses").clock.scope_labels(None) == {"2026": "2026"}


def test_words_on_changes_of_rights_go_after_three_years(db, clock):
    EventFactory(subject_type="permissions", subject_id="user 7")
    EventFactory(subject_type="signature", subject_id="7")
    clock.tick(timedelta(days=3 * 365 + 1))
    assert destroy_due() == 0

    clock.tick(timedelta(seconds=1))
    assert destroy_due() == 1

    assert verify_chain("permissions", "user 7").holds
    assert set(EventValues.objects.values_list("event__subject_type", flat=True)) == {
        "signature",
        "destruction",
    }


def test_nothing_is_told_twice():
    """The later one would take the place of the first, and its clock with it."""
    for told in (DATA_SETS, RULES):
        names = [one.name for one in told]
        assert len(names) == len(set(names))
