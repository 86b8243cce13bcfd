"""What tells of a person besides the row itself, and goes when the person leaves."""

from collections.abc import Sequence

from evidence.services import erase_payloads
from messaging.services import forget_finished, subjects_with_news
from privacy.models import ConsentDefinition
from privacy.services import forget_subject
from privacy.tokens import revoke_tokens

from ..emails import CONFIRM_TOKEN, CONTINUE_TOKEN, DENY_TOKEN, SIGNER_TOKEN, attempt_subject
from ..models import Invitation, Signature
from .rows import EVIDENCE_SUBJECT

LINKS = (CONFIRM_TOKEN, SIGNER_TOKEN, DENY_TOKEN, CONTINUE_TOKEN)


def forget_traces(
    rows: Sequence[Signature], *, kept_link: str = "", keep_news: bool = False
) -> None:
    """Withdraw the consents, erase what staff gave as reasons, and end the links in mails.

    ``kept_link`` is the secret of the page on which the person leaves: it may be loaded again.
    With ``keep_news`` the consent to news stands for those who get it: it has its own period.
    """
    subjects = [row.public_id for row in rows]
    with_news = subjects_with_news(subjects) if keep_news else set()
    forget_subject(*(subject for subject in subjects if subject not in with_news))
    forget_subject(*with_news, keep_kind=ConsentDefinition.Kind.NEWS)
    Invitation.objects.filter(signature__in=rows).update(signature=None)
    erase_payloads(EVIDENCE_SUBJECT, *(str(row.public_id) for row in rows))
    end_links(rows, kept_link=kept_link)


def end_links(rows: Sequence[Signature], *, kept_link: str = "") -> None:
    """Make every link in earlier mails to these people worthless but ``kept_link``."""
    subjects = [str(row.public_id) for row in rows]
    for purpose in LINKS:
        revoke_tokens(purpose, *subjects, keep=kept_link)


def forget_mails(rows: Sequence[Signature]) -> None:
    """Delete what the outbox keeps of settled mails to these people. Before a row is emptied."""
    subjects = [str(row.public_id) for row in rows]
    subjects += [
        attempt_subject(row.petition_id, bytes(row.email_index))
        for row in rows
        if row.email_index is not None
    ]
    forget_finished(*subjects)
