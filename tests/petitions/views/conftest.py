import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.publishing import forget_everything
from messaging.models import OutboxMessage
from petitions import emails
from petitions.models import Signature
from privacy.tokens import mint_token
from tests.petitions.citizen import form_version, typed

PETITION = "/campaigns/basic-act/petition/"
CHECK_MAIL = f"{PETITION}check-mail/"
COUNT = f"{PETITION}count.json"
NEW_EMAIL = "garam@other.example"


@pytest.fixture
def sign(client, petition_page):
    """Posts the sign form as a browser that opened the page before: ``sign(name=…)``."""
    version = form_version()
    forget_everything()

    def post(headers=None, **changes):
        return client.post(
            f"{PETITION}sign/",
            typed(**{"form_version": version, **changes}),
            headers={"sec-fetch-site": "same-origin", **(headers or {})},
        )

    return post


@pytest.fixture
def rows():
    """All that the database holds, table by table."""

    def read():
        with connection.cursor() as cursor:
            found = {}
            for table in sorted(connection.introspection.table_names(cursor)):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (our own tables)
                found[table] = sorted(map(repr, cursor.fetchall()))
        return found

    return read


@pytest.fixture
def link(signature):
    """The address behind a link of the mails: ``link("confirm-signature")``."""

    def make(letter, suffix=""):
        purpose = {
            "c": emails.CONFIRM_TOKEN,
            "s": emails.SIGNER_TOKEN,
            "d": emails.DENY_TOKEN,
        }[letter]
        token = mint_token(purpose, str(signature.public_id), emails.CONFIRM_LIFETIME)
        return f"/t/{letter}/{token}/{suffix}"

    return make


@pytest.fixture
def read_only_database(transactional_db):
    """From ``begin()`` on, the database takes no writes, as a replica or a full disk."""
    yield lambda: set_read_only("on")
    set_read_only("off")


def set_read_only(value):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET default_transaction_read_only = {value}")
        else:
            cursor.execute(f"PRAGMA query_only = {value}")


@pytest.fixture
def absent_database(transactional_db):
    """From ``begin()`` on, nobody answers where the database was."""
    settings = connection.settings_dict
    kept = {"PORT": settings["PORT"], "NAME": settings["NAME"]}

    def begin():
        connection.close()
        settings.update(PORT="1")

    yield begin
    connection.close()
    settings.update(kept)


def nothing_is_stored():
    return not Signature.objects.exists() and not OutboxMessage.objects.exists()


def keeps(response, **fields):
    """Whether the page shows what was typed."""
    html = response.content.decode()
    return all(value in html for value in fields.values())


def is_private(response):
    return (
        response["Cache-Control"] == "no-store"
        and response["X-Robots-Tag"] == "noindex"
        and response["Referrer-Policy"] == "same-origin"
    )


def queries_of(client, address, **headers):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address, headers=headers)
    assert response.status_code == 200
    return len(asked), response
