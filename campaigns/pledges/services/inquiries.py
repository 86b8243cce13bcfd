"""선관위 질의: what the election commission was asked, and what it answered."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User

from ..exceptions import CommissionObjectsError, InquiryAnsweredError, InquiryWaitsError
from ..models import CommissionInquiry, Election, ReleaseOverride
from .chain import record_step
from .guards import end_release


@transaction.atomic
def send_inquiry(
    election: Election,
    *,
    office: str,
    question: str,
    sent_on: date,
    reference: str = "",
    user: User,
) -> CommissionInquiry:
    """Write down that the commission was asked. Raises InquiryWaitsError while one is open."""
    try:
        with transaction.atomic():
            inquiry = CommissionInquiry.objects.create(
                election=election,
                office=office,
                question=question,
                reference=reference,
                sent_on=sent_on,
                made_by=user,
                made_at=timezone.now(),
            )
    except IntegrityError as error:
        raise InquiryWaitsError from error
    record_step(
        election,
        "board_inquired",
        str(user.pk),
        {"inquiry": inquiry.pk, "sent_on": sent_on.isoformat()},
    )
    return inquiry


@transaction.atomic
def enter_answer(
    inquiry: CommissionInquiry, *, is_clear: bool, answer: str, answered_on: date, user: User
) -> CommissionInquiry:
    """Write down what the commission answered; if it objects, a public board ends at once.

    Raises InquiryAnsweredError.
    """
    row = CommissionInquiry.objects.select_for_update(of=("self",)).select_related("election")
    inquiry = row.get(pk=inquiry.pk)
    if inquiry.state != CommissionInquiry.State.SENT:
        raise InquiryAnsweredError
    state = CommissionInquiry.State.CLEARED if is_clear else CommissionInquiry.State.OBJECTED
    inquiry.state, inquiry.answer, inquiry.answered_on = state, answer, answered_on
    inquiry.answer_by, inquiry.answer_at = user, timezone.now()
    inquiry.save()
    record_step(
        inquiry.election, "board_answered", str(user.pk), {"inquiry": inquiry.pk, "state": state}
    )
    if not is_clear:
        end_release(inquiry.election, reason=answer[:300], user=user)
    return inquiry


@transaction.atomic
def override_inquiry(
    election: Election, *, officer: str, office: str, reason: str, user: User
) -> ReleaseOverride:
    """A named officer answers for publishing before the commission has spoken.

    Raises CommissionObjectsError where it has spoken against it.
    """
    last = CommissionInquiry.objects.filter(election=election).first()
    if last is not None and last.state == CommissionInquiry.State.OBJECTED:
        raise CommissionObjectsError
    row = ReleaseOverride.objects.create(
        election=election,
        officer=officer,
        office=office,
        reason=reason,
        made_by=user,
        made_at=timezone.now(),
    )
    record_step(election, "board_overridden", str(user.pk), {"override": row.pk})
    return row
