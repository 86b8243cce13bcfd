"""Certificates end: renewed in time, and somebody hears where that fails."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from freezegun import freeze_time

from campaigns.pledges.emails.keys import warn_of_end
from campaigns.pledges.gateways import signing_keys
from campaigns.pledges.gateways.signing_keys import read_keys, read_public_part, renew_seal
from campaigns.pledges.models import SealJob
from campaigns.pledges.panels import seal_items
from campaigns.pledges.services.key_care import KEYS_END, first_end, tend_keys
from campaigns.pledges.services.seals import newest_document, queue_seal, run_seals
from campaigns.pledges.services.verdicts import Finding, judge_file
from messaging.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import respondent_of, signed_agreement

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def keys(settings, tmp_path):
    settings.SIGNING_KEYS_DIR = tmp_path / "signing"
    return read_keys()


@pytest.fixture
def clock(keys):
    """Only once there are keys: cryptography keeps for good the clock that it meets first."""
    with freeze_time(timezone.now()) as frozen:
        yield frozen


@pytest.fixture
def without_root_key(keys, settings):
    """As on a server that lost it: nothing can be renewed."""
    (Path(settings.SIGNING_KEYS_DIR) / signing_keys.ROOT_KEY).unlink()


def mails():
    return OutboxMessage.objects.filter(purpose=KEYS_END).count()


def test_as_long_as_nothing_ends_nothing_is_done(keys, administrator):
    assert not tend_keys()
    assert first_end() is None
    assert (mails(), seal_items(administrator)) == (0, [])


def test_list_and_seal_are_renewed_before_they_end(keys, clock, administrator):
    clock.tick(timedelta(days=11))
    assert tend_keys()
    assert read_public_part().revocations_end > keys.revocations_end
    clock.tick(timedelta(days=3 * 365 - 60))
    assert tend_keys()
    renewed = read_keys()
    assert renewed.seal.not_valid_after_utc > keys.seal.not_valid_after_utc
    assert renewed.seal.public_key() == keys.seal.public_key()
    renewed.seal.verify_directly_issued_by(keys.root)
    assert (renew_seal(), mails()) == (False, 0)


def test_an_agreement_may_be_received_before_a_renewal_and_concluded_after(
    keys, election, clock, monkeypatch
):
    agreement = signed_agreement(respondent_of(election))
    run_seals()
    monkeypatch.setattr(signing_keys, "SEAL_DAYS", 5000)
    assert renew_seal()
    queue_seal(agreement, 2)
    run_seals()
    document = newest_document(agreement)
    assert document.seal_fingerprints == [keys.fingerprint, read_keys().fingerprint]
    content = bytes(document.content)
    assert judge_file(content).finding == Finding.ORIGINAL
    assert judge_file(content + b"\n").finding == Finding.CHANGED


def test_ten_days_before_the_end_administrators_hear_of_it(
    without_root_key, clock, administrator, django_assert_num_queries
):
    UserFactory()
    clock.tick(timedelta(days=19))
    tend_keys()
    assert mails() == 0
    clock.tick(timedelta(days=2))
    tend_keys()
    tend_keys()
    assert mails() == 1
    with django_assert_num_queries(1):
        (item,) = seal_items(administrator)
    assert item.due_at == first_end()
    assert seal_items(UserFactory()) == []
    clock.tick(timedelta(days=8))
    tend_keys()
    assert mails() == 2


def test_the_mail_says_until_when_and_what_to_do(administrator):
    mail = warn_of_end(f"{administrator.pk}:2026-12-24")
    assert mail.to == administrator.email
    assert "2026" in mail.text
    assert "create_signing_keys" in mail.text
    administrator.is_active = False
    administrator.save()
    assert warn_of_end(f"{administrator.pk}:2026-12-24") is None


def test_where_there_are_no_keys_nothing_ends(settings, tmp_path, db):
    settings.SIGNING_KEYS_DIR = tmp_path / "none"
    assert not tend_keys()
    assert first_end() is None


def test_a_lost_list_stops_no_night(keys, settings):
    (Path(settings.SIGNING_KEYS_DIR) / signing_keys.SEAL).unlink()
    assert not tend_keys()


def test_what_could_not_be_sealed_waits_on_the_first_screen(keys, election, administrator):
    signed_agreement(respondent_of(election))
    SealJob.objects.update(state=SealJob.State.FAILED)
    (item,) = seal_items(administrator)
    assert item.number == 1


def test_the_command_renews_what_ends(keys, clock, capsys):
    clock.tick(timedelta(days=3 * 365 - 10))
    call_command("create_signing_keys")
    assert read_keys().fingerprint != keys.fingerprint
    assert keys.root_fingerprint in capsys.readouterr().out
