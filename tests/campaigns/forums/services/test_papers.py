import pytest
from django.utils import timezone

from campaigns.forums import services
from campaigns.forums.exceptions import PaperNotIssuedError
from campaigns.forums.models import CheckIn, ForumPage, Order, Seat
from campaigns.forums.presenters import make_any, prove_paper
from campaigns.forums.services.bills import BillKind, lines_of, write_bill
from campaigns.forums.services.papers import Kind, find_paper, issue_paper, paper_number
from campaigns.forums.services.retention import empty_orders
from home.context_processors import SiteDetails
from payments.models import Payment
from payments.services import mark_paid
from tests.campaigns.forums.participant import NAME, payment_of
from tests.factories.accounts import UserFactory
from tests.factories.forums import InvitationFactory
from tests.factories.orders import make_order

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def order(home_page):
    order = make_order(people=(NAME, "두나래"))
    Order.objects.update(organisation="누리협동조합")
    order.refresh_from_db()
    return order


@pytest.fixture
def paid(order):
    told = {"user": UserFactory(administrator=True), "note": "현금"}
    mark_paid(payment_of(order), method=Payment.Method.ON_SITE, **told)
    order.refresh_from_db()
    return order


@pytest.fixture
def came(paid):
    """The second of the two came in."""
    ticket = paid.tickets.get(number=2)
    for seat in Seat.objects.filter(ticket=ticket):
        CheckIn.objects.create(seat=seat, checked_in_at=timezone.now())
    return ticket


def values(proof):
    return [value for _label, value in proof.rows]


@pytest.mark.sqlite_smoke
def test_a_receipt_is_for_money_that_came(order):
    number = paper_number(Kind.RECEIPT, order)
    with pytest.raises(PaperNotIssuedError):
        issue_paper(Kind.RECEIPT, order)
    assert not prove_paper(number).holds

    told = {"user": UserFactory(administrator=True), "note": "현금"}
    mark_paid(payment_of(order), method=Payment.Method.ON_SITE, **told)

    proof = prove_paper(number.lower().replace("-", " "))
    assert proof.holds
    assert values(proof)[0] == "한*람"
    assert {"40,000원", "누리협동조합", order.forum.title} <= set(values(proof))
    assert NAME not in values(proof)


def test_a_waived_fee_is_no_money(order):
    told = {"user": UserFactory(administrator=True), "note": "발제자"}
    mark_paid(payment_of(order), method=Payment.Method.WAIVED, **told)

    with pytest.raises(PaperNotIssuedError):
        issue_paper(Kind.RECEIPT, order)


def test_a_part_of_the_money_is_received_for_it_alone(order):
    """Before the rest has come there is no day on which it was paid."""
    Payment.objects.update(received_krw=5_000)
    ForumPage.objects.update(place="", starts_at=None)

    rows = dict(issue_paper(Kind.RECEIPT, Order.objects.get(pk=order.pk)).rows)

    assert "5,000원" in rows.values()
    assert len(rows) == 5  # organisation, forum, what for, how much, how


def test_what_went_back_stands_on_the_receipt(paid):
    Payment.objects.update(refunded_krw=20_000)

    assert "20,000원" in values(prove_paper(paper_number(Kind.RECEIPT, paid)))


@pytest.mark.sqlite_smoke
def test_only_who_came_in_gets_a_proof_of_it(came, paid):
    paper = issue_paper(Kind.ATTENDANCE, paid, came)

    assert paper.name == "두나래"
    assert find_paper(paper.number) == (paper, Kind.ATTENDANCE)
    with pytest.raises(PaperNotIssuedError):
        issue_paper(Kind.ATTENDANCE, paid, paid.tickets.get(number=1))


def test_a_cancelled_registration_is_proven_no_more(order):
    paper = issue_paper(Kind.REGISTRATION, order)
    assert "40,000원" in dict(paper.rows).values()

    services.cancel_order(order)

    assert find_paper(paper.number) == (None, Kind.REGISTRATION)


def test_after_its_time_a_paper_is_proven_without_a_name(paid):
    number = issue_paper(Kind.RECEIPT, paid).number
    empty_orders([paid])

    proof = prove_paper(number)

    assert proof.holds
    assert "40,000원" in values(proof)
    assert "*" not in values(proof)[0]


@pytest.mark.parametrize(
    "number", ["", "7K3D", "7K3D-92QF-8XQ2-M4TT", "가나다라-마바사아-자차카타-파하가나", "%00" * 9]
)
def test_a_number_nobody_gave_out(order, number):
    assert prove_paper(number) is None


def test_a_forged_number_of_a_real_registration(order):
    assert prove_paper(f"{order.reference}-2222-2222") is None


@pytest.mark.parametrize("kind", ["registration", "receipt", "estimate", "bill"])
def test_each_paper_is_a_document_for_everybody(paid, kind):
    content, name = make_any(kind, paid, SiteDetails(organisation_name="○○연대회의"))

    assert content.startswith(b"%PDF")
    assert b"pdfuaid" in content
    assert name.endswith(".pdf")


def test_other_papers_there_are_not(paid):
    for kind in ("attendance", "nothing"):
        with pytest.raises(PaperNotIssuedError):
            make_any(kind, paid, SiteDetails())


def test_a_bill_adds_up(order):
    bill = write_bill(BillKind.BILL, order)

    assert [(line.number, line.price_krw) for line in lines_of(order)] == [(2, 20_000)]
    assert (bill["total"], bill["payer"], bill["holder"]) == (
        *("40,000", "누리협동조합"),
        order.forum.account.holder,
    )
    assert bill["depositor"] == payment_of(order).depositor_name


def test_bills_are_for_organisations_where_the_forum_writes_them(order):
    Order.objects.update(organisation=None)
    order.refresh_from_db()
    with pytest.raises(PaperNotIssuedError):
        write_bill(BillKind.BILL, order)

    order.invitation = InvitationFactory(forum=order.forum)
    assert write_bill(BillKind.ESTIMATE, order)["payer"] == order.invitation.organisation.name
    ForumPage.objects.update(issues_papers=False)
    with pytest.raises(PaperNotIssuedError):
        write_bill(BillKind.BILL, Order.objects.get(pk=order.pk))
