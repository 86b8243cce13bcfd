import base64
import io

import pytest

from backup.exceptions import (
    DamagedFileError,
    ForeignFileError,
    NewerFileError,
    WrongSecretError,
)
from backup.services.sealing import CHUNK, TAG, SealedReader, SealedWriter

pytestmark = pytest.mark.unit

PASSPHRASE = "벚꽃 아래 네 사람이 걷는다"
KEY = base64.b64encode(b"k" * 32).decode()
OTHER = base64.b64encode(b"o" * 32).decode()
TEXT = b"0123456789abcdef" * (CHUNK // 16) * 2 + b"the end"


def sealed(text=TEXT, keys=(KEY,)):
    file = io.BytesIO()
    writer = SealedWriter(file, PASSPHRASE, keys)
    writer.write(text)
    writer.finish()
    return file.getvalue()


def opened(raw, passphrase="", keys=()):
    return SealedReader(io.BytesIO(raw), passphrase, keys).readall()


@pytest.fixture(scope="module")
def file():
    return sealed()


def beginning(raw):
    """How long the two lines in clear are."""
    return raw.index(b"\n", raw.index(b"\n") + 1) + 1


def test_the_passphrase_opens_what_it_sealed(file):
    assert opened(file, PASSPHRASE) == TEXT


def test_a_key_of_the_site_opens_it_too(file):
    assert opened(file, keys=[OTHER, KEY]) == TEXT


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1])
def test_every_length_comes_back(size):
    assert opened(sealed(b"x" * size), keys=[KEY]) == b"x" * size


def test_nothing_of_the_content_can_be_seen(file):
    assert b"0123456789abcdef" not in file
    assert base64.b64decode(KEY) not in file
    assert KEY.encode() not in file


@pytest.mark.parametrize(
    ("passphrase", "keys"), [("another passphrase", []), ("", []), ("", [OTHER])]
)
def test_other_secrets_open_nothing(file, passphrase, keys):
    with pytest.raises(WrongSecretError):
        opened(file, passphrase, keys)


def cut_in_a_chunk(raw):
    return raw[:-5]


def cut_between_chunks(raw):
    return raw[: beginning(raw) + CHUNK + TAG]


def cut_after_the_header(raw):
    return raw[: beginning(raw)]


def one_bit_changed(raw):
    return raw[:-200] + bytes([raw[-200] ^ 1]) + raw[-199:]


def chunks_swapped(raw):
    start, size = beginning(raw), CHUNK + TAG
    return (
        raw[:start]
        + raw[start + size : start + 2 * size]
        + raw[start : start + size]
        + raw[start + 2 * size :]
    )


def something_added(raw):
    return raw + b"more"


def header_of_another_file(raw):
    other = sealed(b"")
    return other[: beginning(other)] + raw[beginning(raw) :]


@pytest.mark.parametrize(
    "damage",
    [
        *(cut_in_a_chunk, cut_between_chunks, cut_after_the_header, one_bit_changed),
        *(chunks_swapped, something_added, header_of_another_file),
    ],
)
def test_every_damage_is_noticed(file, damage):
    with pytest.raises(DamagedFileError):
        opened(damage(file), keys=[KEY])


@pytest.mark.parametrize(
    "header",
    [
        b"no json",
        b"[]",
        b'{"scrypt": {"n": 1099511627776, "r": 8, "p": 1, "salt": ""}, "opened_by": {"passphrase": ""}}',
        b'{"scrypt": {"n": 2, "r": 8, "p": 1, "salt": "?"}, "opened_by": {"passphrase": ""}}',
        b'{"scrypt": {"n": 2, "r": 8, "p": 1, "salt": ""}, "opened_by": {}}',
    ],
)
def test_a_header_may_ask_for_no_more_than_a_real_one(header):
    with pytest.raises(DamagedFileError):
        opened(b"YEONDAE BACKUP 1\n" + header + b"\n", PASSPHRASE)


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"YEONDAE BACKUP one\n{}\n"])
def test_other_files_are_told_from_backups(raw):
    with pytest.raises(ForeignFileError):
        opened(raw, PASSPHRASE)


def test_a_newer_format_is_named_as_such():
    with pytest.raises(NewerFileError):
        opened(b"YEONDAE BACKUP 2\n{}\n", PASSPHRASE)


def test_both_ends_are_streams_of_one_direction():
    assert SealedWriter(io.BytesIO(), PASSPHRASE).writable()
    assert SealedReader(io.BytesIO(sealed(b"")), keys=[KEY]).readable()
