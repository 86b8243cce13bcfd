"""``python -m benchmarks.door``: a forum of 1,000 and a phone at its door; what a scan asks."""

import json
import sys
import uuid

import django

FORUM, TICKETS = "forum-free", 1_000
SCANS = 5


def main() -> None:
    django.setup()
    from django.test import Client  # noqa: PLC0415 (settings are chosen above)

    from campaigns.forums import services  # noqa: PLC0415 (needs the registry)
    from campaigns.forums.models import ForumPage  # noqa: PLC0415 (the same)
    from tests.factories.accounts import UserFactory  # noqa: PLC0415 (the same)

    state = services.state_of(ForumPage.objects.get(slug=FORUM))
    session = state.sessions[0].pk
    codes = [register(services, state, session, number) for number in range(TICKETS)]
    _door, raw = services.make_door(state.page, "A", user=UserFactory(email="gate@staff.example"))
    secret = services.enrol_phone(raw)
    client = Client(HTTP_HOST="127.0.0.1", HTTP_SEC_FETCH_SITE="same-origin")
    client.cookies["door"] = secret
    statements = [count(client, session, code) for code in codes[:SCANS]]
    told = {"cookie": secret, "session": session, "codes": codes, "statements": max(statements[1:])}
    sys.stdout.write(json.dumps(told))


def register(services, state, session: int, number: int) -> str:
    """Somebody who comes; the code of their ticket."""
    person = services.Person(f"참가자{number}", organisation="가온연합회")
    asked = services.Registration(
        form_key=uuid.uuid4(),
        people=(person,),
        session_ids=(session,),
        email=f"guest{number}@mail.example",
    )
    return str(services.place_order(state, asked).tickets.get().code)


def count(client, session: int, code: str) -> int:
    """How many statements one scan asks; the first one reads the page's frame too."""
    from django.db import connection  # noqa: PLC0415 (once Django is set up)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 (the same)

    with CaptureQueriesContext(connection) as queries:
        response = client.post("/door/", {"session": session, "code": code})
    if b"alert--success" not in response.content.split(b"data-door-told")[1]:
        raise RuntimeError(f"A scan answered {response.status_code} and let nobody in.")
    # Once a second each process asks whether something was published; the others are no statements.
    spared = ("home_publicversion", "BEGIN", "COMMIT")
    return sum(not any(word in query["sql"] for word in spared) for query in queries)


if __name__ == "__main__":
    main()
