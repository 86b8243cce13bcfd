import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from payments import forms
from payments.models import StatementImport
from tests.factories.payments import BankAccountFactory, StatementImportFactory
from tests.site.payments.kb import kb_file

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def account(db):
    return BankAccountFactory()


def upload(desk, account, content, name="거래내역_11월.csv"):
    file = SimpleUploadedFile(name, content)
    return desk.post(reverse("payments_statements"), {"account": account.pk, "file": file})


def test_a_file_is_sent_in_and_read_by_the_worker(
    desk, things, account, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(desk, account, kb_file(account, ("김철수", 20_000)))

    job = StatementImport.objects.get()
    url = reverse("payments_statement", args=[job.public_id])
    assert answer.headers["Location"] == url
    assert (job.state, job.new_rows) == ("done", 1)
    done = desk.get(url)
    assert "Refresh" not in done.headers
    assert reverse("payments_reconcile") in done.content.decode()
    assert "거래내역_11월.csv" in desk.get(reverse("payments_statements")).content.decode()


def test_a_file_that_is_being_read_shows_how_far_it_is(desk, account):
    job = StatementImportFactory(account=account, state="running", rows=2000)

    answer = desk.get(reverse("payments_statement", args=[job.public_id]))

    assert answer.headers["Refresh"] == "3"
    assert "2000" in answer.content.decode()


@pytest.mark.parametrize("content", [b"", b"x" * 2000])
def test_a_file_that_is_empty_or_too_large_is_refused(desk, account, content, monkeypatch):
    monkeypatch.setattr(forms, "FILE_BYTES", 1000)

    answer = upload(desk, account, content)

    assert answer.status_code == 422
    assert not StatementImport.objects.exists()


def test_no_file_is_no_import(desk, account):
    answer = desk.post(reverse("payments_statements"), {"account": account.pk})

    assert answer.status_code == 422


def test_who_may_only_look_sends_nothing_in(client, director, account):
    client.force_login(director)

    assert upload(client, account, b"x").status_code == 200
    assert not StatementImport.objects.exists()


def test_lines_that_were_not_read_are_shown_with_what_to_do(desk, account):
    job = StatementImportFactory(
        account=account,
        state="done",
        problems=[
            {"line": 7, "column": "입금액", "code": "amount"},
            {"line": 9, "column": "", "code": "reversal"},
        ],
        gaps=[
            {"line": 8, "expected_krw": 120_000, "printed_krw": 150_000},
            {"line": 5, "code": "hole"},
        ],
    )

    page = desk.get(reverse("payments_statement", args=[job.public_id])).content.decode()

    assert "입금액" in page
    assert "120,000" in page
    for line in (5, 7, 8, 9):
        assert f'<td class="ledger__number">{line}</td>' in page
    assert job.lines_to_see == 4


def test_without_an_account_there_is_nothing_to_send(desk):
    page = desk.get(reverse("payments_statements")).content.decode()

    assert reverse("payments_accounts") in page
    assert 'type="file"' not in page


def test_a_failure_says_why(desk, account):
    job = StatementImportFactory(
        account=account, state="failed", failure="모르는 은행의 파일입니다."
    )

    page = desk.get(reverse("payments_statement", args=[job.public_id])).content.decode()

    assert "모르는 은행의 파일입니다." in page
