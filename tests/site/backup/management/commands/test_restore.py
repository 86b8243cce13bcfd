import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from backup import services
from backup.exceptions import WrongSecretError
from tests.factories.petitions import SignatureFactory
from tests.site.backup.conftest import FIELD_KEY, PASSPHRASE, contents, every_row

pytestmark = pytest.mark.integration


@pytest.fixture
def elsewhere(process_environment, empty_database, tmp_path):
    """A checkout on another machine, for processes of its own: nothing under var/."""
    if connection.vendor == "sqlite":
        address = f"sqlite:///{empty_database}"
    else:
        address = urlsplit(process_environment["DATABASE_URL"])._replace(path=empty_database)
    return {
        **process_environment,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": address if isinstance(address, str) else address.geturl(),
        "VAR_DIR": str(tmp_path / "elsewhere"),
        "BACKUP_PASSPHRASE": PASSPHRASE,
    }


def restore(path, environment):
    return subprocess.run(
        [sys.executable, "manage.py", "restore", str(path)],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.sqlite_smoke
@pytest.mark.django_db(transaction=True)
def test_a_backup_of_an_older_version_becomes_a_site_of_this_one(
    elsewhere, petition_page, region, pictures, empty_database, tmp_path
):
    SignatureFactory(petition=petition_page, region=region)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE backup_backuprun")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'backup'")
    before = every_row(connection.settings_dict["NAME"])
    path = services.make_backup(PASSPHRASE)

    done = restore(path, elsewhere)

    assert done.returncode == 0, done.stderr
    after = every_row(empty_database)
    assert after.keys() - before.keys() == {"backup_backuprun"}
    assert after["petitions_signature"] == before["petitions_signature"] != []
    assert contents(tmp_path / "elsewhere" / "media") == pictures
    keys = contents(tmp_path / "elsewhere" / "keys")
    assert keys["field_encryption_keys"].decode() == FIELD_KEY


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_named(site):
    with pytest.raises(CommandError, match=r"/nowhere/x\.backup"):
        call_command("restore", "/nowhere/x.backup")


@pytest.mark.django_db
def test_a_wrong_passphrase_is_told(site, tmp_path, monkeypatch):
    site.BACKUP_PASSPHRASE = PASSPHRASE
    path = services.make_backup(PASSPHRASE)
    site.FIELD_ENCRYPTION_KEYS = []
    site.BACKUP_PASSPHRASE = "another passphrase"

    with Path(os.devnull).open() as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)
        with pytest.raises(CommandError) as refusal:
            call_command("restore", str(path))
    assert isinstance(refusal.value.__cause__, WrongSecretError)
