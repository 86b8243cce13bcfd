import base64

import pytest
from django.core.management import CommandError, call_command

from backup import services
from backup.exceptions import MistypedKeyError
from backup.services.key_sheet import sheet_lines
from tests.site.backup.conftest import contents

pytestmark = pytest.mark.unit

FIELDS = [base64.b64encode(bytes(range(n, n + 32))).decode() for n in (0, 100)]
INDEX = base64.b64encode(bytes(range(200, 232))).decode()


def lines():
    return sheet_lines(FIELDS, INDEX)


def test_a_line_is_short_groups_and_a_check():
    assert [line.split()[0] for line in lines()][::4] == ["F1-1", "F2-1", "B1-1"]
    assert {len(group) for line in lines() for group in line.split()} == {4}


def test_what_is_typed_back_is_the_keys():
    typed = [line.lower().replace(" ", "  ") for line in reversed(lines())]

    assert services.read_sheet(["", *typed]) == {
        "FIELD_ENCRYPTION_KEYS": ",".join(FIELDS),
        "BLIND_INDEX_KEY": INDEX,
    }


@pytest.mark.parametrize(
    "mistyped",
    [
        lambda line: line.replace("A", "B", 1),
        lambda line: line[:-1],
        lambda line: line.replace("F1-1", "F1-2"),
        lambda _line: "F1-1",
        lambda _line: "hello there",
    ],
)
def test_a_mistyped_line_is_named(mistyped):
    wrong = mistyped(lines()[0])

    with pytest.raises(MistypedKeyError, match=wrong.split()[0].upper()):
        services.read_line(wrong)


@pytest.mark.parametrize("left_out", ["F1-3", "B1-4"])
def test_a_missing_line_is_named(left_out):
    with pytest.raises(MistypedKeyError, match=left_out):
        services.read_sheet(line for line in lines() if not line.startswith(left_out))


@pytest.mark.parametrize("left_out", ["F1", "F", "B"])
def test_a_missing_key_is_told(left_out):
    with pytest.raises(MistypedKeyError):
        services.read_sheet(line for line in lines() if not line.startswith(left_out))


def test_the_sheet_is_an_accessible_document_of_every_line(site, tmp_path):
    call_command("key_sheet", str(tmp_path / "keys.pdf"))

    document = (tmp_path / "keys.pdf").read_bytes()
    assert document.startswith(b"%PDF-")
    assert b"pdfuaid" in document
    assert (tmp_path / "keys.pdf").stat().st_mode & 0o077 == 0
    assert contents(site.VAR_DIR) == {}, "the site keeps none"
    with pytest.raises(CommandError):
        call_command("key_sheet", str(tmp_path / "keys.pdf"))


def test_keys_brought_back_stand_before_those_made_since(site):
    site.FIELD_ENCRYPTION_KEYS = [FIELDS[1]]
    keys = site.VAR_DIR / "keys"
    keys.mkdir()
    (keys / "allow_missing_field_keys").write_text("1")
    (keys / "blind_index_key").write_text("made since")

    services.bring_keys_back({"FIELD_ENCRYPTION_KEYS": FIELDS[0], "BLIND_INDEX_KEY": INDEX})

    assert (keys / "field_encryption_keys").read_text() == ",".join(FIELDS)
    assert (keys / "blind_index_key").read_text() == INDEX
    assert not (keys / "allow_missing_field_keys").exists()
    assert "made since" in [path.read_text() for path in keys.rglob("blind_index_key")]


def test_the_commands_end_where_they_began(site, monkeypatch, tmp_path):
    typed = lines()
    answers = [typed[0][:-1], *typed, ""]
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: answers.pop(0))

    call_command("restore_keys")

    keys = site.VAR_DIR / "keys"
    assert (keys / "field_encryption_keys").read_text().startswith(",".join(FIELDS))
