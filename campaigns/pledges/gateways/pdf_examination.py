"""A stranger's PDF, read by another process; plain values come back."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from ..exceptions import ExaminerBusyError, UnreadableFileError, WastefulFileError

# Isolated (-I), so that only the library and this one module are found.
START = "import sys; sys.path.append(sys.argv[1]); from pdf_examiner import main; sys.exit(main())"
SECONDS = 20
PATIENCE = 10  # seconds, for a place
PLACES = BoundedSemaphore(2)  # in each process of the site


@dataclass(frozen=True, slots=True)
class FoundSeal:
    """``signer``: SHA-256 of the certificate. It holds if nothing was changed that it forbids."""

    field: str
    signer: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Examination:
    """``number`` counts all seals; attachments are names with the SHA-256 of each."""

    title: str
    attachments: Mapping[str, str]
    number: int
    seals: tuple[FoundSeal, ...]


def examine_pdf(content: bytes) -> Examination:
    """Have a file read, within limits of time and memory; it is written nowhere.

    Raises UnreadableFileError, WastefulFileError, ExaminerBusyError.
    """
    if not PLACES.acquire(timeout=PATIENCE):
        raise ExaminerBusyError
    try:
        said = _run(content)
    finally:
        PLACES.release()
    if "too_much" in said:
        raise WastefulFileError
    seals = tuple(FoundSeal(**one) for one in said.pop("seals"))
    return Examination(**said, seals=seals)


def _run(content: bytes) -> dict[str, Any]:
    """Without the environment: keys of this site stand there."""
    folder = str(Path(__file__).parent)
    command = [sys.executable, "-I", "-X", "utf8", "-c", START, folder]
    try:
        process = subprocess.run(  # noqa: S603 (our own words)
            command, input=content, capture_output=True, timeout=SECONDS, env={}, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise WastefulFileError from error
    except subprocess.CalledProcessError as error:
        # A negative code is a signal: the kernel's, once the time of the processor is used up.
        raise (WastefulFileError if error.returncode < 0 else UnreadableFileError) from error
    return json.loads(process.stdout)
