"""What the whole test run wrote into its logs names nobody: no signer, no address, no link."""

import logging
import os
import re
from pathlib import Path

from privacy.logging import MaskTokens

FOLDER = Path(__file__).resolve().parents[1] / "var" / "test-logs"
# The people of the factories and stories. Staff are named by number.
PEOPLE = ("홍길동", "한가람", "고은별", "남궁휘영", "남하늘", "문샛별", "변아람")
FOUND = re.compile(
    "|".join(PEOPLE) + r"|(?<![\w*])[\w.+-]+@[\w-]+\.(?:example|com|net)|/t/[a-z]/[\w-]{30,}"
)


def keep_log() -> logging.Handler:
    """Write all that this process logs to a file, through the filter of production."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(FOLDER / f"{os.getpid()}.log", encoding="utf-8")
    handler.addFilter(MaskTokens())
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    return handler


def forget_logs() -> None:
    """Begin a run with nothing of the one before."""
    for file in FOLDER.glob("*.log"):
        file.unlink()


def named_in_logs() -> list[str]:
    """The lines that name a person, an address or a secret link, each with its file."""
    return [
        f"{file.name}:{number}: {line}"
        for file in sorted(FOLDER.glob("*.log"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if FOUND.search(line)
    ]
