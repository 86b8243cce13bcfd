import uuid
from datetime import timedelta

import factory
from django.utils import timezone

from payments.models import (
    AccountChange,
    BankAccount,
    Deposit,
    LedgerEntry,
    Match,
    Payment,
    Refund,
    StatementImport,
)
from payments.registry import Payer, Purpose
from payments.services import draft_payment
from payments.services.ledger import Account, Booking, What, book

from .accounts import UserFactory

PURPOSE = "tests.thing"


class Things:
    """Something that is paid for, without tables: which are had, and whether more can be."""

    def __init__(self):
        self.settled, self.lapsed = set(), set()
        self.refunds = []
        self.payers = {}
        self.is_full = False
        self.given_up = set()

    def settle(self, subject):
        if self.is_full:
            return False
        self.settled.add(subject)
        return True

    def unsettle(self, subject):
        self.settled.discard(subject)
        return subject not in self.given_up

    def name(self, payment, *names, **words):
        """Say who pays."""
        reference = f"R{str(payment.subject)[:6].upper()}"
        subject = str(payment.subject)
        self.payers[subject] = Payer(reference=reference, title="토론회", names=names, **words)

    def purpose(self, name=PURPOSE):
        return Purpose(
            name=name,
            label="토론회 신청",
            payers=lambda subjects: {s: self.payers[s] for s in subjects if s in self.payers},
            settle=self.settle,
            unsettle=self.unsettle,
            lapse=self.lapsed.add,
            refunded=lambda _subject, refund: self.refunds.append(refund),
        )


class BankAccountFactory(factory.django.DjangoModelFactory):
    """One of the coalition's accounts; nothing of it was imported."""

    bank = "국민은행"
    number = factory.Sequence(lambda n: f"123456-04-{n:06d}")
    holder = "한빛연대회의"
    changed_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=90))

    class Meta:
        model = BankAccount


class AccountChangeFactory(factory.django.DjangoModelFactory):
    """A new account that somebody asks for."""

    bank = "신한은행"
    number = factory.Sequence(lambda n: f"110-123-{n:06d}")
    holder = "한빛연대회의"
    reason = "주거래 은행을 바꿉니다"
    asked_by = factory.SubFactory(UserFactory)
    asked_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = AccountChange


class PaymentFactory(factory.django.DjangoModelFactory):
    """20,000 won that wait for their deposit, booked as they are in life."""

    purpose = PURPOSE
    subject = factory.LazyFunction(uuid.uuid4)
    amount_krw = 20_000
    account = factory.SubFactory(BankAccountFactory)
    due_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=3))
    depositor_name = "토론회홍길동"

    class Meta:
        model = Payment

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        payment, *entries = draft_payment(**kwargs)
        payment.save(force_insert=True)
        LedgerEntry.objects.bulk_create(entries)
        return payment


class StatementImportFactory(factory.django.DjangoModelFactory):
    """A file that waits to be read."""

    account = factory.SubFactory(BankAccountFactory)
    file_name = "거래내역.csv"
    asked_by = factory.SubFactory(UserFactory)
    asked_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = StatementImport


class DepositFactory(factory.django.DjangoModelFactory):
    """20,000 won that arrived and belong to nothing yet, booked as the import books them."""

    account = factory.SubFactory(BankAccountFactory)
    identity = factory.Sequence(lambda n: f"{n:064d}")
    occurred_at = factory.LazyFunction(timezone.now)
    amount_krw = 20_000
    name = "토론회홍길동"
    branch = "국민"

    class Meta:
        model = Deposit

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        deposit = super()._create(model_class, *args, **kwargs)
        arrived = What.DEPOSIT, Account.BANK, Account.UNASSIGNED
        day = timezone.localdate(deposit.occurred_at)
        book([Booking(*arrived, deposit.amount_krw, id=deposit.public_id, day=day)])
        return deposit


class MatchFactory(factory.django.DjangoModelFactory):
    """Only the row. Services match."""

    deposit = factory.SubFactory(DepositFactory)
    payment = factory.SubFactory(PaymentFactory)
    amount_krw = 20_000
    source = Match.Source.RULE
    reason = "name_amount"
    matched_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Match


class RefundFactory(factory.django.DjangoModelFactory):
    """Only the row. Services ask for refunds."""

    payment = factory.SubFactory(PaymentFactory)
    amount_krw = 10_000
    reason = "참가 취소"
    bank, account_number, account_holder = "농협은행", "301-0000-1111-21", "홍길동"
    asked_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Refund


def balances(**of):
    """What stands in each account of the ledger that is not empty; every booking adds up."""
    sums, bookings = {}, {}
    for entry in LedgerEntry.objects.filter(**of):
        sums[entry.account] = sums.get(entry.account, 0) + entry.amount_krw
        bookings[entry.booking] = bookings.get(entry.booking, 0) + entry.amount_krw
    assert not any(bookings.values())
    return {account: total for account, total in sums.items() if total}
