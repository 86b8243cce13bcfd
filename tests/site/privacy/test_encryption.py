import base64

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from privacy.encryption import DecryptionError, decrypt, encrypt, primary_key_id

OLD = base64.b64encode(b"o" * 32).decode()
NEW = base64.b64encode(b"n" * 32).decode()
NAME, EMAIL = "petitions.Signature.name", "petitions.Signature.email"


def raw(sealed):
    return base64.urlsafe_b64decode(sealed.partition(":")[2])


@given(st.text())
def test_what_was_encrypted_can_be_read(text):
    assert decrypt(NAME, encrypt(NAME, text)) == text


def test_equal_texts_have_different_ciphertexts():
    assert encrypt(NAME, "김가람") != encrypt(NAME, "김가람")


def test_the_ciphertext_is_standard_aes_gcm_with_the_purpose_bound(settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW]

    sealed = raw(encrypt(NAME, "김가람"))

    assert AESGCM(b"n" * 32).decrypt(sealed[:12], sealed[12:], NAME.encode()).decode() == "김가람"


def test_the_text_is_not_in_the_ciphertext():
    assert "김가람".encode() not in raw(encrypt(NAME, "김가람"))


def test_a_ciphertext_of_another_column_is_refused():
    sealed = encrypt(NAME, "김가람")

    with pytest.raises(DecryptionError, match="another column"):
        decrypt(EMAIL, sealed)


@given(st.data())
def test_a_changed_ciphertext_is_refused(data):
    key_id, _, encoded = encrypt(NAME, "김가람").partition(":")
    changed = bytearray(base64.urlsafe_b64decode(encoded))
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(DecryptionError):
        decrypt(NAME, f"{key_id}:{base64.urlsafe_b64encode(changed).decode()}")


@given(st.text(max_size=80))
def test_any_other_text_is_refused(text):
    with pytest.raises(DecryptionError):
        decrypt(NAME, text)
    with pytest.raises(DecryptionError):
        decrypt(NAME, f"{primary_key_id()}:{text}")


def test_the_first_key_encrypts_and_all_decrypt(settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    old_id, old = primary_key_id(), encrypt(NAME, "김가람")
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]

    new = encrypt(NAME, "김가람")

    assert old.startswith(f"{old_id}:")
    assert new.startswith(f"{primary_key_id()}:")
    assert old_id != primary_key_id()
    assert [decrypt(NAME, old), decrypt(NAME, new)] == ["김가람", "김가람"]


def test_without_its_key_a_ciphertext_says_which_key_is_gone(settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    old_id, old = primary_key_id(), encrypt(NAME, "김가람")
    settings.FIELD_ENCRYPTION_KEYS = [NEW]

    with pytest.raises(DecryptionError, match=old_id):
        decrypt(NAME, old)


@pytest.mark.parametrize("keys", [[], [""], ["no base64!"], [base64.b64encode(b"k").decode()]])
def test_malformed_keys_are_named(settings, keys):
    settings.FIELD_ENCRYPTION_KEYS = keys

    with pytest.raises(ImproperlyConfigured, match="FIELD_ENCRYPTION_KEYS"):
        encrypt(NAME, "김가람")
