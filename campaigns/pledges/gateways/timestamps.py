"""A timestamp authority (RFC 3161), where one is set: the time by somebody else's clock."""

import io

from django.conf import settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

SECONDS = 5
# It is away, refuses, or answers something else.
FAILURES = (OSError, ValueError, SigningError)


class NoPaths:
    """Nothing, read as it comes."""

    def __aiter__(self) -> "NoPaths":
        return self

    async def __anext__(self) -> None:
        raise StopAsyncIteration


class Authority(RequestsHTTPTimeStamper):
    """Of its certificates we embed what it sends, and do not vouch for them."""

    def validation_paths(self, validation_context: ValidationContext) -> NoPaths:
        return NoPaths()


def timestamp_authority() -> Authority | None:
    """The one that settings name, if any; nothing is asked of it here."""
    return Authority(settings.TIMESTAMP_URL, timeout=SECONDS) if settings.TIMESTAMP_URL else None


def has_timestamp(pdf: bytes) -> bool:
    """Whether the newest seal holds a token of exactly this seal, whoever gave it."""
    seal = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[-1]
    context = ValidationContext(trust_roots=[], allow_fetching=False)
    stamp = validate_pdf_signature(seal, context, skip_diff=True).timestamp_validity
    return stamp is not None and stamp.intact and stamp.valid
