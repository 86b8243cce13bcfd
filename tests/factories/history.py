"""Honest histories for the verifier, made by hand: shares no code with what writes evidence."""

import hashlib
import json

from evidence.verifier import Head, Link, Payload


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def said(value) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment(minute: int) -> str:
    return f"2026-{1 + minute // 40320:02}-{1 + minute // 1440 % 28:02}T{minute // 60 % 24:02}:{minute % 60:02}:00.000000+00:00"


def merkle(leaves: list[bytes]) -> bytes:
    """As RFC 9162 defines it: split at the largest power of two below the number."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + merkle(leaves[:half]) + merkle(leaves[half:])).digest()


def write_links(subjects: list[str]) -> list[tuple[Link, Payload]]:
    """One event per entry, on the chain of that subject, a minute after the one before."""
    last: dict[str, Link] = {}
    links = []
    for number, subject in enumerate(subjects):
        payload = Payload(sha(f"salt {number}")[:32], {"reason": f"사유 {number}", "count": number})
        before = last.get(subject)
        start = ["paper", subject, before.sequence + 1 if before else 1, "signed", "7"]
        digest = sha(payload.salt + said(payload.values))
        fields = [*start, moment(number), digest, before.hash if before else ""]
        last[subject] = Link(*fields, sha(said(fields)))
        links.append((last[subject], payload))
    return links


def write_heads(links: list[tuple[Link, Payload]], counts: list[int]) -> list[Head]:
    """A head for each count of events, a day apart."""
    heads: list[Head] = []
    for day, count in enumerate(counts):
        root = merkle([link.hash.encode() for link, _ in links[:count]]).hex()
        date = f"2025-{1 + day // 28:02}-{1 + day % 28:02}"
        fields = [date, count, root, moment(count), heads[-1].hash if heads else ""]
        heads.append(Head(*fields, sha(said(fields))))
    return heads
