"""What organisations ask for before they pay: copy of the bank book, certificate of the number.

Approved by a second person, as the account itself is. A copy whose account has changed since is
not given out any more.
"""

from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from evidence.services import record_event

from ..exceptions import OwnPaperError, PaperDecidedError, PaperWaitsError
from ..gateways.paper_files import as_pdf
from ..models import BankAccount, OfficePaper

EVIDENCE_SUBJECT = "office_paper"
Decision, Kind = OfficePaper.Decision, OfficePaper.Kind


def send_in_paper(
    kind: str, *, account: BankAccount | None, content: bytes, user: User
) -> OfficePaper:
    """Keep a paper until another person approves it.

    Refuses with PaperUnreadableError, and with PaperWaitsError.
    """
    made = as_pdf(content)
    try:
        with transaction.atomic():
            paper = OfficePaper.objects.create(
                kind=kind,
                account=account,
                account_said=str(account or ""),
                content=made,
                digest=sha256(made).hexdigest(),
                asked_by=user,
                asked_at=timezone.now(),
            )
            _note(paper, "asked", user)
    except IntegrityError as error:
        raise PaperWaitsError from error
    return paper


@transaction.atomic
def approve_paper(paper: OfficePaper, *, user: User) -> OfficePaper:
    """Give a paper out from now on, and the one before no more.

    Refuses with OwnPaperError, and with PaperDecidedError.
    """
    paper = _lock_waiting(paper)
    if paper.asked_by_id == user.pk:
        raise OwnPaperError
    given_out = OfficePaper.objects.filter(kind=paper.kind, account=paper.account)
    given_out.filter(decision=Decision.APPROVED).delete()
    paper.decision, paper.decided_by, paper.decided_at = Decision.APPROVED, user, timezone.now()
    paper.save(update_fields=["decision", "decided_by", "decided_at"])
    _note(paper, "approved", user)
    return paper


@transaction.atomic
def remove_paper(paper: OfficePaper, *, user: User) -> None:
    """Refuse one that waits, or give one out no more. Refuses with PaperDecidedError."""
    locked = OfficePaper.objects.select_for_update().filter(pk=paper.pk).first()
    if locked is None:
        raise PaperDecidedError
    _note(locked, "removed", user)
    locked.delete()


def papers_for(account: BankAccount | None) -> list[str]:
    """The kinds of papers that can be given to who pays into this account; one query."""
    rows = _given_out().filter(_of(account)).without_content()
    return [row.kind for row in rows.order_by("kind") if not row.is_outdated]


def find_office_paper(kind: str, account: BankAccount | None) -> bytes | None:
    """The paper as PDF, if it is given out."""
    paper = _given_out().filter(_of(account), kind=kind).first()
    return None if paper is None or paper.is_outdated else bytes(paper.content)


def all_papers() -> list[OfficePaper]:
    """For staff: those given out and those that wait."""
    rows = OfficePaper.objects.without_content().select_related("account", "asked_by", "decided_by")
    return list(rows.order_by("kind", "account", "decision"))


def _given_out() -> Any:
    return OfficePaper.objects.select_related("account").filter(decision=Decision.APPROVED)


def _of(account: BankAccount | None) -> Any:
    own = Q(kind=Kind.NUMBER)
    return own | Q(kind=Kind.BANKBOOK, account=account) if account else own


def _lock_waiting(paper: OfficePaper) -> OfficePaper:
    waiting = OfficePaper.objects.select_for_update(of=("self",)).filter(decision=Decision.WAITING)
    locked = waiting.filter(pk=paper.pk).first()
    if locked is None:
        raise PaperDecidedError
    return locked


def _note(paper: OfficePaper, kind: str, user: User) -> None:
    subject = f"{paper.kind}-{paper.account_id}" if paper.account_id else str(paper.kind)
    record_event(
        subject_type=EVIDENCE_SUBJECT,
        subject_id=subject,
        kind=kind,
        actor=str(user.pk),
        values={"digest": paper.digest, "account": paper.account_said},
    )
