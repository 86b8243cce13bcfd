import base64
import stat
from concurrent.futures import ThreadPoolExecutor

from privacy.local_keys import read_or_make_key


def test_a_key_is_made_at_first_and_read_afterwards(tmp_path):
    path = tmp_path / "keys" / "index_key"

    key = read_or_make_key(path)

    assert len(base64.b64decode(key, validate=True)) == 32
    assert read_or_make_key(path) == key
    assert list(path.parent.iterdir()) == [path]


def test_only_its_owner_can_read_a_key(tmp_path):
    path = tmp_path / "keys" / "index_key"

    read_or_make_key(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_key_of_somebody_else_is_kept(tmp_path):
    path = tmp_path / "index_key"
    path.write_text("their key\n")

    assert read_or_make_key(path) == "their key"


def test_many_first_starts_at_once_make_one_key(tmp_path):
    path = tmp_path / "keys" / "index_key"

    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: read_or_make_key(path), range(64)))

    assert keys == {path.read_text()}
    assert list(path.parent.iterdir()) == [path]
