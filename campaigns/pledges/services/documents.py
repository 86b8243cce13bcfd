"""정책협약서 as PDF: the text that was signed, word for word."""

from io import BytesIO

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from home.dates import korean_date, korean_moment
from typesetting.services import render_pdf

from ..models import AgreementSignature, DemandAnswer, PledgeAgreement
from .canonical import digest_of

TEMPLATE = "pledges/agreement.typ"


def document_of(agreement: PledgeAgreement) -> bytes:
    """A PDF/UA-1 of what the candidate signed; the same agreement gives the same bytes."""
    return render_pdf(TEMPLATE, values_of(agreement), made_at=agreement.signed_at)


def values_of(agreement: PledgeAgreement) -> dict[str, object]:
    """What stands in it."""
    check_url = settings.SITE_URL + reverse("evidence:show-ways")
    signature = _candidates(agreement)
    return {
        "number": agreement.number,
        "text": agreement.text,
        "digest": digest_of(agreement.text),
        "vote_on": korean_date(agreement.respondent.election.vote_on),
        "side_label": str(agreement.respondent.get_kind_display()),
        "answers": {value: str(label) for value, label in DemandAnswer.Choice.choices},
        "signatures": _rows(agreement, signature),
        "drawing": _drawn(signature.drawing),
        "check_url": check_url,
        "qr": qr_of(f"{check_url}?number={agreement.number}"),
    }


def _candidates(agreement: PledgeAgreement) -> AgreementSignature:
    """Every agreement is made with it."""
    side = AgreementSignature.Side
    return agreement.signatures.get(side__in=[side.CANDIDATE, side.DELEGATE])


def _rows(agreement: PledgeAgreement, signature: AgreementSignature) -> list[tuple[str, str]]:
    is_delegate = signature.side == AgreementSignature.Side.DELEGATE
    name = f"{signature.title} ({_('delegate')})" if is_delegate else signature.name or ""
    return [
        (_("Agreement number"), agreement.number),
        (_("Signed by"), name),
        (_("Identity"), str(signature.get_method_display())),
        (_("Signed on"), korean_moment(agreement.signed_at)),
    ]


def _drawn(path: str | None) -> str:
    """A drawn signature as SVG text; empty where the name was typed."""
    if not path:
        return ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200"><path fill="none" '
        f'stroke="#1b1f23" stroke-width="4" stroke-linecap="round" d="{path}"/></svg>'
    )


def qr_of(content: str) -> str:
    """A drawing of what a telephone reads, as SVG text."""
    drawing = BytesIO()
    segno.make_qr(content, error="m").save(
        drawing, kind="svg", border=4, light="#fff", omitsize=True
    )
    return drawing.getvalue().decode()
