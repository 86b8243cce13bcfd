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

__all__ = [
    "accesses_about",
    "agreed_among",
    "choose_consent",
    "consents_by_subject",
    "consents_of",
    "destroy_access_year",
    "destroy_old_access_years",
    "find_access_faults",
    "forget_subject",
    "record_access",
    "sync_default_consents",
    "withdraw_consent",
    "withdraw_kind",
]
