"""SIGKILL in the middle: what was begun is whole or not there."""

import subprocess
import sys

import pytest

from messaging.models import OutboxMessage
from petitions import emails, services
from petitions.models import CountDelta, Signature
from privacy.blind_index import address_index, name_index
from privacy.models import ConsentRecord
from privacy.tokens import mint_token
from tests.conftest import publish
from tests.petitions.citizen import EMAIL, cleaned, typed
from tests.waiting import (
    DEADLINE,
    another_session,
    in_background,
    until,
    until_gone,
    waiting_for_a_lock,
)

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]

SIGN = "/campaigns/basic-act/petition/sign/"


def written():
    return {
        "signatures": Signature.objects.count(),
        "consents": ConsentRecord.objects.count(),
        "deltas": CountDelta.objects.count(),
        "mails": OutboxMessage.objects.count(),
    }


WHOLE = {"signatures": 1, "consents": 5, "deltas": 1, "mails": 1}
NOTHING = dict.fromkeys(WHOLE, 0)


@pytest.mark.parametrize("backend_dies", [False, True], ids=["server killed", "database too"])
def test_a_signature_is_whole_or_not_there(petition_page, server, backend_dies):
    petition_page.confirmation_required = False
    publish(petition_page)
    server.start()
    server.post(SIGN, typed(email=""))
    with another_session() as other:
        _sign_and_keep_open(other, petition_page)
        asking = in_background(lambda: server.post(SIGN, typed()))
        [backend] = until(waiting_for_a_lock)

        server.kill()
        if backend_dies:
            other.execute("SELECT pg_terminate_backend(%s)", [backend])
        other.rollback()
    until_gone(backend)
    asking.join(DEADLINE)

    found = written()
    assert found == (NOTHING if backend_dies else WHOLE)
    server.start()
    assert server.post(SIGN, typed()).status == 303
    assert written() == {**WHOLE, "mails": found["mails"] + 1}
    services.fold_counts()
    assert services.live_count(petition_page.pk).confirmed == 1
    assert services.recount() == {}


def _sign_and_keep_open(session, page):
    """The same address in a transaction that is not over: whoever signs with it has to wait."""
    session.execute(
        "INSERT INTO petitions_signature (public_id, petition_id, status, status_before, name, "
        "name_index, email, email_index, email_rule, region_id, comment_status, name_display, reference, created_at, "
        "status_changed_at) SELECT gen_random_uuid(), %s, 'unconfirmed', '', 'x', %s, 'x', %s, 1, id, "
        "'none', 'hidden', 'XXXX-XXXX', now(), now() FROM network_region LIMIT 1",
        [page.pk, name_index("x"), address_index(EMAIL)],
    )


def test_a_confirmation_is_whole_or_not_there(signature, server):
    server.start()
    public_id = str(signature.public_id)
    token = mint_token(emails.CONFIRM_TOKEN, public_id, emails.CONFIRM_LIFETIME)
    before = written()
    with another_session() as other:
        other.execute("LOCK TABLE messaging_outboxmessage IN SHARE MODE")
        asking = in_background(lambda: server.post(f"/t/c/{token}/", {}))
        [backend] = until(waiting_for_a_lock)

        server.kill()
        other.rollback()
    until_gone(backend)
    asking.join(DEADLINE)

    assert written() == before
    assert Signature.objects.get().status == Signature.Status.UNCONFIRMED
    server.start()
    assert server.post(f"/t/c/{token}/", {}).status == 303
    assert services.live_count(signature.petition_id).confirmed == 1
    assert services.recount() == {}


def test_a_withdrawal_is_whole_or_not_there(counted_signature, server):
    server.start()
    public_id = str(counted_signature.public_id)
    token = mint_token(emails.SIGNER_TOKEN, public_id, emails.SIGNER_LIFETIME)
    with another_session() as other:
        other.execute("LOCK TABLE privacy_consentrecord IN SHARE MODE")
        asking = in_background(lambda: server.post(f"/t/s/{token}/withdraw/", {}))
        [backend] = until(waiting_for_a_lock)

        server.kill()
        other.rollback()
    until_gone(backend)
    asking.join(DEADLINE)

    row = Signature.objects.get()
    assert (row.status, row.email) == (Signature.Status.CONFIRMED, EMAIL)
    assert services.recount() == {}
    server.start()
    assert server.post(f"/t/s/{token}/withdraw/", {}).status == 200
    assert services.live_count(row.petition_id).confirmed == 0
    assert services.recount() == {}


def test_a_folder_killed_half_way_loses_and_doubles_nothing(state_at_once, process_environment):
    for number in range(5):
        services.sign_petition(state_at_once, cleaned(email=f"citizen{number}@mail.example"))
    script = "import django; django.setup(); from petitions.services import fold_counts as f; f()"
    with another_session() as other:
        other.execute("SELECT 1 FROM petitions_signature FOR UPDATE")
        folder = subprocess.Popen([sys.executable, "-c", script], env=process_environment)
        [backend] = until(waiting_for_a_lock)
        assert services.fold_petition(state_at_once.petition_id) == 0, "it is being folded"

        folder.kill()
        folder.wait(DEADLINE)
        other.rollback()
    until_gone(backend)

    assert CountDelta.objects.count() == 5
    assert services.live_count(state_at_once.petition_id).confirmed == 0
    assert services.fold_counts() == 5
    assert services.live_count(state_at_once.petition_id).confirmed == 5
    assert services.recount() == {}
