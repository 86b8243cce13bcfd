"""A backup brought back into an empty place is the same site, row by row and file by file."""

import base64
from hashlib import sha256

import pytest
from django.db import connection, connections
from django.utils import timezone

from backup import services
from backup.exceptions import (
    DamagedFileError,
    SiteRunningError,
    TargetNotEmptyError,
)
from config.settings.backups import missing_keys_allowed
from payments.models import OfficePaper
from petitions.models import Signature
from privacy.encryption import Unreadable
from privacy.services import check_keys
from schedule.services import beat
from tests.factories.accounts import UserFactory
from tests.factories.payments import BankAccountFactory
from tests.factories.petitions import SignatureFactory
from tests.site.backup.conftest import PASSPHRASE, changed, contents, every_row

NEW_KEY = base64.b64encode(b"n" * 32).decode()

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def backup(petition_page, region, pictures):
    """A backup of a site with three signatures and two files."""
    for number in range(3):
        SignatureFactory(name=f"서명{number}", petition=petition_page, region=region)
    return services.make_backup(PASSPHRASE)


@pytest.fixture
def elsewhere(backup, site, empty_database, tmp_path, monkeypatch):
    """An empty folder and an empty database, to which the site's settings lead from here on."""
    site.VAR_DIR = tmp_path / "new"
    site.MEDIA_ROOT = site.VAR_DIR / "media"
    name = connection.settings_dict["NAME"]
    before = every_row(name)
    monkeypatch.setitem(connection.settings_dict, "NAME", empty_database)
    yield before
    connections.close_all()


@pytest.mark.sqlite_smoke
def test_every_row_and_every_file_comes_back(backup, elsewhere, site, empty_database, pictures):
    restored = services.restore_backup(backup, passphrase=PASSPHRASE)

    assert every_row(empty_database) == elsewhere
    assert len(elsewhere["petitions_signature"]) == 3
    assert contents(site.MEDIA_ROOT) == pictures
    assert (restored.rows, restored.files) == (sum(map(len, elsewhere.values())), 2)
    assert (restored.aside, restored.schema_aside) == (None, "")
    assert sorted(Signature.objects.values_list("name", flat=True)) == ["서명0", "서명1", "서명2"]


@pytest.fixture
def office_paper():
    """A copy of the bank book, as it was sent in; its bytes are no text."""
    content = b"%PDF-1.4\n" + bytes(range(256)) * 400
    return OfficePaper.objects.create(
        kind=OfficePaper.Kind.BANKBOOK,
        account=BankAccountFactory(),
        account_said="가온은행 000-12-345678",
        content=content,
        digest=sha256(content).hexdigest(),
        asked_by=UserFactory(),
        asked_at=timezone.now(),
    )


@pytest.mark.sqlite_smoke
def test_papers_of_the_office_come_back_byte_by_byte(office_paper, backup, elsewhere):
    services.restore_backup(backup, passphrase=PASSPHRASE)

    row = OfficePaper.objects.get(pk=office_paper.pk)
    assert bytes(row.content) == office_paper.content
    assert sha256(bytes(row.content)).hexdigest() == row.digest
    assert (row.account_id, row.account_said) == (office_paper.account_id, "가온은행 000-12-345678")


@pytest.mark.sqlite_smoke
def test_a_site_that_is_there_is_put_aside_only_when_told_to(
    backup, elsewhere, site, empty_database
):
    services.restore_backup(backup)
    Signature.objects.all().delete()
    (site.MEDIA_ROOT / "mine.webp").write_bytes(b"RIFF")
    there = every_row(empty_database), contents(site.VAR_DIR)

    with pytest.raises(TargetNotEmptyError, match="--replace"):
        services.restore_backup(backup)
    assert (every_row(empty_database), contents(site.VAR_DIR)) == there

    restored = services.restore_backup(backup, replace=True)
    assert every_row(empty_database) == elsewhere
    assert not (site.MEDIA_ROOT / "mine.webp").exists()
    assert (restored.aside / "media" / "mine.webp").read_bytes() == b"RIFF"
    assert signatures_aside(restored) == 0
    assert tables_in_a_new_backup(site) == elsewhere.keys(), "what was put aside is no part of it"


@pytest.mark.sqlite_smoke
def test_without_its_keys_the_site_starts_all_the_same(backup, elsewhere, site):
    """As on another machine: it made keys of its own, and the backup's were left out."""
    site.FIELD_ENCRYPTION_KEYS, site.BLIND_INDEX_KEY = [NEW_KEY], NEW_KEY

    restored = services.restore_backup(backup, passphrase=PASSPHRASE, with_keys=False)

    assert restored.keys is None
    assert missing_keys_allowed({}, site.VAR_DIR)
    site.ALLOW_MISSING_FIELD_KEYS = True
    check_keys()
    assert all(isinstance(row.name, Unreadable) for row in Signature.objects.all())


def signatures_aside(restored):
    if connection.vendor == "sqlite":
        return len(every_row(str(restored.aside / "restored.sqlite3"))["petitions_signature"])
    with connection.cursor() as cursor:
        cursor.execute(f"TABLE {restored.schema_aside}.petitions_signature")
        return len(cursor.fetchall())


def tables_in_a_new_backup(site):
    with services.opened_backup(services.make_backup(PASSPHRASE)) as (manifest, _folder):
        return manifest.tables.keys()


@pytest.mark.sqlite_smoke
def test_a_failure_after_the_old_site_was_put_aside_brings_it_back(
    backup, elsewhere, site, empty_database
):
    site.MEDIA_ROOT.mkdir(parents=True)
    broken = changed(backup, site, lambda v: v["tables"].update(petitions_signature=4))
    (site.MEDIA_ROOT / "mine.webp").write_bytes(b"RIFF")
    with pytest.raises(TargetNotEmptyError):
        services.restore_backup(backup)
    (site.MEDIA_ROOT / "mine.webp").unlink()
    with pytest.raises(DamagedFileError):
        services.restore_backup(broken)
    assert (every_row(empty_database), contents(site.MEDIA_ROOT)) == ({}, {})

    services.restore_backup(backup)
    before = every_row(empty_database), contents(site.VAR_DIR)
    with pytest.raises(DamagedFileError):
        services.restore_backup(broken, replace=True)
    assert (every_row(empty_database), contents(site.VAR_DIR)) == before

    beat("worker")
    with pytest.raises(SiteRunningError):
        services.restore_backup(backup, replace=True)
