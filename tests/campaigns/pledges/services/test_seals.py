"""Sealed files: made once, in two revisions, whatever crashes; and what a change of them shows."""

import hashlib
import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.core.management import call_command
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature

from backup.services.secrets import collect_keys
from campaigns.pledges.exceptions import SigningKeysMissingError
from campaigns.pledges.gateways import signing_keys
from campaigns.pledges.gateways.pdf_seal import CONCLUDED, RECEIVED, context_of
from campaigns.pledges.gateways.signing_keys import create_keys, read_keys, renew_revocations
from campaigns.pledges.models import AgreementDocument, PledgeAgreement, SealJob
from campaigns.pledges.services import seals
from campaigns.pledges.services.canonical import canonical_json
from campaigns.pledges.services.documents import document_of
from campaigns.pledges.services.key_care import tend_keys
from campaigns.pledges.services.seals import (
    newest_document,
    queue_seal,
    run_seal_job,
    run_seals,
)
from evidence.models import Event
from evidence.registry import find_proof
from tests.factories.pledge_agreements import respondent_of, signed_agreement

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.SIGNING_KEYS_DIR = tmp_path / "signing"
    return read_keys()


@pytest.fixture
def agreement(election):
    return signed_agreement(respondent_of(election))


def verdicts(content, keys):
    reader = PdfFileReader(io.BytesIO(content))
    return {
        one.field_name: validate_pdf_signature(one, context_of(keys)).bottom_line
        for one in reader.embedded_signatures
    }


def test_the_received_file_is_sealed_and_holds_the_text(agreement, keys):
    assert run_seals() == 1
    document = AgreementDocument.objects.get()
    assert verdicts(bytes(document.content), keys) == {RECEIVED: True}
    assert document.sha256 == hashlib.sha256(bytes(document.content)).hexdigest()
    assert document.seal_fingerprints == [keys.fingerprint]
    reader = PdfFileReader(io.BytesIO(bytes(document.content)))
    names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    stream = names[1].get_object()["/EF"]["/F"].get_object().data
    assert json.loads(stream) == agreement.text
    assert stream == canonical_json(agreement.text)


def test_the_concluded_file_is_sealed_twice_and_locked(agreement, keys):
    queue_seal(agreement, 2)
    assert run_seals() == 2
    document = newest_document(agreement)
    assert document.revision == 2
    assert verdicts(bytes(document.content), keys) == {RECEIVED: True, CONCLUDED: True}


def test_a_file_is_made_once_and_stands_on_the_chain(agreement):
    queue_seal(agreement, 1)
    assert (run_seals(), run_seals()) == (1, 0)
    assert Event.objects.filter(kind="sealed").count() == 1


def test_a_changed_byte_breaks_the_seal(agreement, keys):
    run_seals()
    content = bytearray(AgreementDocument.objects.get().content)
    content[len(content) // 3] ^= 1
    assert verdicts(bytes(content), keys) == {RECEIVED: False}


def test_what_fails_leaves_no_half_and_is_tried_again(agreement, monkeypatch):
    monkeypatch.setattr(seals, "seal_received", lambda *_args: 1 / 0)
    assert run_seals() == 0
    job = SealJob.objects.get()
    assert (job.state, job.tries, job.error) == ("waiting", 1, "ZeroDivisionError")
    assert not AgreementDocument.objects.exists()
    monkeypatch.undo()
    assert run_seals() == 1


def test_what_fails_five_times_is_given_up_and_shown(agreement, monkeypatch):
    monkeypatch.setattr(seals, "seal_received", lambda *_args: 1 / 0)
    for _ in range(6):
        run_seals()
    assert SealJob.objects.get().state == SealJob.State.FAILED


def test_without_keys_production_waits(agreement, settings, tmp_path):
    settings.SIGNING_KEYS_DIR, settings.MAKE_SIGNING_KEYS = tmp_path / "none", False
    for _ in range(6):
        assert run_seals() == 0
    assert SealJob.objects.get().state == SealJob.State.WAITING
    with pytest.raises(SigningKeysMissingError):
        read_keys()


def test_the_second_seal_waits_for_the_first(agreement):
    SealJob.objects.all().delete()
    queue_seal(agreement, 2)
    assert run_seals() == 0


def test_names_of_every_kind_stand_in_the_file(election):
    names = ("뷁뷃똠펲", "金가온" * 6, "\u1112\u1161\u11ab\u1100\u1161\u1105\u1161\u11b7")
    for name in names:
        agreement = signed_agreement(
            respondent_of(election, name=name), email=f"{len(name)}@x.example"
        )
        assert document_of(agreement).startswith(b"%PDF-")


def test_keys_are_made_once_and_read_by_nobody_else(settings, tmp_path):
    folder = tmp_path / "keys"
    assert create_keys(folder, "연대회의")
    before = (folder / "signing_seal.key").read_bytes()
    assert not create_keys(folder, "연대회의")
    assert (folder / "signing_seal.key").read_bytes() == before
    assert (folder / "signing_seal.key").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_lost_seal_is_made_anew_under_the_same_root(tmp_path):
    create_keys(tmp_path, "연대회의")
    root, seal = (
        (tmp_path / name).read_bytes() for name in ("signing_root.pem", "signing_seal.pem")
    )
    (tmp_path / "signing_seal.pem").unlink()
    assert create_keys(tmp_path, "연대회의")
    assert (tmp_path / "signing_root.pem").read_bytes() == root
    assert (tmp_path / "signing_seal.pem").read_bytes() != seal


def test_the_list_of_revocations_is_renewed_in_time(keys, monkeypatch):
    assert not renew_revocations()
    monkeypatch.setattr(signing_keys, "ALARM_DAYS", 0)
    assert renew_revocations()
    assert read_keys().revocations_end >= keys.revocations_end


def test_an_agreement_is_found_by_its_number(client, agreement):
    run_seals()
    proof = find_proof(f" {agreement.number.lower()} ")
    assert proof.holds
    assert agreement.text_sha256 in dict(proof.rows).values()
    PledgeAgreement.objects.update(state="withdrawn", ended_at=agreement.signed_at)
    assert not find_proof(agreement.number).holds


def test_a_backup_takes_the_keys_along(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.SIGNING_KEYS_DIR = tmp_path / "keys"
    read_keys()
    kept = json.loads(collect_keys())["files"]
    names = {path.name for path in (tmp_path / "keys").iterdir()}
    assert names == {name for name in kept if name.startswith("signing_")}
    assert "PRIVATE KEY" in kept["signing_seal.key"]


def test_a_job_that_is_done_is_not_done_again(agreement):
    run_seals()
    assert run_seal_job(SealJob.objects.get().pk) is False


def test_a_list_keeps_whom_it_named(keys, settings, monkeypatch):
    folder = Path(settings.SIGNING_KEYS_DIR)
    root = x509.load_pem_x509_certificate((folder / "signing_root.pem").read_bytes())
    key = serialization.load_pem_private_key((folder / "signing_root.key").read_bytes(), None)
    now = datetime.now(UTC)
    one = x509.RevokedCertificateBuilder().serial_number(7).revocation_date(now).build()
    (folder / "signing_root.crl").write_bytes(signing_keys._revocations(root, key, [one]))
    monkeypatch.setattr(signing_keys, "ALARM_DAYS", 0)
    assert tend_keys()
    renewed = x509.load_der_x509_crl(read_keys().revocations)
    assert [row.serial_number for row in renewed] == [7]


def test_without_a_root_no_list_is_made(settings, tmp_path):
    settings.SIGNING_KEYS_DIR = tmp_path / "nothing"
    assert not renew_revocations()


def test_the_command_says_which_root_this_is(keys, capsys):
    call_command("create_signing_keys")
    assert keys.root_fingerprint in capsys.readouterr().out


def test_two_that_start_at_once_share_one_set_of_keys(settings, tmp_path):
    folder = tmp_path / "fresh"
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _n: create_keys(folder, "연대회의"), range(4)))
    assert made.count(True) == 1
    settings.SIGNING_KEYS_DIR = folder
    keys = read_keys()
    key = serialization.load_der_private_key(keys.seal_key, None)
    assert key.public_key() == keys.seal.public_key()
    keys.seal.verify_directly_issued_by(keys.root)
