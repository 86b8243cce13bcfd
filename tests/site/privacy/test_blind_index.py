import base64
import hashlib
import hmac

import pytest
from django.core.exceptions import ImproperlyConfigured

from privacy.blind_index import blind_index


def test_the_index_is_a_keyed_hash_of_purpose_and_value(settings):
    settings.BLIND_INDEX_KEY = base64.b64encode(b"k" * 32).decode()

    expected = hmac.new(b"k" * 32, "email\0김@연대".encode(), hashlib.sha256).digest()
    assert blind_index("email", "김@연대") == expected


def test_equal_values_have_equal_indexes():
    assert blind_index("email", "a@b.kr") == blind_index("email", "a@b.kr")
    assert len(blind_index("email", "a@b.kr")) == 32


def test_another_value_purpose_or_key_gives_another_index(settings):
    index = blind_index("email", "a@b.kr")

    others = {blind_index("email", "a@c.kr"), blind_index("name", "a@b.kr")}
    settings.BLIND_INDEX_KEY = base64.b64encode(b"z" * 32).decode()
    others.add(blind_index("email", "a@b.kr"))
    assert len(others | {index}) == 4


@pytest.mark.parametrize(
    "key", ["", "no base64!", base64.b64encode(b"short").decode(), base64.b64encode(b"k" * 33)]
)
def test_a_malformed_key_is_named(settings, key):
    settings.BLIND_INDEX_KEY = key

    with pytest.raises(ImproperlyConfigured, match="BLIND_INDEX_KEY"):
        blind_index("email", "a@b.kr")
