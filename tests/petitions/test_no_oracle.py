"""Nobody can find out who has signed by trying an address."""

import itertools
import random
import statistics

import pytest
from django.db import connection

from petitions.models import Signature
from petitions.services.sign import address_index
from tests.factories.petitions import BlockedAddressFactory
from tests.petitions.citizen import typed

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]

PETITION = "/campaigns/basic-act/petition/"
KINDS = ("first", "repeated", "blocked")
ROUNDS = 70
TOLERANCE = 0.25
MEASUREMENTS = 3


@pytest.fixture
def attempt(server, petition_page):
    """Signs as somebody new, as somebody who has signed, or with a blocked address."""
    server.start()
    BlockedAddressFactory(email_index=address_index("blocked-0000@mail.example"))
    server.post(f"{PETITION}sign/", typed(email="repeated-000@mail.example"))
    people, visitors = itertools.count(), itertools.count()

    def sign(kind):
        email = {
            "first": f"first-{next(people):06}@mail.example",
            "repeated": "repeated-000@mail.example",
            "blocked": "blocked-0000@mail.example",
        }[kind]
        visitor = next(visitors)
        source = f"127.0.{1 + visitor // 200}.{1 + visitor % 200}"
        fields = typed(email=email, comment="한마디")
        return server.post(
            f"{PETITION}sign/", fields, source=source, Origin=f"http://127.0.0.1:{server.port}"
        )

    return sign


def shape(answer):
    """All that can be seen of an answer but the secret in its cookie."""
    headers = [
        (name.lower(), len(value) if name.lower() == "set-cookie" else value)
        for name, value in answer.headers
        if name.lower() != "date"
    ]
    return answer.status, sorted(headers), answer.body


def test_first_repeated_and_blocked_attempts_look_the_same(attempt, server):
    answers = {kind: attempt(kind) for kind in KINDS}

    assert answers["first"].status == 303
    assert len({repr(shape(answer)) for answer in answers.values()}) == 1
    assert Signature.objects.count() == 2, "the attempts were three different things"
    pages = {
        kind: server.get(f"{PETITION}check-mail/", Cookie=answer.cookie)
        for kind, answer in answers.items()
    }
    assert {kind: b"@mail.example" in page.body for kind, page in pages.items()} == dict.fromkeys(
        KINDS, True
    )
    assert len({(page.status, len(page.body)) for page in pages.values()}) == 1
    assert len({repr(sorted(page.headers)) for page in map(_undated, pages.values())}) == 1


def _undated(answer):
    headers = tuple(pair for pair in answer.headers if pair[0].lower() != "date")
    return type(answer)(answer.status, headers, answer.body, 0)


def test_first_repeated_and_blocked_attempts_take_the_same_time(attempt):
    """Interleaved medians; noise of the machine gets three measurements, an oracle none."""
    ratios = []
    for _measurement in range(MEASUREMENTS):
        ratios.append(_slowest_to_fastest(attempt))
        if ratios[-1] <= 1 + TOLERANCE:
            return
    pytest.fail(f"medians differ by the factors {ratios}")


def _slowest_to_fastest(attempt):
    seconds = {kind: [] for kind in KINDS}
    for _round in range(ROUNDS):
        for kind in random.sample(KINDS, len(KINDS)):
            answer = attempt(kind)
            assert answer.status == 303
            seconds[kind].append(answer.seconds)
    medians = [statistics.median(values) for values in seconds.values()]
    return max(medians) / min(medians)


def test_the_work_in_the_database_is_the_same_statement(client, petition_page):
    heard = []
    BlockedAddressFactory(email_index=address_index("blocked-0000@mail.example"))
    addresses = ["repeated-000@mail.example"] * 2 + ["blocked-0000@mail.example"]
    client.post(f"{PETITION}sign/", typed())

    with connection.execute_wrapper(lambda run, sql, *rest: heard.append(sql) or run(sql, *rest)):
        for email in addresses:
            assert client.post(f"{PETITION}sign/", typed(email=email)).status_code == 303

    signing = [sql for sql in heard if "home_publicversion" not in sql]
    assert len(signing) == 3
    assert len(set(signing)) == 1
