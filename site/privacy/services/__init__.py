from .access import accesses_about, record_access
from .access_seals import destroy_access_year, destroy_old_access_years, find_access_faults
from .consents import (
    agreed_among,
    choose_consent,
    consents_by_subject,
    consents_of,
    forget_subject,
    sync_default_consents,
    withdraw_consent,
    withdraw_kind,
)
from .keys import check_keys, forget_unused_keys, missing_keys, note_first_keys
from .throttling import purge_throttle_counts

__all__ = [
    "accesses_about",
    "agreed_among",
    "check_keys",
    "choose_consent",
    "consents_by_subject",
    "consents_of",
    "destroy_access_year",
    "destroy_old_access_years",
    "find_access_faults",
    "forget_subject",
    "forget_unused_keys",
    "missing_keys",
    "note_first_keys",
    "purge_throttle_counts",
    "record_access",
    "sync_default_consents",
    "withdraw_consent",
    "withdraw_kind",
]
