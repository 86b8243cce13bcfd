"""Signatures by the million, copied inside the database: the ORM would take longer than the rest.

Each row has an address, an id and a reference of its own, scattered over their indexes as real
ones are; what is encrypted comes from people whom the demo's generator made.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

TABLES = ("petitions_signature", "privacy_consentrecord", "contenders_naivesignature")
UNIQUE = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype = 'u'
"""
INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid = %s::regclass AND NOT i.indisprimary
"""
# The odd factor makes all references of 32 bits different.
SIGNATURES = """
INSERT INTO petitions_signature (
    public_id, petition_id, revision_id, status, status_before, name, name_index, email,
    email_index, email_rule, region_id, comment, comment_status, name_display, reference, number,
    created_at, confirmed_at, status_changed_at)
SELECT gen_random_uuid(), %(petition)s, s.revision_id, 'confirmed', '', s.name, s.name_index,
    s.email, sha256(int8send(%(first)s + n)), s.email_rule, s.region_id, s.comment,
    s.comment_status, s.name_display, overlay(code placing '-' from 5 for 0), n,
    moment, moment, moment
FROM generate_series(1, %(rows)s) n
JOIN sample s ON s.position = n %% (SELECT count(*) FROM sample)
CROSS JOIN LATERAL (SELECT
    lpad(upper(to_hex((%(first)s + n) * 2654435761 %% 4294967296)), 8, '0') AS code,
    now() - (%(rows)s - n) * interval '30 days' / %(rows)s AS moment) AS own
"""
CONSENTS = """
INSERT INTO privacy_consentrecord (subject, version_id, slug, choice, text_hash, given_at, channel)
SELECT s.public_id, v.id, d.slug, true, encode(sha256(d.slug::bytea), 'hex'), s.created_at, 'web'
FROM petitions_signature s
JOIN petitions_petitionconsent c ON c.page_id = s.petition_id
JOIN privacy_consentdefinition d ON d.id = c.definition_id
JOIN privacy_consentversion v ON v.definition_id = d.id AND v.number = 1
WHERE s.petition_id = %(petition)s
"""
TALLY = """
INSERT INTO petitions_tally (petition_id, online, paper, folded_at)
VALUES (%(petition)s, %(rows)s, 0, now())
"""
SAMPLE = """
CREATE TEMP TABLE sample AS
SELECT row_number() OVER () - 1 AS position, * FROM petitions_signature
WHERE status = 'confirmed'
"""
# By the moment of signing: petitions that run at the same time lie between each other.
NAIVE = """
INSERT INTO contenders_naivesignature (
    public_id, petition_id, status, name, email, region_id, comment, name_display,
    consent_collection, consent_sensitive, consent_roll, consent_news, consent_age, created_at,
    confirmed_at)
SELECT public_id, petition_id, status, '홍길동', 'citizen' || id || '@mail.example', region_id, '',
    name_display, true, true, true, false, true, created_at, confirmed_at
FROM petitions_signature WHERE status = 'confirmed' ORDER BY created_at
"""


def fill(address: str, sizes: dict[str, int]) -> None:
    """Give the petitions with these slugs so many signatures; the naive way gets the same."""
    with psycopg.connect(address, autocommit=True) as connection:
        # Foreign keys hold by what is written above; checking each row would take as long again.
        connection.execute("SET session_replication_role = replica")
        connection.execute(SAMPLE)
        with without_indexes(connection):
            first = 0
            for slug, rows in sizes.items():
                petition = petition_id(connection, slug)
                values = {"petition": petition, "rows": rows, "first": first}
                for statement in (SIGNATURES, CONSENTS, TALLY):
                    connection.execute(statement, values)
                first += rows
            connection.execute(NAIVE)
        connection.execute("VACUUM ANALYZE")


@contextmanager
def without_indexes(connection: "psycopg.Connection") -> Iterator[None]:
    """Sorting each index once afterwards takes a tenth of adding millions of keys one by one."""
    rebuild = [line for table in TABLES for line in _take_indexes(connection, table)]
    yield
    for statement in rebuild:
        connection.execute(statement)


def _take_indexes(connection: "psycopg.Connection", table: str) -> list[str]:
    """Drop all but the primary key; the statements that make them again."""
    rebuild = []
    for name, definition in connection.execute(UNIQUE, [table]).fetchall():
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        rebuild.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    for name, definition in connection.execute(INDEXES, [table]).fetchall():
        connection.execute(f"DROP INDEX {name}")
        rebuild.append(definition)
    return rebuild


def petition_id(connection: "psycopg.Connection", slug: str) -> int:
    row = connection.execute(
        "SELECT id FROM wagtailcore_page WHERE slug = %s AND url_path LIKE '%%/basic-act/%%'",
        [slug],
    ).fetchone()
    return int(row[0])
