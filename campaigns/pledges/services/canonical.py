"""Texts that are signed: one spelling of each, and its SHA-256."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping


def canonical_json(text: Mapping[str, object]) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces; every text in NFC. Refuses floats."""
    return json.dumps(
        _normal(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def digest_of(text: Mapping[str, object]) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal digits."""
    return hashlib.sha256(canonical_json(text)).hexdigest()


def _normal(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, float):
        raise TypeError(f"{value} is a float: what is signed holds whole numbers and text.")
    if isinstance(value, Mapping):
        return {str(_normal(key)): _normal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(item) for item in value]
    return value
