"""The proof of a signature as a PDF."""

from ..models import Signature


def make_certificate(signature: Signature) -> bytes:
    raise NotImplementedError
