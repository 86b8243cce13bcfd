"""The keys by which this site seals pledge agreements: made once, kept beside the others."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from campaigns.pledges.gateways.signing_keys import (
    create_keys,
    read_keys,
    renew_revocations,
    renew_seal,
)
from messaging.registry import current_sender


class Command(BaseCommand):
    help = "Make root, seal certificate and revocation list, or renew what ends soon."

    def handle(self, *_args, **_options):
        folder = Path(settings.SIGNING_KEYS_DIR)
        made = create_keys(folder, current_sender().name)
        renew_seal()
        renew_revocations()
        keys = read_keys()
        self.stdout.write(f"{'Made' if made else 'Already there'}: {folder}")
        self.stdout.write(f"Root certificate, SHA-256: {keys.root_fingerprint}")
