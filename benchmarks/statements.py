"""``python -m benchmarks.statements``: what one signature asks of the database, as JSON."""

import json
import sys

import django

from benchmarks.requests import ANSWERS, form_version

PAGE = "/campaigns/basic-act/empty/"
SIGNATURES = 20


def main() -> None:
    django.setup()
    from django.db import connection  # noqa: PLC0415 (settings are chosen above)
    from django.test import Client  # noqa: PLC0415 (the same)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 (the same)

    client = Client(HTTP_HOST="127.0.0.1", HTTP_SEC_FETCH_SITE="same-origin")

    version = form_version(client.get(PAGE).content.decode())

    def sign(person: int) -> list[str]:
        email = f"counted{person}@mail.example"
        fields = {**ANSWERS, "form_version": version, "email": email}
        with CaptureQueriesContext(connection) as asked:
            response = client.post(f"{PAGE}sign/", fields)
        if response.status_code != 303:
            raise RuntimeError(f"Signing answered {response.status_code}")
        return [query["sql"] for query in asked]

    def transaction_number() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT txid_current()")
            return int(cursor.fetchone()[0])

    sign(0)  # Reads the petition, which is kept.
    before = transaction_number()
    asked = [sign(person) for person in range(1, SIGNATURES + 1)]
    commits = transaction_number() - before - 1
    # Once a second each process asks whether something was published, whoever signs meanwhile.
    own = [[sql for sql in sqls if "home_publicversion" not in sql] for sqls in asked]
    found = {"statements": max(map(len, own)), "commits": commits / SIGNATURES}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
