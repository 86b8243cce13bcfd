from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from evidence.services import export_evidence


class Command(BaseCommand):
    help = "Write all chains and daily heads into a file for the stand-alone verifier."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--with-values",
            action="store_true",
            help="also what staff wrote, which may name people; without it the file names nobody",
        )

    def handle(self, *, file, with_values, **_options):
        unfinished = file.with_name(f"{file.name}.part")
        try:
            with unfinished.open("w", encoding="utf-8") as lines:
                count = export_evidence(lines, with_values=with_values)
            unfinished.replace(file)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise CommandError(f"{file} could not be written: {error.strerror}.") from error
        self.stdout.write(f"{count} events written to {file}.")
