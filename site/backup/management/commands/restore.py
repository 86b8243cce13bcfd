import getpass
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from backup.exceptions import BackupError, WrongSecretError
from backup.services import configured_passphrase, restore_backup


class Command(BaseCommand):
    help = "Put a backup into an empty site: database, uploaded files and keys."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="put aside what is here, instead of refusing"
        )
        parser.add_argument(
            "--without-keys",
            action="store_true",
            help="leave the keys out: personal data stays unreadable until they are brought",
        )

    def handle(self, *args, **options):
        if not options["file"].is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": options["file"]})
        try:
            restored = self.restore(options)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.report(restored)
        self.migrate(restored)

    def restore(self, options):
        wanted = {"replace": options["replace"], "with_keys": not options["without_keys"]}
        try:
            return restore_backup(options["file"], **wanted)  # by a key of this very site
        except WrongSecretError:
            return restore_backup(options["file"], passphrase=self.passphrase(), **wanted)

    def passphrase(self):
        if sys.stdin.isatty():
            return getpass.getpass(_("Passphrase: "))
        return configured_passphrase()

    def report(self, restored):
        made = timezone.localtime(restored.made_at)
        self.stdout.write(
            _("Restored the state of %(moment)s: %(rows)d rows, %(files)d files.")
            % {
                "moment": f"{made:%Y-%m-%d %H:%M:%S}",
                "rows": restored.rows,
                "files": restored.files,
            }
        )
        if restored.aside:
            self.stdout.write(_("What was here before is in %(path)s.") % {"path": restored.aside})
        if restored.schema_aside:
            self.stdout.write(
                _("The old tables are in the schema %(name)s; drop it when all is well.")
                % {"name": restored.schema_aside}
            )
        if restored.keys and restored.keys.to_enter:
            self.stdout.write(
                _(
                    "The backup's keys are not those of the environment. Enter the lines of "
                    "%(path)s there, then delete the file."
                )
                % {"path": restored.keys.to_enter}
            )

    def migrate(self, restored):
        """In a process of its own: this one still has the keys that were there before."""
        keys = restored.keys.values if restored.keys else {}
        command = [sys.executable, "manage.py", "migrate", "--noinput", "-v", "0"]
        environment = {**os.environ, **keys}
        done = subprocess.run(  # noqa: S603 (this site's own command)
            command, cwd=settings.BASE_DIR, env=environment, check=False
        )
        if done.returncode:
            raise CommandError(_("The data is there, but “manage.py migrate” failed; see above."))
