from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from home.network.exceptions import RegionFileError
from home.network.services import REGION_FILE, load_regions


class Command(BaseCommand):
    help = "Make the administrative regions in the database those of the reviewed table."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="only report, write nothing")
        parser.add_argument("--file", type=Path, default=REGION_FILE, help="another table")

    def handle(self, *args, **options):
        try:
            report = load_regions(options["file"], write=not options["check"])
        except RegionFileError as error:
            raise CommandError(str(error)) from error
        for word in ("added", "changed", "unknown"):
            for region in getattr(report, word):
                self.stdout.write(f"{word}: {region.code} {region.name} since {region.valid_from}")
        self.stdout.write(
            f"{len(report.added)} added, {len(report.changed)} changed, "
            f"{len(report.unchanged)} unchanged, {len(report.unknown)} not in the file (kept)."
        )
