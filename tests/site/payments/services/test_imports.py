import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from payments.gateways.bank_statements import StatementRow
from payments.models import Deposit, LedgerEntry, Payment, StatementImport
from payments.services.imports import follows, request_import, run_import
from payments.tasks import read_statement
from tests.factories.payments import BankAccountFactory, PaymentFactory, balances
from tests.site.payments.kb import kb_file

pytestmark = pytest.mark.django_db
State = StatementImport.State


@pytest.fixture
def account(db):
    return BankAccountFactory()


@pytest.fixture
def read(treasurer):
    def read(account, content, name="거래내역.csv"):
        job = request_import(account, content=content, file_name=name, user=treasurer)
        read_statement.call(str(job.public_id))
        job.refresh_from_db()
        return job

    return read


@pytest.mark.sqlite_smoke
def test_deposits_of_a_file_are_written_and_matched(things, account, read):
    payment = PaymentFactory(account=account)
    Payment.objects.update(created_at=timezone.now() - timedelta(days=3))
    things.name(payment, "홍길동", words=("토론회",))

    job = read(account, kb_file(account, ("토론회홍길동", 20_000), ("이영희", 50_000)))

    payment.refresh_from_db()
    account.refresh_from_db()
    assert (job.state, job.rows, job.new_rows, job.content) == (State.DONE, 2, 2, None)
    assert (job.problems, job.gaps, job.failure) == ([], [], "")
    assert payment.state == Payment.State.PAID
    assert things.settled == {str(payment.subject)}
    waiting = Deposit.objects.get(state=Deposit.State.OPEN)
    assert (waiting.name, waiting.rest_krw) == ("이영희", 50_000)
    assert account.covered_until == waiting.occurred_at
    assert balances() == {"bank": 70_000, "income": -20_000, "unassigned": -50_000}


def test_own_money_that_came_back_pays_nothing(things, account, read):
    payment = PaymentFactory(account=account)
    Payment.objects.update(created_at=timezone.now() - timedelta(days=3))
    things.name(payment, "홍길동", words=("토론회",))
    printed = kb_file(account, ("홍길동", 20_000)).decode("cp949")

    job = read(account, printed.replace("전자금융", "타행이체취소").encode("cp949"))

    payment.refresh_from_db()
    assert (payment.state, job.new_rows) == (Payment.State.OPEN, 1)
    assert Deposit.objects.get().state == Deposit.State.SET_ASIDE
    assert [problem["code"] for problem in job.problems] == ["reversal"]


@pytest.mark.sqlite_smoke
def test_a_file_that_comes_again_changes_nothing(things, account, read):
    first = timezone.now() - timedelta(days=1)
    deposits = [("김철수", 20_000), ("이영희", 20_000), ("김철수", 20_000)]
    read(account, kb_file(account, *deposits, first=first))
    before = sorted(Deposit.objects.values_list("identity", flat=True)), balances()

    again = read(account, kb_file(account, *deposits, first=first, encoding="utf-8-sig"))
    part = read(
        account,
        kb_file(account, *deposits[1:], first=first + timedelta(minutes=1), balance=1_020_000),
    )

    assert (again.new_rows, part.new_rows, part.state) == (0, 0, State.DONE)
    assert (sorted(Deposit.objects.values_list("identity", flat=True)), balances()) == before
    assert len(before[0]) == 3
    assert LedgerEntry.objects.count() == 6


def test_the_file_of_another_account_is_refused(account, read):
    other = BankAccountFactory()

    job = read(account, kb_file(other, ("김철수", 20_000)))

    assert job.state == State.FAILED
    assert other.number in job.failure
    assert not Deposit.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        "이름,금액\n홍길동,20000\n".encode(),
        b"%PDF-1.7 ...",
        b"PK\x03\x04half",
    ],
)
def test_what_no_bank_wrote_is_refused_in_words(account, read, content):
    job = read(account, content, name="모르는은행.csv")

    assert (job.state, job.content) == (State.FAILED, None)
    assert "모르는은행.csv" in job.failure
    account.refresh_from_db()
    assert account.covered_until is None


def test_half_a_file_is_read_as_far_as_it_goes_and_covers_nothing(things, account, read):
    whole = kb_file(account, ("김철수", 20_000), ("이영희", 20_000), encoding="utf-8")

    job = read(account, whole[:-30])

    account.refresh_from_db()
    assert (job.state, job.new_rows) == (State.DONE, 1)
    assert job.problems
    assert account.covered_until is None


def test_a_file_without_deposits_is_read(account, read):
    job = read(account, kb_file(account, ("카드대금", -30_000)))

    account.refresh_from_db()
    assert (job.state, job.rows, job.new_rows) == (State.DONE, 1, 0)
    assert account.covered_until is not None


def test_a_hole_between_two_files_covers_nothing(things, account, read):
    first = timezone.now() - timedelta(days=9)
    read(account, kb_file(account, ("김철수", 20_000), first=first))
    account.refresh_from_db()
    covered = account.covered_until

    later = {"first": first + timedelta(days=5)}
    hole = read(account, kb_file(account, ("이영희", 20_000), balance=1_500_000, **later))
    account.refresh_from_db()
    assert hole.gaps == [{"line": 6, "code": "hole"}]
    assert account.covered_until == covered

    whole = read(account, kb_file(account, ("박민수", 20_000), balance=1_020_000, **later))
    account.refresh_from_db()
    assert whole.gaps == []
    assert account.covered_until == Deposit.objects.latest("pk").occurred_at


def test_a_hole_within_a_file_is_told_with_its_line(things, account, read):
    printed = kb_file(account, ("김철수", 20_000), ("이영희", 30_000), encoding="utf-8")

    job = read(account, printed.replace(b"1,050,000", b"1,060,000"))

    account.refresh_from_db()
    assert job.gaps == [{"line": 7, "expected_krw": 1_050_000, "printed_krw": 1_060_000}]
    assert (job.state, job.new_rows, account.covered_until) == (State.DONE, 2, None)


def test_a_formula_in_the_memo_is_a_word_like_others(things, account, read):
    job = read(account, kb_file(account, ("=HYPERLINK(0)", 20_000)))

    assert job.state == State.DONE
    assert "HYPERLINK" in Deposit.objects.get().name


def test_nothing_that_waits_or_came_in_can_be_read_in_the_database(
    things, account, read, treasurer
):
    content = kb_file(account, ("남궁민수", 20_000), encoding="utf-8")
    request_import(account, content=content, file_name="거래.csv", user=treasurer)
    read(account, content)

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM payments_statementimport WHERE content IS NOT NULL")
        (waiting,) = cursor.fetchone()
        cursor.execute("SELECT name FROM payments_deposit")
        (name,) = cursor.fetchone()
    assert "남궁민수" not in waiting + name
    assert content[:40].hex() not in waiting
    assert Deposit.objects.get().name == "남궁민수"


def test_what_is_read_is_not_read_again(account, read):
    job = read(account, kb_file(account, ("김철수", 20_000)))

    read_statement.call(str(job.public_id))
    run_import(uuid.uuid4())

    assert Deposit.objects.count() == 1


def test_a_file_may_begin_with_the_newest_row(things, account, read):
    head, _newline, rows = kb_file(
        account, ("김철수", 20_000), ("이영희", 30_000), encoding="utf-8"
    ).partition("구분\n".encode())
    upside_down = b"".join(reversed(rows.splitlines(keepends=True)))

    job = read(account, head + "구분\n".encode() + upside_down)

    account.refresh_from_db()
    assert (job.new_rows, job.problems, job.gaps) == (2, [], [])
    assert (
        account.covered_until
        == Deposit.objects.get(name__isnull=False, amount_krw=30_000).occurred_at
    )
    assert account.covered_balance_krw == 1_050_000


def test_without_a_balance_nothing_tells_of_a_hole(account):
    now = timezone.now()
    account.covered_until, account.covered_balance_krw = now, None
    row = StatementRow(6, now + timedelta(days=1), 1, 0, 1, "", "", "", "transfer", 1)

    assert follows(account, row)
