from ..verifier import digest_values
from .chains import (
    ChainCheck,
    erase_payloads,
    hash_event,
    make_salt,
    record_event,
    seal_values,
    verify_chain,
    wait_for_writers,
)
from .checks import check_everything, export_evidence, verify_everything
from .heads import as_noted, close_day
from .waiting import Noted, append_waiting, append_waiting_of, note_events

__all__ = [
    "ChainCheck",
    "Noted",
    "append_waiting",
    "append_waiting_of",
    "as_noted",
    "check_everything",
    "close_day",
    "digest_values",
    "erase_payloads",
    "export_evidence",
    "hash_event",
    "make_salt",
    "note_events",
    "record_event",
    "seal_values",
    "verify_chain",
    "verify_everything",
    "wait_for_writers",
]
