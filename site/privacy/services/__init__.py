from .access import accesses_about, record_access, record_look_at_log
from .access_reviews import months_to_review, sign_off_month
from .access_seals import (
    destroy_access_year,
    find_access_faults,
    find_entry_fault,
    find_faults_of_year,
)
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
    "find_access_faults",
    "find_entry_fault",
    "find_faults_of_year",
    "forget_subject",
    "forget_unused_keys",
    "missing_keys",
    "note_first_keys",
    "purge_throttle_counts",
    "months_to_review",
    "record_access",
    "record_look_at_log",
    "sign_off_month",
    "sync_default_consents",
    "withdraw_consent",
    "withdraw_kind",
]
