"""Another bank account, and everything that names the old one."""

import subprocess

import pytest

from campaigns.forums import emails
from campaigns.forums.models import Order
from payments.models import BankAccount
from payments.services.accounts import approve_change, ask_change
from tests.factories.accounts import UserFactory
from tests.factories.orders import make_order

from .conftest import FORUM

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
OLD, NEW = "000-12-345678", "301-0234-5678-91"


@pytest.fixture
def order(forum):
    """Of an organisation that gets bills, and waits for its deposit."""
    order = make_order(forum)
    Order.objects.filter(pk=order.pk).update(organisation="누리협동조합")
    order.refresh_from_db()
    return order


def each_text(client, order):
    """All that tells a participant where the money goes, by what it is."""
    page = emails.order_path(order)
    mail = emails.answer_order(str(order.public_id))
    paths = {"forum": FORUM, "order": page, "calendar": f"{page}calendar.ics"}
    texts = {name: client.get(path).content.decode() for name, path in paths.items()}
    papers = {
        kind: text_of_pdf(client, f"{page}papers/{kind}.pdf") for kind in ("estimate", "bill")
    }
    return {**texts, **papers, "mail": mail.text, "mail in HTML": mail.html}


def text_of_pdf(client, address):
    content = b"".join(client.get(address))
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    )
    return done.stdout.decode()


def test_page_mail_and_papers_follow_once_a_second_person_approves(
    client, order, django_capture_on_commit_callbacks
):
    told = {"bank": "나래은행", "number": NEW, "holder": "한빛연대회의", "is_open": True}
    change = ask_change(
        BankAccount.objects.get(), **told, reason="주거래 은행을 바꿉니다", user=UserFactory()
    )
    for name, text in each_text(client, order).items():
        assert (OLD in text, NEW in text) == (True, False), name

    with django_capture_on_commit_callbacks(execute=True):
        approve_change(change, user=UserFactory())

    for name, text in each_text(client, order).items():
        assert (OLD in text, NEW in text) == (False, True), name
