from django.core.management.base import BaseCommand

from privacy.encryption import primary_key_id
from privacy.rotation import (
    count_old,
    count_old_others,
    encrypted_fields,
    rotate_field,
    rotate_others,
)
from privacy.services import forget_unused_keys


class Command(BaseCommand):
    help = (
        "Encrypt every personal field under the first of FIELD_ENCRYPTION_KEYS. Runs while the "
        "site is up; stop it at any time and start it again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--batch", type=int, default=500)
        parser.add_argument("--dry-run", action="store_true", help="only count what is left")

    def handle(self, *args, **options):
        left = 0
        for field in encrypted_fields():
            total = count_old(field)
            if not options["dry_run"]:
                self.rotate(field, total, options["batch"])
            left += count_old(field)
        if not options["dry_run"]:
            rotate_others()
            forget_unused_keys()
        left += count_old_others()
        if left:
            self.stdout.write(f"{left:,} values are still under an older key.")
        else:
            self.stdout.write(f"All values are under key {primary_key_id()}. Older keys can go.")

    def rotate(self, field, total, batch):
        done = 0
        for count in rotate_field(field, batch):
            done += count
            self.stdout.write(f"{field.purpose}: {done:,} / {total:,}")
            self.stdout.flush()
