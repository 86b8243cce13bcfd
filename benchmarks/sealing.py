"""``python -m benchmarks.sealing``: sealing agreements and checking files, as JSON.

On the migrated database of DATABASE_URL, which is left as it was.
"""

import json
import os
import sys
import tempfile

import django


def main() -> None:
    django.setup()
    from benchmarks.seals import measure  # noqa: PLC0415 (needs the registry)

    with tempfile.TemporaryDirectory() as folder:
        found = measure(int(os.environ.get("ROUNDS", "9")), folder)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
