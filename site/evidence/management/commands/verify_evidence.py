from django.core.management.base import BaseCommand, CommandError

from evidence.services import verify_everything
from evidence.verifier import read_noted


class Command(BaseCommand):
    help = "Recompute all chains and daily heads. Fails when something does not hold."

    def add_arguments(self, parser):
        parser.add_argument("--heads", default="", help="heads.json as saved from /verify/log/")
        parser.add_argument("--head", action="append", default=[], metavar="DAY=HASH")

    def handle(self, *, heads, head, **_options):
        try:
            noted = read_noted(heads, head)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"The noted heads can't be read: {error}") from error
        report = verify_everything(noted)
        for fault in report.faults:
            self.stderr.write(str(fault))
        if not report.holds:
            raise CommandError(f"{report.found} faults. See docs/operations.md, “The red line”.")
        self.stdout.write(
            f"Everything holds: {report.events} events in {report.chains} chains, "
            f"{report.heads} daily heads."
        )
