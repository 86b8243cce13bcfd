import errno
import io
import os

import pytest

from backup.services.archive import write_archive
from backup.services.backups import add_media
from backup.services.media import HeldFiles
from tests.site.backup.conftest import contents

pytestmark = pytest.mark.unit


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "a.webp").write_bytes(b"a")
    return folder


def names(held):
    return [name for name, _path in held.each()]


def test_files_deleted_and_added_meanwhile_are_there(media, tmp_path):
    held = HeldFiles(media, tmp_path / "held")
    held.hold()
    (media / "images" / "a.webp").unlink()
    (media / "b.webp").write_bytes(b"b")
    held.hold()

    assert {name: path.read_bytes() for name, path in held.each()} == {
        "b.webp": b"b",
        "images/a.webp": b"a",
    }
    assert contents(media) == {"b.webp": b"b"}


def test_without_files_there_is_nothing_to_hold(tmp_path):
    held = HeldFiles(tmp_path / "media", tmp_path / "held")
    held.hold()

    assert names(held) == []


def test_on_another_disk_the_files_themselves_are_given(media, tmp_path, monkeypatch):
    def refuse(_source, _target):
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    held = HeldFiles(media, tmp_path / "held")
    held.hold()

    assert [path for _name, path in held.each()] == [media / "images" / "a.webp"]


def test_a_file_that_is_gone_by_then_is_left_out(media, tmp_path):
    raw = io.BytesIO()
    files = [("gone.webp", tmp_path / "gone.webp"), ("a.webp", media / "images" / "a.webp")]
    with write_archive(raw, "four words do well", []) as archive:
        add_media(archive, iter(files))

    assert archive.digests.keys() == {"media/a.webp"}
