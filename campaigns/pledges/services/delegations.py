"""위임 확인: a power of attorney is looked at by two members of staff."""

from django.db import transaction

from accounts.models import User

from ..exceptions import AgreementGoneError, TwoPeopleError
from ..models import Delegation
from .chain import record_step_of


@transaction.atomic
def check_delegation(delegation: Delegation, *, user: User) -> Delegation:
    """Say that the document gives the delegate this right; the second person makes it count.

    Raises TwoPeopleError for the first person again, AgreementGoneError where nothing is to check.
    """
    rows = Delegation.objects.select_for_update(of=("self",))
    row = rows.select_related("invitation__respondent__election").get(pk=delegation.pk)
    if row.proof != Delegation.Proof.DOCUMENT or not row.document_sha256 or row.is_proved:
        raise AgreementGoneError
    if row.first_check_by_id == user.pk:
        raise TwoPeopleError
    if row.first_check_by_id is None:
        row.first_check_by = user
    else:
        row.second_check_by = user
    row.save(update_fields=["first_check_by", "second_check_by"])
    if row.is_proved:
        values = {
            "invitation": str(row.invitation.public_id),
            "proof": row.proof,
            "sha256": row.document_sha256,
            "first": row.first_check_by_id,
        }
        record_step_of(row.invitation.respondent, "delegation_proved", str(user.pk), values)
    return row
