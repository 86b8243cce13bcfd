"""The coalition's own accounts: one person asks for a change, another approves it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from accounts.models import User
from evidence.services import record_event
from messaging.services import enqueue

from ..emails import CHANGE_ASKED, CHANGE_DECIDED
from ..exceptions import AccountExistsError, ChangeDecidedError, ChangeWaitsError, OwnChangeError
from ..models import AccountChange, BankAccount

ASK, APPROVE = "payments.add_accountchange", "payments.approve_accountchange"
EVIDENCE_SUBJECT = "bank_account"
Decision = AccountChange.Decision


def ask_change(
    account: BankAccount | None,
    *,
    bank: str,
    number: str,
    holder: str,
    is_open: bool,
    reason: str,
    user: User,
) -> AccountChange:
    """Ask for a new account, or for other words on one; it holds once another person approves.

    Both roles are told by mail. Refuses with ChangeWaitsError, and with AccountExistsError.
    """
    others = BankAccount.objects.exclude(pk=account.pk) if account else BankAccount.objects.all()
    if others.filter(bank=bank, number=number).exists():
        raise AccountExistsError
    try:
        with transaction.atomic():
            change = AccountChange.objects.create(
                account=account,
                bank=bank,
                number=number,
                holder=holder,
                is_open=is_open,
                reason=reason,
                asked_by=user,
                asked_at=timezone.now(),
            )
            _note(change, "asked", user)
            _tell(CHANGE_ASKED, change)
    except IntegrityError as error:
        raise ChangeWaitsError from error
    return change


@transaction.atomic
def approve_change(change: AccountChange, *, user: User) -> BankAccount:
    """Let a change hold, on every page at once.

    Refuses with OwnChangeError, ChangeDecidedError and AccountExistsError.
    """
    change = _lock_waiting(change)
    if change.asked_by_id == user.pk:
        raise OwnChangeError
    account = change.account or BankAccount()
    if account.number != change.number:
        account.covered_until = account.covered_balance_krw = None
    account.bank, account.number, account.holder = change.bank, change.number, change.holder
    account.is_open, account.changed_at = change.is_open, timezone.now()
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise AccountExistsError from error
    change.account = account
    _decide(change, Decision.APPROVED, user)
    return account


@transaction.atomic
def refuse_change(change: AccountChange, *, user: User) -> AccountChange:
    """Drop a change; also who asked for it may. Refuses with ChangeDecidedError."""
    change = _lock_waiting(change)
    _decide(change, Decision.REFUSED, user)
    return change


def cover(account: BankAccount, until: datetime, balance_krw: int | None = None) -> None:
    """No deposit from before this moment can still turn up; never moves back."""
    later = BankAccount.objects.filter(pk=account.pk)
    if balance_krw is not None:
        older = later.exclude(covered_until__gt=until)
        older.update(covered_balance_krw=balance_krw)
    later.update(covered_until=Greatest(Coalesce(F("covered_until"), until), until))


@transaction.atomic
def confirm_no_deposits(account: BankAccount, until: datetime, *, user: User) -> None:
    """Take a person's word that all deposits until a moment are here."""
    cover(account, until)
    values: dict[str, object] = {"until": until.isoformat()}
    record_event(
        subject_type=EVIDENCE_SUBJECT,
        subject_id=str(account.pk),
        kind="covered",
        actor=str(user.pk),
        values=values,
    )


def _lock_waiting(change: AccountChange) -> AccountChange:
    waiting = AccountChange.objects.select_for_update(of=("self",)).filter(pk=change.pk)
    locked = waiting.filter(decision=Decision.WAITING).select_related("account").first()
    if locked is None:
        raise ChangeDecidedError
    return locked


def _decide(change: AccountChange, decision: str, user: User) -> None:
    change.decision, change.decided_by, change.decided_at = decision, user, timezone.now()
    change.save()
    _note(change, decision, user)
    _tell(CHANGE_DECIDED, change)


def _note(change: AccountChange, kind: str, user: User) -> None:
    values: dict[str, Any] = {
        "change": change.pk,
        "bank": change.bank,
        "number": change.number,
        "holder": change.holder,
        "is_open": change.is_open,
        "reason": change.reason,
    }
    subject = f"change-{change.pk}" if change.account_id is None else str(change.account_id)
    record_event(
        subject_type=EVIDENCE_SUBJECT,
        subject_id=subject,
        kind=kind,
        actor=str(user.pk),
        values=values,
    )


def _tell(purpose: str, change: AccountChange) -> None:
    """Each of both roles, once, so that a change nobody asked for is seen."""
    for user in told_of_changes():
        enqueue(purpose, f"{change.pk}:{user.pk}")


def told_of_changes() -> list[User]:
    """Who may ask for a change, and who may approve one."""
    staff = User.objects.filter(is_active=True).order_by("pk")
    return [user for user in staff if user.has_perm(ASK) or user.has_perm(APPROVE)]
