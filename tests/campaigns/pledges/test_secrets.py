"""Whoever has the whole database, the log and the outbox has no link and no code."""

import re

import pytest
from django.db import connection
from django.urls import reverse

from campaigns.pledges import tokens
from campaigns.pledges.emails import invite, send_code
from campaigns.pledges.models import IdentityCheck
from privacy import tokens as secrets_kept
from tests.factories.pledge_agreements import invited, respondent_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def everything_stored():
    """All rows of all tables, in one text; bytes as they stand there."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names of our own tables)
            for row in cursor.fetchall():
                found += [_text(value) for value in row]
    return "\n".join(found)


def _text(value):
    is_bytes = isinstance(value, bytes | memoryview)
    return bytes(value).decode("latin-1") if is_bytes else str(value)


def issued(client, election):
    """A link and a code as their mails tell them, and used."""
    invitation = invited(respondent_of(election))
    mail = invite(str(invitation.public_id))
    token = re.search(r"/t/g/([\w-]+)/", mail.text)[1]
    client.post(reverse("pledges:open-invitation", args=[token]))
    mail = send_code(str(IdentityCheck.objects.latest("pk").pk))
    code = re.search(r"^\d{6}$", mail.text, re.MULTILINE)[0]
    client.post(reverse("pledges:enter-code", args=[token]), {"code": code})
    client.get(reverse("pledges:show-answers", args=[token]))
    return token, code


def test_no_link_and_no_code_is_stored_or_logged(client, election, caplog):
    caplog.set_level("DEBUG")
    token, code = issued(client, election)
    stored = everything_stored()
    assert token not in stored
    assert not re.search(rf"(?<!\d){code}(?!\d)", stored)
    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert token not in "\n".join(record.getMessage() for record in ours)


def test_the_search_finds_them_once_hashing_is_off(client, election, monkeypatch):
    monkeypatch.setattr(secrets_kept, "_digest", lambda _purpose, raw: raw.encode()[:43])
    monkeypatch.setattr(tokens, "_digest", lambda _salt, code: code.encode())
    token, code = issued(client, election)
    stored = everything_stored()
    assert token in stored
    assert code in stored
