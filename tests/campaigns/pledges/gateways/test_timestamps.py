"""A timestamp of an authority: in the file where one answers, and never a lost seal."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import requests
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.utils.translation import gettext as _
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from campaigns.pledges.gateways.pdf_seal import as_asn1
from campaigns.pledges.gateways.signing_keys import read_keys
from campaigns.pledges.models import AgreementDocument
from campaigns.pledges.services.seals import queue_seal, run_seals
from campaigns.pledges.services.verdicts import Finding, judge_file
from evidence.registry import find_proof
from tests.factories.pledge_agreements import respondent_of, signed_agreement

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

REPLY = "application/timestamp-reply"


@pytest.fixture(scope="module")
def authority():
    """One that lives in this process."""
    key = rsa.generate_private_key(65537, 2048)
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TSA")]), datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoded = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return DummyTimeStamper(as_asn1(certificate), asn1_keys.PrivateKeyInfo.load(encoded))


@pytest.fixture
def agreement(election, settings, tmp_path):
    settings.SIGNING_KEYS_DIR = tmp_path / "signing"
    settings.TIMESTAMP_URL = "https://tsa.example/"
    read_keys()
    return signed_agreement(respondent_of(election))


def answering(monkeypatch, answer):
    monkeypatch.setattr(requests, "post", lambda _url, body, **_options: answer(body))


def reply(authority, body, digest=None):
    request = tsp.TimeStampReq.load(body)
    if digest:
        request["message_imprint"]["hashed_message"] = digest
    return SimpleNamespace(
        headers={"Content-Type": REPLY}, content=authority.request_tsa_response(request).dump()
    )


def rows_of(agreement):
    return [str(value) for _label, value in find_proof(agreement.number).rows]


def test_both_seals_have_one_where_an_authority_answers(agreement, authority, monkeypatch):
    answering(monkeypatch, lambda body: reply(authority, body))
    queue_seal(agreement, 2)
    assert run_seals() == 2
    stamps = AgreementDocument.objects.values_list("timestamp", flat=True)
    assert set(stamps) == {"rfc3161"}
    content = bytes(agreement.documents.get(revision=2).content)
    assert judge_file(content).finding == Finding.ORIGINAL
    assert judge_file(content + b"\n").finding == Finding.CHANGED
    assert _("In the file") in rows_of(agreement)


def away(_body):
    raise requests.ConnectionError("no route")


def refusing(_body):
    refused = tsp.TimeStampResp({"status": tsp.PKIStatusInfo({"status": "rejection"})})
    return SimpleNamespace(headers={"Content-Type": REPLY}, content=refused.dump())


def a_web_page(_body):
    return SimpleNamespace(headers={"Content-Type": "text/html"}, content=b"<html>")


def nonsense(_body):
    return SimpleNamespace(headers={"Content-Type": REPLY}, content=b"\x30\x03nonsense")


@pytest.mark.parametrize("answer", [away, refusing, a_web_page, nonsense])
def test_an_authority_that_fails_loses_no_seal(agreement, monkeypatch, answer, caplog):
    answering(monkeypatch, answer)
    assert run_seals() == 1
    document = AgreementDocument.objects.get()
    assert document.timestamp == "none"
    assert judge_file(bytes(document.content)).finding == Finding.ORIGINAL
    assert "There is no timestamp" in caplog.text


def test_a_token_of_something_else_does_not_count(agreement, authority, monkeypatch, caplog):
    answering(monkeypatch, lambda body: reply(authority, body, digest=bytes(32)))
    assert run_seals() == 1
    assert AgreementDocument.objects.get().timestamp == "none"
    assert "stamped something else" in caplog.text


def test_without_a_setting_nobody_is_asked(agreement, settings, monkeypatch):
    settings.TIMESTAMP_URL = ""
    answering(monkeypatch, lambda _body: pytest.fail("was asked"))
    assert run_seals() == 1
    assert AgreementDocument.objects.get().timestamp == "none"
