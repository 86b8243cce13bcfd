"""Nobody can find out who has signed by trying an address."""

import itertools
import random
import re
import statistics
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from petitions.models import Signature
from petitions.services.sign import RESEND_AFTER
from petitions.tokens import COOKIE, open_attempt, seal_attempt
from privacy.blind_index import address_index
from tests.factories.petitions import BlockedAddressFactory
from tests.petitions.citizen import typed
from tests.server import Server

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]

PETITION = "/campaigns/basic-act/petition/"
CHECK_MAIL = f"{PETITION}check-mail/"
KINDS = ("first", "repeated", "blocked")
STEPS = ("sign", "resend", "correct")
OF_THE_MOMENT = ("date", "expires")
ROUNDS = 70
TOLERANCE = 0.25
MEASUREMENTS = 3


@pytest.fixture
def server(process_environment, petition_page, tmp_path):
    """The site behind a real HTTP server whose tasks wait for a worker that never comes."""
    server = Server(process_environment, tmp_path, "tests.petitions.queueing_wsgi:application")
    BlockedAddressFactory(email_index=address_index("blocked-0000@mail.example"))
    server.start()
    server.post(f"{PETITION}sign/", typed(email="repeated-000@mail.example"))
    yield server
    server.stop()


@pytest.fixture
def attempt(server, petition_page):
    """The answer to a step of somebody new, of somebody who has signed, of a blocked address."""
    people, visitors = itertools.count(), itertools.count()

    def take(step, kind):
        email = {
            "first": f"first-{next(people):06}@mail.example",
            "repeated": "repeated-000@mail.example",
            "blocked": "blocked-0000@mail.example",
        }[kind]
        visitor = next(visitors)
        origin = {
            "source": f"127.0.{1 + visitor // 200}.{1 + visitor % 200}",
            "Origin": f"http://127.0.0.1:{server.port}",
        }
        signed = server.post(f"{PETITION}sign/", typed(email=email, comment="한마디"), **origin)
        if step == "sign":
            return signed
        corrected = {"email": f"second-{visitor:06}@mail.example"}
        cookie = _a_minute_later(signed.cookie, petition_page)
        return server.post(f"{CHECK_MAIL}{step}/", corrected, Cookie=cookie, **origin)

    return take


def _a_minute_later(cookie, page):
    """The same cookie as if its mail had been sent long enough ago to ask for another."""
    sealed = cookie.partition("=")[2].strip('"')  # Quoted where the base64 ends with padding.
    attempt = open_attempt(sealed, page.pk)
    earlier = attempt.mailed_at - RESEND_AFTER - timedelta(seconds=1)
    return f"{COOKIE}={seal_attempt(replace(attempt, mailed_at=earlier))}"


def shape(answer):
    """All that can be seen of an answer but the secret in its cookie."""
    headers = [
        (name.lower(), len(value) if name.lower() == "set-cookie" else value)
        for name, value in answer.headers
        if name.lower() not in OF_THE_MOMENT
    ]
    return answer.status, sorted(headers), answer.body


@pytest.mark.parametrize("step", STEPS)
def test_first_repeated_and_blocked_attempts_look_the_same(attempt, server, step):
    answers = {kind: attempt(step, kind) for kind in KINDS}

    assert answers["first"].status == 303
    assert len({repr(shape(answer)) for answer in answers.values()}) == 1
    corrected = 3 if step == "correct" else 0
    assert Signature.objects.count() == 2 + corrected, "the attempts were three different things"
    pages = {kind: server.get(CHECK_MAIL, Cookie=answer.cookie) for kind, answer in answers.items()}
    assert {kind: b"@mail.example" in page.body for kind, page in pages.items()} == dict.fromkeys(
        KINDS, True
    )
    assert len({(page.status, len(page.body)) for page in pages.values()}) == 1
    assert len({repr(sorted(page.headers)) for page in map(_undated, pages.values())}) == 1


def _undated(answer):
    headers = tuple(pair for pair in answer.headers if pair[0].lower() not in OF_THE_MOMENT)
    return type(answer)(answer.status, headers, answer.body, 0)


@pytest.mark.parametrize("step", STEPS)
def test_first_repeated_and_blocked_attempts_take_the_same_time(attempt, step):
    """Interleaved medians; noise of the machine gets three measurements, an oracle none."""
    ratios = []
    for _measurement in range(MEASUREMENTS):
        ratios.append(_slowest_to_fastest(attempt, step))
        if ratios[-1] <= 1 + TOLERANCE:
            return
    pytest.fail(f"medians differ by the factors {ratios}")


def _slowest_to_fastest(attempt, step):
    seconds = {kind: [] for kind in KINDS}
    for _round in range(ROUNDS):
        for kind in random.sample(KINDS, len(KINDS)):
            answer = attempt(step, kind)
            assert answer.status == 303
            seconds[kind].append(answer.seconds)
    medians = [statistics.median(values) for values in seconds.values()]
    return max(medians) / min(medians)


@pytest.mark.parametrize("step", STEPS)
def test_the_work_in_the_database_is_the_same(client, petition_page, settings, step):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    BlockedAddressFactory(email_index=address_index("blocked-0000@mail.example"))
    client.post(f"{PETITION}sign/", typed(email="repeated-000@mail.example"))
    addresses = [f"{who}@mail.example" for who in ("first-000000", "repeated-000", "blocked-0000")]

    heard = [_statements(client, petition_page, step, email) for email in addresses]

    assert heard[0] == heard[1] == heard[2]
    assert len(heard[0]) == {"sign": 1, "resend": 1, "correct": 4}[step]


def _statements(client, page, step, email):
    heard = []
    listen = connection.execute_wrapper(
        lambda run, sql, *rest: heard.append(sql) or run(sql, *rest)
    )
    address, fields = f"{PETITION}sign/", typed(email=email)
    if step != "sign":
        cookie = f"{COOKIE}={client.post(address, fields).cookies[COOKIE].value}"
        client.cookies[COOKIE] = _a_minute_later(cookie, page).partition("=")[2]
        address, fields = f"{CHECK_MAIL}{step}/", {"email": f"second-{email}"}
    with listen:
        assert client.post(address, fields).status_code == 303
    # Each savepoint has a number of its own.
    return [re.sub(r"_x\d+", "", sql) for sql in heard if "home_publicversion" not in sql]
