import getpass
import sys

import pytest
from django.core.management import CommandError, call_command

from backup import services
from backup.models import BackupRun
from tests.site.backup.conftest import PASSPHRASE

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def keyboard(monkeypatch):
    """An administrator who types these answers in turn."""

    def types(*answers):
        waiting = list(answers)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(getpass, "getpass", lambda _question: waiting.pop(0))
        monkeypatch.setattr("builtins.input", lambda _question: waiting.pop(0))

    return types


def test_the_file_and_its_size_are_told(site, capsys):
    site.BACKUP_PASSPHRASE = PASSPHRASE

    call_command("backup")

    [path] = services.backup_files()
    assert str(path) in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "kept"), [("", True), ("n", False)])
def test_a_passphrase_is_asked_for_and_kept_if_wanted(site, keyboard, answer, kept):
    keyboard(PASSPHRASE, PASSPHRASE, answer)

    call_command("backup")

    [path] = services.backup_files()
    with services.opened_backup(path, PASSPHRASE):
        assert (site.VAR_DIR / "keys" / "backup_passphrase").exists() == kept


def test_a_passphrase_typed_wrongly_seals_nothing(site, keyboard):
    keyboard(PASSPHRASE, "벚꽃 아래 네 사람이 걷났다")

    with pytest.raises(CommandError):
        call_command("backup")

    assert services.backup_files() == []


def test_a_short_passphrase_is_refused(site, keyboard):
    keyboard("sesame")

    with pytest.raises(CommandError, match="12"):
        call_command("backup")


def test_without_anybody_to_ask_the_failure_is_told_and_on_record(site, monkeypatch):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)

    with pytest.raises(CommandError, match="make backup"):
        call_command("backup")

    assert BackupRun.objects.get().error
