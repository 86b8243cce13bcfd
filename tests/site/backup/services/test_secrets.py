import json
from contextlib import ExitStack

import pytest

from backup.exceptions import PassphraseMissingError, WeakPassphraseError
from backup.services.restored_keys import place_keys
from backup.services.secrets import (
    NAMES,
    collect_keys,
    configured_passphrase,
    keep_passphrase,
)
from tests.site.backup.conftest import PASSPHRASE, contents

pytestmark = pytest.mark.unit


def test_without_a_passphrase_it_is_said_what_to_do(site):
    with pytest.raises(PassphraseMissingError, match="make backup"):
        configured_passphrase()


def test_a_kept_passphrase_is_found_and_is_for_its_owner_alone(site):
    keep_passphrase(PASSPHRASE)

    assert configured_passphrase() == PASSPHRASE
    assert (site.VAR_DIR / "keys" / "backup_passphrase").stat().st_mode & 0o077 == 0


def test_the_environment_comes_before_what_was_kept(site, tmp_path):
    keep_passphrase("the one that was kept")
    (tmp_path / "secret").write_text("the one in the file\n")

    site.BACKUP_PASSPHRASE_FILE = str(tmp_path / "secret")
    assert configured_passphrase() == "the one in the file"

    site.BACKUP_PASSPHRASE = "the one in the variable"
    assert configured_passphrase() == "the one in the variable"


def test_a_file_that_is_not_there_is_named(site):
    site.BACKUP_PASSPHRASE_FILE = "/nowhere/secret"

    with pytest.raises(PassphraseMissingError, match="/nowhere/secret"):
        configured_passphrase()


def test_a_short_passphrase_is_refused(site):
    site.BACKUP_PASSPHRASE = "12345678901"

    with pytest.raises(WeakPassphraseError, match="12"):
        configured_passphrase()


def test_a_backup_holds_the_keys_and_not_its_own_passphrase(site):
    keep_passphrase(PASSPHRASE)
    (site.VAR_DIR / "keys" / "demo_password").write_text("open sesame")

    keys = json.loads(collect_keys())

    assert keys["settings"].keys() == set(NAMES)
    assert keys["settings"]["FIELD_ENCRYPTION_KEYS"] == site.FIELD_ENCRYPTION_KEYS[0]
    assert keys["files"] == {"demo_password": "open sesame"}


FOUND = {
    "settings": {name: f"the old {name}" for name in NAMES},
    "files": {"demo_password": "open sesame"},
}


@pytest.fixture
def undo():
    with ExitStack() as stack:
        yield stack
        stack.pop_all()


def test_keys_of_a_laptop_are_written_where_it_reads_them(site, tmp_path, undo):
    keys = site.VAR_DIR / "keys"
    keys.mkdir()
    (keys / "secret_key").write_text("made at the first start")
    (keys / "demo_password").write_text("open sesame")

    placed = place_keys(FOUND, tmp_path / "aside", undo)

    assert contents(keys) == {
        "secret_key": b"the old SECRET_KEY",
        "field_encryption_keys": b"the old FIELD_ENCRYPTION_KEYS",
        "blind_index_key": b"the old BLIND_INDEX_KEY",
        "demo_password": b"open sesame",
    }
    assert contents(tmp_path / "aside") == {"secret_key": b"made at the first start"}
    assert (placed.values, placed.to_enter) == (FOUND["settings"], None)


def test_what_was_placed_can_be_taken_back(site, tmp_path):
    keys = site.VAR_DIR / "keys"
    keys.mkdir()
    (keys / "secret_key").write_text("made at the first start")

    with ExitStack() as undo:
        place_keys(FOUND, tmp_path / "aside", undo)

    assert contents(keys) == {"secret_key": b"made at the first start"}


def test_keys_for_the_environment_are_written_to_be_entered_there(
    site, tmp_path, undo, monkeypatch
):
    monkeypatch.setenv("SECRET_KEY", "another")

    placed = place_keys(FOUND, tmp_path / "aside", undo)

    assert placed.to_enter == site.VAR_DIR / "keys" / "restored.env"
    assert placed.to_enter.read_text().splitlines()[0] == "SECRET_KEY=the old SECRET_KEY"
    assert not (site.VAR_DIR / "keys" / "secret_key").exists()


def test_keys_that_the_environment_has_are_not_written_again(site, tmp_path, undo, monkeypatch):
    for name, value in FOUND["settings"].items():
        monkeypatch.setenv(name, value)

    placed = place_keys(FOUND, tmp_path / "aside", undo)

    assert placed.to_enter is None
    assert contents(site.VAR_DIR / "keys").keys() == {"demo_password"}
