from .backups import backup_files, expire_backups, made_at, make_backup, record_failure, run_backup
from .restoring import Restored, opened_backup, restore_backup
from .secrets import check_passphrase, configured_passphrase, keep_passphrase

__all__ = [
    "Restored",
    "backup_files",
    "check_passphrase",
    "configured_passphrase",
    "expire_backups",
    "keep_passphrase",
    "made_at",
    "make_backup",
    "opened_backup",
    "record_failure",
    "restore_backup",
    "run_backup",
]
