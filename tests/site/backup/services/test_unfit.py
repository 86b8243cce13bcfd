"""Files that can't be restored are told apart, and nothing of the site is touched."""

import hashlib
import io
import json

import pytest

from backup import services
from backup.exceptions import (
    DamagedFileError,
    ForeignFileError,
    NewerFileError,
    OtherDatabaseError,
)
from backup.services.archive import DATABASE, KEYS, MANIFEST, write_archive
from backup.services.sealing import SealedWriter
from tests.site.backup.conftest import FIELD_KEY, PASSPHRASE, contents

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DIGEST = hashlib.sha256(b"{}").hexdigest()


def file_with(site, members):
    raw = io.BytesIO()
    with write_archive(raw, PASSPHRASE, [FIELD_KEY]) as archive:
        for name, text in members.items():
            archive.add_text(name, text)
    path = site.VAR_DIR / "some.backup"
    path.write_bytes(raw.getvalue())
    return path


def with_manifest(site, **changes):
    values = {
        "made_at": "2026-11-24T03:10:00+09:00",
        "database": "another",
        "tables": {},
        "migrations": [],
        "members": {DATABASE: DIGEST, KEYS: DIGEST},
        "format": 1,
        **changes,
    }
    return file_with(site, {DATABASE: "{}", KEYS: "{}", MANIFEST: json.dumps(values)})


def refused(path, site, error):
    with pytest.raises(error) as refusal:
        services.restore_backup(path)
    assert contents(site.VAR_DIR).keys() == {path.name}
    return str(refusal.value)


def test_another_database_is_named(site):
    assert "another" in refused(with_manifest(site), site, OtherDatabaseError)


def test_a_newer_site_is_named(site, kind):
    path = with_manifest(site, database=kind, migrations=[["petitions", "9999_from_the_future"]])

    assert "9999_from_the_future" in refused(path, site, NewerFileError)


def test_a_newer_manifest_is_refused(site):
    refused(with_manifest(site, format=2), site, NewerFileError)


@pytest.mark.parametrize(
    "members",
    [
        {DATABASE: DIGEST, KEYS: DIGEST, "media/more.webp": DIGEST},
        {DATABASE: DIGEST, KEYS: "00"},
        {DATABASE: DIGEST},
    ],
    ids=["a file less", "another file", "a file more"],
)
def test_members_are_compared_with_the_manifest(site, members):
    refused(with_manifest(site, members=members), site, DamagedFileError)


@pytest.mark.parametrize("name", ["../outside", "/outside", "media/../../outside"])
def test_no_member_leaves_the_folder(site, name):
    refused(file_with(site, {name: ""}), site, DamagedFileError)


def test_a_file_without_a_manifest_is_refused(site):
    refused(file_with(site, {DATABASE: "{}"}), site, DamagedFileError)


def test_another_kind_of_file_is_refused(site):
    path = site.VAR_DIR / "holiday.jpg"
    path.write_bytes(b"\xff\xd8\xff")

    refused(path, site, ForeignFileError)


def test_a_file_cut_off_is_refused(site):
    path = with_manifest(site)
    path.write_bytes(path.read_bytes()[:-9])

    refused(path, site, DamagedFileError)


def test_a_sealed_file_of_something_else_is_refused(site):
    path = site.VAR_DIR / "letter.backup"
    with path.open("wb") as file:
        writer = SealedWriter(file, PASSPHRASE, [FIELD_KEY])
        writer.write(b"no archive")
        writer.finish()

    refused(path, site, DamagedFileError)
