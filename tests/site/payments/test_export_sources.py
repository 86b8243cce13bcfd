"""The accountant's files: the same sums as the screen, to the won, and nobody's name."""

import csv
import io

import pytest
from django.urls import reverse

from accounts.defaults import ADMINISTRATOR, AUDITOR, DIRECTOR
from exports.models import ExportJob
from exports.registry import source_named, sources_for
from exports.services import run_export
from exports.services.fetch import fetch_file
from payments.apps import TREASURER
from payments.models import LedgerEntry
from payments.services.figures import FIGURES, Scope, sums_of, total_of, trial_balance
from privacy.models import AccessAction, AccessEntry
from tests.factories.accounts import UserFactory
from tests.factories.books import date_back, fill_books, last_month
from tests.factories.exports import ExportJobFactory
from tests.factories.payments import PaymentFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def keeper(db):
    return UserFactory(role=TREASURER)


@pytest.fixture
def month(things, treasurer):
    """Last month is full, and something happened this month too."""
    things.name(fill_books(treasurer), "남궁민수")
    date_back()
    PaymentFactory()
    return {"month": f"{last_month():%Y-%m}"}


def lines(name, options, user):
    return [record.cells for record in source_named(name).records(options, user)]


def test_the_journal_has_each_booking_once_with_both_accounts(month, keeper):
    journal = lines("payments.journal", month, keeper)

    bookings = Scope(last_month()).entries().values("booking").distinct()
    assert len(journal) == bookings.count() == source_named("payments.journal").count(month, keeper)
    assert {len(line) for line in journal} == {len(source_named("payments.journal").columns(month))}
    assert {line[0] for line in journal} == {f"{last_month():%Y-%m}-10"}
    cash = next(line for line in journal if line[3] == "현금")
    assert (cash[4], cash[5], cash[9]) == ("미수금", "20000", "현금")


@pytest.mark.parametrize("chosen", ["month", "all"])
def test_journal_summary_and_screen_add_up_to_the_same(month, keeper, chosen):
    options = month if chosen == "month" else {"month": "all"}
    scope = Scope(last_month()) if chosen == "month" else Scope()
    closing = {line.label: line.debit_krw - line.credit_krw for line in trial_balance(scope)}
    sums = sums_of(scope.entries())

    added: dict = {}
    for line in lines("payments.journal", options, keeper):
        added[line[3]] = added.get(line[3], 0) + int(line[5])
        added[line[4]] = added.get(line[4], 0) - int(line[5])
    summary = {
        line[2]: int(line[3])
        for line in lines("payments.months", options, keeper)
        if line[1] == "항목별 합계"
    }

    assert {label: total for label, total in added.items() if total} == {
        label: total for label, total in closing.items() if total
    }
    shown = [figure for figure in FIGURES if not figure.is_of_cards]
    assert summary == {str(figure.label): total_of(figure, sums) for figure in shown}


def test_what_stands_in_the_accounts_ends_the_summary(month, keeper):
    ends = [line for line in lines("payments.months", month, keeper) if line[1] == "시산표"]

    assert sum(int(line[3]) for line in ends) == 0
    assert source_named("payments.months").count(month, keeper) == len(
        lines("payments.months", month, keeper)
    )


def test_long_journals_are_read_in_batches(month, keeper, monkeypatch):
    whole = lines("payments.journal", {"month": "all"}, keeper)
    monkeypatch.setattr("payments.export_sources.BATCH", 2)

    assert lines("payments.journal", {"month": "all"}, keeper) == whole


def test_it_leaves_through_the_one_job_and_is_on_record(
    client, month, keeper, django_capture_on_commit_callbacks
):
    client.force_login(keeper)
    url = reverse("exports:start", args=["payments.journal"])
    assert client.get(url, month).status_code == 200
    reason = {"format": "csv", "purpose": "report", "reason": "회계사에게 넘길 분개장"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {**month, **reason})

    job = ExportJob.objects.get()
    assert job.state == ExportJob.State.DONE
    pieces = fetch_file(job, user=keeper, address="192.0.2.7")
    text = b"".join(pieces).decode("utf-8-sig")
    assert "남궁민수" not in text
    assert AccessEntry.objects.filter(action=AccessAction.EXPORT).exists()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == job.total > 5
    assert all(row["금액(원)"].isdigit() for row in rows)


def test_a_workbook_is_made_too(month, keeper):
    job = ExportJobFactory(
        source="payments.months", options=month, format="xlsx", requested_by=keeper
    )
    run_export(job.public_id)

    job.refresh_from_db()
    assert (job.state, job.total) == (
        ExportJob.State.DONE,
        len(lines("payments.months", month, keeper)),
    )


@pytest.mark.parametrize(
    ("role", "may"),
    [(TREASURER, True), (DIRECTOR, False), (ADMINISTRATOR, False), (AUDITOR, False)],
)
def test_it_is_the_treasurers_right(db, role, may):
    names = {source.name for source in sources_for(UserFactory(role=role))}

    assert ({"payments.journal", "payments.months"} <= names) is may


def test_who_lost_the_right_gets_nothing_more(month):
    auditor = UserFactory(role=AUDITOR)

    assert lines("payments.journal", month, auditor) == []
    assert lines("payments.months", month, auditor) == []
    assert LedgerEntry.objects.exists()
