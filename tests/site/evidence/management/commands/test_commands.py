import json

import pytest
from django.core.management import CommandError, call_command

from evidence.models import EventValues
from evidence.services import close_day
from evidence.verifier import main
from tests.factories.evidence import EventFactory

pytestmark = pytest.mark.integration


def test_what_is_exported_is_verified_by_the_script(db, tmp_path, capsys):
    EventFactory()
    close_day()
    file = tmp_path / "evidence.jsonl"

    call_command("export_evidence", str(file))

    assert capsys.readouterr().out == f"1 events written to {file}.\n"
    assert main([str(file)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["evidence.jsonl"]


def test_values_are_written_when_they_are_asked_for(db, tmp_path):
    EventFactory()
    file = tmp_path / "evidence.jsonl"

    call_command("export_evidence", str(file), "--with-values")

    assert "김가람" in file.read_text(encoding="utf-8")


def test_an_older_file_stays_when_the_new_one_cannot_be_written(db, tmp_path):
    file = tmp_path / "evidence.jsonl"
    file.mkdir()

    with pytest.raises(CommandError, match="could not be written"):
        call_command("export_evidence", str(file))

    assert [path.name for path in tmp_path.iterdir()] == ["evidence.jsonl"]


def test_the_check_says_that_everything_holds(db, tmp_path, capsys):
    EventFactory()
    head = close_day()
    saved = tmp_path / "heads.json"
    saved.write_text(json.dumps({"heads": [{"date": str(head.date), "hash": head.hash}]}))

    call_command("verify_evidence", "--heads", str(saved))

    assert capsys.readouterr().out == "Everything holds: 1 events in 1 chains, 1 daily heads.\n"


def test_the_check_fails_and_says_what_does_not_hold(db, capsys):
    EventFactory()
    EventValues.objects.update(values={})

    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_evidence")

    assert "tests.paper 1 #1: the words behind it were changed" in capsys.readouterr().err


def test_heads_that_cannot_be_read_are_told(db):
    with pytest.raises(CommandError, match="can't be read"):
        call_command("verify_evidence", "--heads", "nowhere.json")
