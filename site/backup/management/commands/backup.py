import getpass
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from backup.exceptions import BackupError, PassphraseMissingError
from backup.services import (
    check_passphrase,
    configured_passphrase,
    keep_passphrase,
    record_failure,
    run_backup,
)


class Command(BaseCommand):
    help = (
        "Write database, uploaded files and keys into one file that only the passphrase opens. "
        "Runs while the site is up. Backups older than BACKUP_KEEP_DAYS are removed."
    )

    def handle(self, *args, **options):
        try:
            path = run_backup(self.passphrase())
        except BackupError as error:
            raise CommandError(str(error)) from error
        megabytes = path.stat().st_size / 1_000_000
        self.stdout.write(
            _("Backup written: %(path)s (%(size).1f MB)") % {"path": path, "size": megabytes}
        )

    def passphrase(self):
        try:
            return configured_passphrase()
        except PassphraseMissingError as error:
            if not sys.stdin.isatty():
                record_failure(error)
                raise
        return self.ask()

    def ask(self):
        """Typed twice, since nobody sees it; kept for the daily backup if so wanted."""
        self.stdout.write(
            _(
                "Choose a passphrase for the backups and write it down: without it, or the printed "
                "sheet of the keys, nobody opens them again."
            )
        )
        typed = check_passphrase(getpass.getpass(_("Passphrase: ")))
        if getpass.getpass(_("Once more: ")) != typed:
            raise CommandError(_("The two were not the same. Nothing was written."))
        if input(_("Keep it on this machine for the daily backup? [Y/n] ")).strip().lower() != "n":
            keep_passphrase(typed)
        return typed
