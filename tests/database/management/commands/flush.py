from django.core.management.base import BaseCommand

from tests.database.pristine import restore_copy


class Command(BaseCommand):
    """What Django calls after each test with real transactions."""

    stealth_options = ("reset_sequences", "allow_cascade", "inhibit_post_migrate", "interactive")

    def add_arguments(self, parser):
        parser.add_argument("--database", default="default")

    def handle(self, **_options):
        restore_copy()
