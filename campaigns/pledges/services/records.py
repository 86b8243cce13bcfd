"""Records of a comparison are kept until six months after election day (art. 108-3, 268).

Triggers, not code, refuse to delete them, so that no screen, script or mistake can. They are taken
away before migrations and put back after: on SQLite a table that is altered loses its own, and
cannot be altered while those of others name it.
"""

from django.db import connections

from evidence.append_only import refuse_statements

from .frozen import freeze_published, thaw_published

ELECTION = "OLD.election_id"
RESPONDENT = "(SELECT r.election_id FROM pledges_respondent r WHERE r.id = OLD.respondent_id)"
AGREEMENT = (
    "(SELECT r.election_id FROM pledges_respondent r JOIN pledges_pledgeagreement a"
    " ON a.respondent_id = r.id WHERE a.id = OLD.agreement_id)"
)
ANSWER = (
    "(SELECT r.election_id FROM pledges_respondent r JOIN pledges_response p"
    " ON p.respondent_id = r.id WHERE p.id = OLD.response_id"
    " AND p.state IN ('submitted', 'declined'))"
)
# A party that was entered by mistake, and that nobody asked, is no record yet.
ASKED = f"CASE WHEN OLD.kind = 'candidate' OR OLD.standing <> 'no_contact' THEN {ELECTION} END"
# What is only being written may still be changed: a response that nobody sent in names no election.
KEPT = {
    "pledges_respondent": ASKED,
    "pledges_pledgeround": ELECTION,
    "pledges_commissioninquiry": ELECTION,
    "pledges_releaseoverride": ELECTION,
    "pledges_boardrelease": ELECTION,
    "pledges_approval": ELECTION,
    "pledges_takedown": ELECTION,
    "pledges_pledgeagreement": RESPONDENT,
    "pledges_publicnote": RESPONDENT,
    "pledges_paperagreement": RESPONDENT,
    "pledges_voidproposal": AGREEMENT,
    "pledges_response": f"CASE WHEN OLD.submitted_at IS NOT NULL THEN {RESPONDENT} END",
    "pledges_invitation": f"CASE WHEN OLD.invited_at IS NOT NULL THEN {RESPONDENT} END",
    "pledges_agreementsignature": AGREEMENT,
    "pledges_agreementdocument": AGREEMENT,
    "pledges_demandanswer": ANSWER,
}
# Korean days: nothing goes on the last one.
OVER = {
    "postgresql": "(e.vote_on + interval '6 months')::date"
    " < (now() AT TIME ZONE 'Asia/Seoul')::date",
    "sqlite": "date(e.vote_on, '+6 months') < date('now', '+9 hours')",
}


def lock_records(using: str = "default", **_signal: object) -> None:
    """Refuse from now on to delete records of an election. Safe to call twice."""
    unlock_records(using)
    freeze_published(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in _tables(using):
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def unlock_records(using: str = "default", **_signal: object) -> None:
    """Let go, for as long as tables change. Safe to call twice, also where there are none yet."""
    thaw_published(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in _tables(using):
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger_of(table)}{on_table}")


def trigger_of(table: str) -> str:
    return f"{table}_kept"


def _tables(using: str) -> list[str]:
    there = set(connections[using].introspection.table_names())
    return [table for table in KEPT if table in there]


def _statements(vendor: str, table: str) -> list[str]:
    kept = f"e.id = ({KEPT[table]}) AND NOT ({OVER[vendor]})"
    unless = f"NOT EXISTS (SELECT 1 FROM pledges_election e WHERE {kept})"  # noqa: S608 (our own names)
    return refuse_statements(vendor, table, trigger_of(table), "DELETE", unless)
