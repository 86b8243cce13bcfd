import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from backup.services import make_key_sheet


class Command(BaseCommand):
    help = "Write the keys as a PDF to be printed. Print it, delete the file, lock the paper away."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="where to write it, such as /dev/shm/keys.pdf")

    def handle(self, *args, **options):
        try:
            with open(options["file"], "xb", opener=for_the_owner) as file:
                file.write(make_key_sheet(timezone.now()))
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        self.stdout.write(
            _("Written: %(path)s. Print it, delete the file, and lock the paper away.")
            % {"path": options["file"]}
        )


def for_the_owner(path, flags):
    return os.open(path, flags, 0o600)
