"""The proof of a signature, for its owner."""

from django.utils import timezone

from typesetting.services import render_pdf

from ..models import Signature


def make_certificate(signature: Signature, *, organisation: str) -> bytes:
    """A one-page PDF saying that this signature is registered. Made anew each time, not stored."""
    day = timezone.localtime(signature.confirmed_at)
    return render_pdf(
        "petitions/certificate.typ",
        {
            "name": signature.name,
            "region": signature.region.name,
            "petition": signature.petition.title,
            "addressees": signature.petition.addressees,
            "number": f"{signature.number:,}" if signature.number else "",
            "reference": signature.reference,
            "signed_on": f"{day.year}년 {day.month}월 {day.day}일",
            "organisation": organisation,
        },
        made_at=signature.status_changed_at,
    )
