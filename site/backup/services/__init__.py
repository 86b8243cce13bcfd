from .backups import backup_files, expire_backups, made_at, make_backup, record_failure, run_backup
from .key_sheet import make_key_sheet, read_line, read_sheet
from .restored_keys import bring_keys_back
from .restoring import Restored, opened_backup, restore_backup
from .secrets import check_passphrase, configured_passphrase, keep_passphrase

__all__ = [
    "Restored",
    "backup_files",
    "bring_keys_back",
    "check_passphrase",
    "configured_passphrase",
    "expire_backups",
    "keep_passphrase",
    "made_at",
    "make_backup",
    "make_key_sheet",
    "opened_backup",
    "read_line",
    "read_sheet",
    "record_failure",
    "restore_backup",
    "run_backup",
]
