"""``python -m benchmarks.statements``: what signing and registering ask the database, as JSON."""

import json
import sys
import uuid

import django

from benchmarks.requests import ANSWERS, REGISTRATION, form_version, session_on

PAGE = "/campaigns/basic-act/empty/"
EVENT = "/forum-paid/"
FORUM = f"{EVENT}apply/"
SIGNATURES = 20


def main() -> None:
    django.setup()
    from django.test import Client  # noqa: PLC0415 (settings are chosen above)

    client = Client(HTTP_HOST="127.0.0.1", HTTP_SEC_FETCH_SITE="same-origin")
    counted = of_signatures(client) | of_an_event(client) | of_an_order(client) | of_a_mark()
    sys.stdout.write(json.dumps(counted))


def of_signatures(client) -> dict[str, float]:
    version = form_version(client.get(PAGE).content.decode())

    def sign(person: int) -> list[str]:
        email = f"counted{person}@mail.example"
        fields = {**ANSWERS, "form_version": version, "email": email}
        return asked_by(client, f"{PAGE}sign/", fields)

    sign(0)  # Reads the petition, which is kept.
    before = transaction_number()
    asked = [sign(person) for person in range(1, SIGNATURES + 1)]
    commits = transaction_number() - before - 1
    return {"statements": max(map(len, asked)), "commits": commits / SIGNATURES}


def of_an_event(client) -> dict[str, float]:
    """The page of a forum when nothing of it is kept yet, as after publishing."""
    from django.db import connection  # noqa: PLC0415 (once Django is set up)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 (the same)

    with CaptureQueriesContext(connection) as queries:
        client.get(EVENT)
    return {"event page queries": sum("home_publicversion" not in q["sql"] for q in queries)}


def of_an_order(client) -> dict[str, float]:
    """All that is asked from the post to the answer, and in how many transactions it is written."""
    session = session_on(client.get(FORUM).content.decode())

    def order(person: int) -> list[str]:
        fields = {**REGISTRATION, "sessions": session, "form_key": str(uuid.uuid4())}
        return asked_by(client, FORUM, fields | {"email": f"counted{person}@mail.example"})

    order(0)  # Reads the forum, which is kept.
    asked = order(1)
    begun = asked.count("BEGIN")
    return {"order statements": len(asked) - 2 * begun, "order transactions": begun}


def of_a_mark() -> dict[str, float]:
    """Staff take an order as paid: payment, ledger, order, mail."""
    from django.db import connection  # noqa: PLC0415 (once Django is set up)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 (the same)

    from payments.models import Payment  # noqa: PLC0415 (the same)
    from payments.services import mark_paid  # noqa: PLC0415 (the same)
    from tests.factories.accounts import UserFactory  # noqa: PLC0415 (the same)

    payment = Payment.objects.open().latest("pk")
    user = UserFactory(email="cashier@staff.example")
    with CaptureQueriesContext(connection) as queries:
        mark_paid(payment, method=Payment.Method.BANK_TRANSFER, user=user, note="")
    asked = [query["sql"] for query in queries]
    return {"mark statements": len(asked) - 2 * asked.count("BEGIN")}


def asked_by(client, path: str, fields: dict[str, str]) -> list[str]:
    """What a post asks the database, beside whether something was published meanwhile."""
    from django.db import connection  # noqa: PLC0415 (once Django is set up)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 (the same)

    with CaptureQueriesContext(connection) as queries:
        response = client.post(path, fields)
    if response.status_code != 303:
        raise RuntimeError(f"{path} answered {response.status_code}")
    # Once a second each process asks that, whoever comes meanwhile.
    return [query["sql"] for query in queries if "home_publicversion" not in query["sql"]]


def transaction_number() -> int:
    from django.db import connection  # noqa: PLC0415 (once Django is set up)

    with connection.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
