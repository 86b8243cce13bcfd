import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from backup.exceptions import MistypedKeyError
from backup.services import bring_keys_back, read_line, read_sheet


class Command(BaseCommand):
    help = "Type the keys back in from the printed sheet; an empty line ends."
    requires_system_checks = ()

    def handle(self, *args, **options):
        try:
            placed = bring_keys_back(read_sheet(self.typed()))
        except MistypedKeyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("The keys are back. Restart web and worker."))
        if placed.to_enter:
            self.stdout.write(
                _("Enter the lines of %(path)s into the environment, then delete the file.")
                % {"path": placed.to_enter}
            )

    def typed(self):
        """Each line is checked as soon as it is typed; a wrong one is asked for again."""
        if not sys.stdin.isatty():
            return sys.stdin.read().splitlines()
        lines = []
        while line := input("> ").strip():
            try:
                read_line(line)
            except MistypedKeyError as error:
                self.stderr.write(str(error))
            else:
                lines.append(line)
        return lines
