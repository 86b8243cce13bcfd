import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from messaging.models import OutboxMessage
from petitions import services
from petitions.models import Signature
from petitions.services.sign_sql import make_id
from tests.factories.petitions import BlockedAddressFactory, PetitionPageFactory
from tests.petitions.citizen import EMAIL, cleaned, typed

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TABLES = (
    *("petitions_signature", "privacy_consentrecord", "messaging_outboxmessage"),
    "petitions_countdelta",
)


def transactions():
    """The PostgreSQL transaction of every row that signing writes, by table."""
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT xmin::text FROM {table}")  # noqa: S608 (our own tables)
            found[table] = [xmin for (xmin,) in cursor.fetchall()]
    return found


@pytest.mark.parametrize("consents", [2, 4])
def test_signing_is_one_statement_and_one_commit(campaign_page, region, consents):
    slugs = ("collection", "age", "roll", "news")[:consents]
    page = PetitionPageFactory(parent=campaign_page, consents=slugs, unconfirmed_counts=True)
    state = services.state_of(page)
    values = cleaned(form_version=state.form_version)

    with CaptureQueriesContext(connection) as asked:
        services.sign_petition(state, values)

    [statement] = [query["sql"] for query in asked]
    assert statement.startswith("WITH new_signature AS (INSERT INTO petitions_signature ")
    assert "BEGIN" not in statement
    written = transactions()
    assert {table: len(rows) for table, rows in written.items()} == {
        "petitions_signature": 1,
        "privacy_consentrecord": consents,
        "messaging_outboxmessage": 1,
        "petitions_countdelta": 1,
    }
    assert len({xmin for rows in written.values() for xmin in rows}) == 1


def test_the_post_itself_is_one_statement(client, petition_page):
    client.post("/campaigns/basic-act/petition/sign/", typed(email="warm@mail.example"))
    fields = typed()

    with CaptureQueriesContext(connection) as asked:
        response = client.post("/campaigns/basic-act/petition/sign/", fields)

    assert response.status_code == 303
    assert len(asked) == 1


@pytest.mark.parametrize("kind", ["first", "repeated", "blocked"])
def test_every_attempt_is_the_same_statement(state, kind):
    if kind == "repeated":
        services.sign_petition(state, cleaned())
    if kind == "blocked":
        BlockedAddressFactory(email_index=services.sign.address_index(EMAIL))

    values = cleaned()
    with CaptureQueriesContext(connection) as asked:
        services.sign_petition(state, values)

    assert len(asked) == 1
    assert Signature.objects.count() == (kind != "blocked")


def test_signing_reads_no_row_of_others(state):
    """The plan writes to four tables, and finds other rows by an index or not at all."""
    for number in range(3):
        services.sign_petition(state, cleaned(email=f"citizen{number}@mail.example"))
    heard, values = [], cleaned()
    with connection.execute_wrapper(lambda run, *call: heard.append(call[:2]) or run(*call)):
        services.sign_petition(state, values)
    [(statement, parameters)] = heard

    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}", parameters)
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")

    assert "Seq Scan" not in plan
    assert plan.count("Insert on") == 4
    assert "Conflict Arbiter Indexes: petitions_signature_address_once" in plan


def test_ids_are_ordered_by_their_moments(clock):
    moment = timezone.now()
    ids = [make_id(moment + timedelta(milliseconds=later)) for later in (0, 0, 1, 2, 3600)]

    assert [one.int >> 80 for one in ids[1:]] == sorted(one.int >> 80 for one in ids[1:])
    assert len(set(ids)) == 5
    assert {(one.version, one.variant) for one in ids} == {(7, uuid.RFC_4122)}
    assert ids[0].int >> 80 == int(moment.timestamp() * 1000)


def test_a_signature_and_its_mail_have_ids_of_their_moment(state, clock):
    services.sign_petition(state, cleaned())

    moment = int(timezone.now().timestamp() * 1000)
    assert Signature.objects.get().public_id.int >> 80 == moment
    assert OutboxMessage.objects.get().pk.int >> 80 == moment
