"""A site without its keys: it refuses to start, or says what it can't read."""

import base64
import copy

import pytest
from django.db import connection, transaction
from django.urls import reverse

from messaging.models import OutboxMessage
from messaging.services import deliver_due
from petitions import services as petitions
from petitions.models import Signature
from privacy.encryption import Unreadable, primary_key_id
from privacy.exceptions import KeysMissingError
from privacy.masking import mask_email, mask_name, surname_only
from privacy.models import KeyInUse
from privacy.services import check_keys, forget_unused_keys, missing_keys, note_first_keys
from tests.factories.petitions import SignatureFactory
from tests.petitions.citizen import cleaned

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NEW = base64.b64encode(b"n" * 32).decode()


def new_keys(settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    settings.BLIND_INDEX_KEY = NEW


@pytest.fixture
def row(petition_page, region, settings):
    """A signature under a key that is then lost, with the site started before and after."""
    check_keys()
    row = SignatureFactory(name="한가람", petition=petition_page, region=region)
    row.lost = primary_key_id()
    yield row
    settings.ALLOW_MISSING_FIELD_KEYS = True
    KeyInUse.objects.all().delete()
    check_keys()


@pytest.mark.sqlite_smoke
def test_a_start_without_the_keys_is_refused_and_names_them(row, settings):
    new_keys(settings)

    with pytest.raises(KeysMissingError) as refusal:
        check_keys()

    assert f"FIELD_ENCRYPTION_KEYS {row.lost}" in str(refusal.value)
    assert "BLIND_INDEX_KEY " in str(refusal.value)
    assert NEW not in str(refusal.value)


def test_a_start_with_all_keys_costs_one_query(row, settings, django_assert_num_queries):
    settings.FIELD_ENCRYPTION_KEYS = [NEW, *settings.FIELD_ENCRYPTION_KEYS]
    check_keys()

    with django_assert_num_queries(1):
        check_keys()

    assert missing_keys() == []
    assert set(KeyInUse.objects.filter(kind="field").values_list("key_id", flat=True)) == {
        row.lost,
        primary_key_id(),
    }


@pytest.mark.sqlite_smoke
def test_told_to_the_site_goes_on_and_says_what_it_cannot_read(row, settings):
    new_keys(settings)
    settings.ALLOW_MISSING_FIELD_KEYS = True

    check_keys()

    found = Signature.objects.get(pk=row.pk)
    assert isinstance(found.name, Unreadable)
    assert row.lost in found.name
    assert [mask_name(found.name), mask_email(found.email)] == [found.name, found.email]
    assert surname_only(found.name) == "○○○"
    assert copy.deepcopy(found.name).sealed == found.name.sealed


def test_what_cannot_be_read_is_kept_when_its_row_is_saved(row, settings):
    settings.FIELD_ENCRYPTION_KEYS, old = [NEW], settings.FIELD_ENCRYPTION_KEYS
    settings.ALLOW_MISSING_FIELD_KEYS = True
    found = Signature.objects.get(pk=row.pk)
    found.reference = "NEWR-EF24"
    found.save()

    settings.FIELD_ENCRYPTION_KEYS = [NEW, *old]
    found = Signature.objects.get(pk=row.pk)
    assert (found.name, found.reference) == ("한가람", "NEWR-EF24")


def test_signing_goes_on_under_a_new_key(row, settings):
    new_keys(settings)
    settings.ALLOW_MISSING_FIELD_KEYS = True
    check_keys()
    state = petitions.petition_state("campaigns/basic-act/petition")

    petitions.sign_petition(state, cleaned(name="새사람"))

    assert Signature.objects.latest("pk").name == "새사람"


def test_a_mail_whose_address_cannot_be_read_waits(row, settings):
    petitions.confirm_signature(row.public_id)
    new_keys(settings)
    settings.ALLOW_MISSING_FIELD_KEYS = True

    deliver_due()

    message = OutboxMessage.objects.get()
    assert (message.state, message.last_error) == ("pending", "KeyMissingError")


def test_staff_see_a_banner_and_masked_rows(row, settings, admin_client):
    new_keys(settings)
    settings.ALLOW_MISSING_FIELD_KEYS = True
    check_keys()

    page = admin_client.get(reverse("wagtailadmin_home")).content.decode()

    assert 'class="missing-keys"' in page
    assert row.lost in page


def test_without_a_missing_key_there_is_no_banner(row, admin_client):
    assert "missing-keys" not in admin_client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_database_from_before_is_read_once(row):
    KeyInUse.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mfa_authenticator RENAME TO not_yet_made")
    note_first_keys()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE not_yet_made RENAME TO mfa_authenticator")
    assert [str(key) for key in KeyInUse.objects.all()] == [row.lost]

    Signature.objects.all().delete()
    note_first_keys()
    assert KeyInUse.objects.count() == 1


def test_a_key_that_nothing_needs_is_forgotten(row, settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW, *settings.FIELD_ENCRYPTION_KEYS]
    check_keys()
    forget_unused_keys()
    assert KeyInUse.objects.filter(key_id=row.lost).exists()

    row.delete()
    forget_unused_keys()
    assert not KeyInUse.objects.filter(key_id=row.lost).exists()
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    check_keys()


def test_a_database_that_is_not_migrated_says_nothing_about_keys(row, settings):
    new_keys(settings)
    before = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_keyinuse RENAME TO away")

    check_keys()

    transaction.savepoint_rollback(before)
