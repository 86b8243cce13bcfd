"""The database keeps an election's records until six months after election day."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from campaigns.pledges.models import Election, PledgeAgreement, Respondent, Response, Takedown
from campaigns.pledges.services.records import KEPT, lock_records, trigger_of, unlock_records
from campaigns.pledges.services.takedowns import take_statement_down
from tests.factories.pledge_guards import (
    agreement_of,
    answer_of,
    approval_of,
    coming_election,
    declined_response,
    prepared_election,
    released_board,
    request_of,
    respondent_of,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def delete(table, **which):
    """As a script with the database's password would."""
    column, value = next(iter(which.items()))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {column} = %s", [value])  # noqa: S608 (our own names)
        return cursor.rowcount


def is_kept(table, **which):
    with pytest.raises(DatabaseError, match="append-only"):
        delete(table, **which)
    return True


@pytest.mark.sqlite_smoke
def test_nothing_of_a_coming_election_goes(user):
    election = prepared_election()
    released_board(election, user)
    approval = approval_of("print", election)
    response = declined_response(election)
    agreement = agreement_of(response)
    takedown = take_statement_down(response, request_of(), user=user)
    answer = answer_of(election)

    for table, key in (
        ("pledges_respondent", response.respondent_id),
        ("pledges_response", response.pk),
        ("pledges_demandanswer", answer.pk),
        ("pledges_pledgeagreement", agreement.pk),
        ("pledges_publicnote", response.respondent.notes.get().pk),
        ("pledges_takedown", takedown.pk),
        ("pledges_approval", approval.pk),
        ("pledges_boardrelease", election.releases.get().pk),
        ("pledges_commissioninquiry", election.inquiries.get().pk),
        ("pledges_pledgeround", election.round.pk),
    ):
        assert is_kept(table, id=key), table


@pytest.mark.sqlite_smoke
def test_after_six_months_they_may_go():
    today = timezone.localdate()
    kept = respondent_of(coming_election())
    Election.objects.filter(pk=kept.election_id).update(vote_on=today - timedelta(days=170))
    assert is_kept("pledges_respondent", id=kept.pk)

    Election.objects.filter(pk=kept.election_id).update(vote_on=today - timedelta(days=190))

    assert delete("pledges_respondent", id=kept.pk) == 1
    assert not Respondent.objects.exists()


def test_what_nobody_sent_in_is_no_record():
    response = Response.objects.create(
        respondent=respondent_of(coming_election()), began_at=timezone.now()
    )

    assert delete("pledges_response", id=response.pk) == 1


def test_locking_twice_and_letting_go_while_tables_change():
    agreement = agreement_of(declined_response(coming_election()))
    lock_records()
    assert is_kept("pledges_pledgeagreement", id=agreement.pk)

    unlock_records()
    unlock_records()

    assert delete("pledges_pledgeagreement", id=agreement.pk) == 1
    assert not PledgeAgreement.objects.exists()
    lock_records()


@pytest.mark.sqlite_smoke
def test_after_migrating_every_trigger_is_there():
    names = (
        "SELECT tgname FROM pg_trigger"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(names)
        there = {name for (name,) in cursor.fetchall()}

    assert {trigger_of(table) for table in KEPT} <= there
    assert Takedown._meta.db_table in KEPT
