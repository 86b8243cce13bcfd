"""Why a viewer calls the signer unverified, and the root certificate for who wants to be sure."""

import hashlib

import pytest
from cryptography import x509

from campaigns.pledges.gateways.signing_keys import read_keys

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def keys(settings, tmp_path):
    settings.SIGNING_KEYS_DIR = tmp_path / "signing"
    return read_keys()


def test_the_page_shows_the_fingerprint_of_the_file_it_offers(client, home_page, keys):
    page = client.get("/verify/why/")
    root = client.get("/verify/root.cer")
    assert root["Content-Type"] == "application/pkix-cert"
    assert hashlib.sha256(root.content).hexdigest() == keys.root_fingerprint
    assert keys.root_fingerprint in page.content.decode()
    assert "/verify/root.cer" in page.content.decode()
    assert page["Cache-Control"].startswith("public")


def test_the_list_of_revocations_is_ours(client, home_page, keys):
    answer = client.get("/verify/root.crl")
    listed = x509.load_der_x509_crl(answer.content)
    assert listed.is_signature_valid(keys.root.public_key())


def test_no_private_key_is_read_for_it(client, home_page, keys, settings):
    for name in ("signing_seal.key", "signing_root.key"):
        (settings.SIGNING_KEYS_DIR / name).unlink()
    assert client.get("/verify/why/").status_code == 200
    assert client.get("/verify/root.cer").status_code == 200


def test_before_there_are_keys_the_page_explains_all_the_same(
    client, home_page, settings, tmp_path
):
    settings.SIGNING_KEYS_DIR = tmp_path / "none"
    page = client.get("/verify/why/")
    assert page.status_code == 200
    assert "root.cer" not in page.content.decode()
    assert client.get("/verify/root.cer").status_code == 404
    assert client.get("/verify/root.crl").status_code == 404


def test_who_checks_finds_the_way_there(client, home_page, keys):
    assert "/verify/why/" in client.get("/verify/").content.decode()
