"""Whoever has the whole database, the log and the outbox has no link and no code."""

import re

import pytest
from django.db import connection
from django.urls import reverse

from campaigns.pledges import tokens
from campaigns.pledges.emails import INVITED, invite, send_code, send_receipt
from campaigns.pledges.models import Delegation, IdentityCheck, PledgeAgreement
from messaging.models import OutboxMessage
from privacy import tokens as secrets_kept
from tests.factories.pledge_agreements import invited, respondent_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NAMED = {
    "name": "라온제나",
    "title": "정책실장",
    "email": "policy@camp.example",
    "proof": "own_address",
}


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


class Reader:
    """Somebody with a browser who reads their mail; ``links`` and ``codes`` are all they got."""

    def __init__(self, client):
        self.client, self.links, self.codes = client, [], []

    def opens(self, mail):
        """The link of a mail; a browser of one's own."""
        self.client.cookies.clear()
        self.links.append(re.search(r"/t/g/([\w-]+)/", mail.text)[1])
        self.posts("open-invitation")
        return self.types("enter-code")

    def posts(self, page, /, **data):
        return self.client.post(self.at(page), data)

    def sees(self, name):
        return self.client.get(self.at(name), {"sent": 1}).context

    def at(self, name):
        return reverse(f"pledges:{name}", args=[self.links[-1]])

    def types(self, page, /, **data):
        mail = send_code(str(IdentityCheck.objects.latest("pk").pk))
        self.codes.append(re.search(r"^\d{6}$", mail.text, re.MULTILINE)[0])
        return self.posts(page, code=self.codes[-1], **data)


def whole_way(client, election):
    """Invited, a delegate named and confirmed; the delegate accepts all, signs and withdraws."""
    reader = Reader(client)
    own = invited(respondent_of(election))
    reader.opens(invite(str(own.public_id)))
    reader.posts("delegate", **NAMED)
    reader.posts("delegate", do="code")
    reader.types("delegate", do="confirm")
    theirs = Delegation.objects.get(confirmed_at__isnull=False).invitation
    reader.opens(invite(str(theirs.public_id)))
    demands = [card.demand.pk for card in reader.sees("read-all")["shown"].cards]
    reader.posts("read-all", demand=demands)
    reader.posts("sign", do="code")
    page = reader.sees("sign")
    ticked = {field.html_name: "on" for _consent, field in page["form"].consent_fields}
    reader.types("sign", name=NAMED["name"], text_sha256=page["digest"], **ticked)
    reader.opens(send_receipt(str(PledgeAgreement.objects.get().public_id)))
    reader.posts("withdraw", do="code")
    reader.types("withdraw", reason="뜻이 달라졌습니다.")
    return reader


def found_in(text, reader):
    links = [link for link in reader.links if link in text]
    # Alone: six digits in a row stand in digests and behind the dot of a moment, too.
    codes = [code for code in reader.codes if re.search(rf"(?<![\w.]){code}(?!\w)", text)]
    return links, codes


def test_no_link_and_no_code_of_the_whole_way_is_stored_or_logged(client, election, caplog):
    caplog.set_level("DEBUG")
    reader = whole_way(client, election)
    assert PledgeAgreement.objects.get().state == "withdrawn"
    assert (len(set(reader.links)), len(reader.codes)) == (3, 6)
    assert OutboxMessage.objects.filter(purpose=INVITED).exists()
    assert found_in(everything_stored(), reader) == ([], [])
    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert found_in("\n".join(record.getMessage() for record in ours), reader) == ([], [])


def test_the_search_finds_them_all_once_hashing_is_off(client, election, monkeypatch):
    monkeypatch.setattr(secrets_kept, "_digest", lambda _purpose, raw: raw.encode()[:43])
    monkeypatch.setattr(tokens, "_digest", lambda _salt, code: code.encode())
    reader = whole_way(client, election)
    links, codes = found_in(everything_stored(), reader)
    assert links == reader.links
    assert codes == reader.codes
