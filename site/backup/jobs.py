"""The daily backup of the worker."""

from .exceptions import PassphraseMissingError, WeakPassphraseError
from .services import configured_passphrase, record_failure, run_backup


def back_up_daily() -> None:
    """A failure is recorded for the first screen, and is the job's own."""
    try:
        passphrase = configured_passphrase()
    except (PassphraseMissingError, WeakPassphraseError) as error:
        record_failure(error)
        raise
    run_backup(passphrase)
