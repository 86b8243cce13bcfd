"""Papers as PDFs, as the order's page lists them, and as anybody may check them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evidence.registry import Proof
from home.context_processors import SiteDetails
from payments.models import OfficePaper, Payment
from payments.services import find_office_paper, goes_to_card, papers_for
from privacy.masking import mask_name
from typesetting.services import render_pdf

from ..exceptions import PaperNotIssuedError
from ..models import Order
from ..services.bills import BillKind, account_of, issues_bills, write_bill
from ..services.papers import Kind, Paper, find_paper, issue_paper, today
from .qr import qr_svg

STATEMENTS = {
    Kind.REGISTRATION: "위와 같이 참가 신청을 접수하였음을 확인합니다.",
    Kind.RECEIPT: "위 금액을 정히 영수하였음을 확인합니다.",
    Kind.ATTENDANCE: "위 사람이 행사에 참가하였음을 확인합니다.",
}
TITLES = {
    Kind.REGISTRATION: "접수증",
    Kind.RECEIPT: "영수증",
    Kind.ATTENDANCE: "참가확인서",
    BillKind.ESTIMATE: "견적서",
    BillKind.BILL: "청구서",
}

OFFICE_TITLES = {OfficePaper.Kind.BANKBOOK: "통장 사본", OfficePaper.Kind.NUMBER: "고유번호증"}


@dataclass(frozen=True)
class Listed:
    """A paper on the page of a registration."""

    kind: str
    label: str
    hint: str


def papers_of(order: Order, payment: Payment | None) -> list[Listed]:
    """What can be downloaded today; what is not so yet is not shown."""
    found = []
    if order.status in (Order.Status.WAITING, Order.Status.CONFIRMED):
        found.append(Listed("registration", str(Kind.REGISTRATION.label), ""))
    if issues_bills(order):
        found.append(Listed("estimate", pgettext("paper", "Estimate"), _("for your organisation")))
        found.append(Listed("bill", pgettext("paper", "Bill"), _("for your organisation")))
        found += [
            Listed(kind, str(OfficePaper.Kind(kind).label), _("for your organisation"))
            for kind in papers_for(payment.account if payment else None)
        ]
    if payment and payment.received_krw:
        hint = "" if goes_to_card(payment) else _("also confirms the deposit")
        found.append(Listed("receipt", str(Kind.RECEIPT.label), hint))
    return found


def make_paper(paper: Paper, order: Order, details: SiteDetails) -> bytes:
    check = settings.SITE_URL + reverse("evidence:show-ways")
    values = {
        "title": TITLES[paper.kind],
        "name": paper.name,
        "rows": paper.rows,
        "reference": order.reference,
        "statement": STATEMENTS[paper.kind],
        "day": today(),
        "number": paper.number,
        "check_url": check,
        "qr": qr_svg(f"{check}?{urlencode({'number': paper.number})}"),
        "operator": _operator(details),
    }
    return render_pdf("forums/paper.typ", values, made_at=timezone.now())


def make_bill(kind: BillKind, order: Order, details: SiteDetails) -> bytes:
    """Raises PaperNotIssuedError."""
    values = {**write_bill(kind, order), "operator": _operator(details)}
    return render_pdf("forums/bill.typ", values, made_at=timezone.now())


def make_any(kind: str, order: Order, details: SiteDetails) -> tuple[bytes, str]:
    """A paper about a whole registration, and the name of its file.

    Raises PaperNotIssuedError, also for a kind that there is not.
    """
    if kind in set(OfficePaper.Kind.values):
        return _office_paper(kind, order), f"{OFFICE_TITLES[kind]}.pdf"
    if kind in set(BillKind):
        bill = BillKind(kind)
        return make_bill(bill, order, details), f"{TITLES[bill]}.pdf"
    if kind not in (Kind.REGISTRATION, Kind.RECEIPT):
        raise PaperNotIssuedError
    paper = issue_paper(Kind(kind), order)
    return make_paper(paper, order, details), f"{TITLES[paper.kind]}.pdf"


def _office_paper(kind: str, order: Order) -> bytes:
    """The office's own paper as it was approved, for the same people as estimate and bill."""
    content = find_office_paper(kind, account_of(order)) if issues_bills(order) else None
    if content is None:
        raise PaperNotIssuedError
    return content


def prove_paper(number: str) -> Proof | None:
    """What anybody may read of a paper: what it says, the name masked."""
    try:
        paper, kind = find_paper(number)
    except Order.DoesNotExist:
        return None
    if paper is None:
        return Proof(
            title=kind.label,
            holds=False,
            note=_("We gave this paper out, but what it says is not so any more."),
        )
    gone = _("destroyed when its time was over")
    name = (_("Name"), mask_name(paper.name) if paper.name else gone)
    note = _("If the paper says something else, it was given out before a change or is not ours.")
    return Proof(title=kind.label, rows=(name, *paper.rows), note=note)


def _operator(details: SiteDetails) -> dict[str, str]:
    return {
        "name": details.organisation_name,
        "number": details.registration_number,
        "representatives": details.representatives,
        "address": details.address,
        "phone": details.phone,
    }
