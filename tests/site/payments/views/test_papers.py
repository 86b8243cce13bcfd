"""The treasurer sends in, the director approves; both see what it is before it is given out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from payments import forms
from payments.models import OfficePaper
from tests.browser import StaffClient
from tests.factories.accounts import UserFactory
from tests.factories.payments import BankAccountFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def directors(director):
    browser = StaffClient()
    browser.force_login(director)
    return browser


def sent(**told):
    return {"kind": "number", "account": "", "file": SimpleUploadedFile("a.pdf", PDF), **told}


def test_from_the_scan_to_the_paper_that_is_given_out(desk, press, directors):
    account = BankAccountFactory()
    press("payments_send_in_paper", **sent(kind="bankbook", account=account.pk))
    press("payments_send_in_paper", **sent())
    bankbook, number = OfficePaper.objects.order_by("kind")
    assert (bankbook.account, number.account) == (account, None)
    page = desk.get(reverse("payments_papers")).content.decode()
    assert reverse("payments_approve_paper", args=[number.pk]) not in page

    shown = directors.get(reverse("payments_papers")).content.decode()
    assert reverse("payments_approve_paper", args=[number.pk]) in shown
    file = directors.get(reverse("payments_paper", args=[number.pk]))
    assert (file["Content-Type"], b"".join(file.streaming_content)) == ("application/pdf", PDF)
    assert "no-store" in file["Cache-Control"]
    for _twice in range(2):
        press("payments_approve_paper", number.pk, browser=directors)

    number.refresh_from_db()
    assert number.decision == "approved"
    press("payments_remove_paper", number.pk)
    assert list(OfficePaper.objects.all()) == [bankbook]


def test_who_sent_it_in_approves_nothing_and_who_only_looks_takes_nothing_away(press, director):
    both = UserFactory(administrator=True)
    browser, auditor = StaffClient(), StaffClient()
    browser.force_login(both)
    auditor.force_login(UserFactory(role="감사"))
    press("payments_send_in_paper", browser=browser, **sent())
    paper = OfficePaper.objects.get()

    press("payments_approve_paper", paper.pk, browser=browser)
    press("payments_remove_paper", paper.pk, browser=auditor)

    paper.refresh_from_db()
    assert paper.decision == "waiting"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "bankbook"}, "account"),
        ({"kind": "bankbook", "account": "0"}, "account"),
        ({"file": ""}, "file"),
        ({"file": SimpleUploadedFile("a.pdf", b"MZ")}, "file"),
        ({"file": SimpleUploadedFile("a.pdf", PDF * 100)}, "file"),
    ],
)
def test_what_is_wrong_is_told(desk, wrong, field, monkeypatch):
    monkeypatch.setattr(forms, "PAPER_BYTES", 1000)

    answer = desk.post(reverse("payments_send_in_paper"), sent(**wrong))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not OfficePaper.objects.exists()


def test_a_second_one_waits_until_the_first_is_decided(desk, press):
    press("payments_send_in_paper", **sent())

    answer = desk.post(
        reverse("payments_send_in_paper"), sent(file=SimpleUploadedFile("b.pdf", PDF))
    )

    assert answer.status_code == 422
    assert OfficePaper.objects.count() == 1


def test_nobody_else_gets_at_it(client, press):
    press("payments_send_in_paper", **sent())
    paper = OfficePaper.objects.get()
    client.logout()

    answer = client.get(reverse("payments_paper", args=[paper.pk]))

    assert answer.status_code == 302
    client.force_login(UserFactory(role="편집자"))
    assert client.get(reverse("payments_paper", args=[paper.pk])).status_code == 302
