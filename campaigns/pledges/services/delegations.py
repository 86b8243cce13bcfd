"""위임: a respondent names who answers and signs for them, and by what right.

A power of attorney is looked at by two members of staff; or the address to which we wrote confirms
the delegate with a code. Until then the delegate can answer, and not sign.
"""

import base64
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from messaging.services import enqueue
from payments.exceptions import PaperUnreadableError
from payments.gateways.paper_files import as_pdf

from ..emails import DELEGATE_NAMED, INVITED
from ..exceptions import (
    AgreementGoneError,
    ContactRefusedError,
    DelegateNamedError,
    DocumentUnreadableError,
    IdentityStaleError,
    TwoPeopleError,
)
from ..models import (
    ContactPoint,
    Delegation,
    IdentityCheck,
    Invitation,
    PowerOfAttorney,
    Respondent,
)
from ..tokens import revoke_invitation
from .chain import RESPONDENT, record_step_of
from .contacts import contact_index

EMAIL = ContactPoint.Kind.EMAIL
USABLE = (ContactPoint.State.APPROVED, ContactPoint.State.WAITING)
Proof = Delegation.Proof


@dataclass(frozen=True)
class Named:
    """Who is to answer, and where they read mail; ``document`` is a power of attorney, if any."""

    name: str
    title: str
    email: str
    document: bytes = b""


def delegation_of(respondent: Respondent) -> Delegation | None:
    """The delegate who can answer now."""
    rows = Delegation.objects.filter(invitation__respondent=respondent)
    living = rows.exclude(invitation__state__in=Invitation.DEAD)
    return living.select_related("invitation__contact").order_by("-pk").first()


@transaction.atomic
def name_delegate(invitation: Invitation, named: Named) -> Delegation:
    """Invite the delegate by a link of their own, and tell the address to which we wrote.

    Raises DelegateNamedError where there is one, ContactRefusedError for an address that wants no
    mail, DocumentUnreadableError for a document that is neither a whole PDF nor a picture.
    """
    pdf = _readable(named.document)
    respondent = Respondent.objects.select_for_update(of=("self",)).get(pk=invitation.respondent_id)
    if delegation_of(respondent) is not None:
        raise DelegateNamedError
    theirs = _invite(invitation, _contact(respondent, named))
    delegation = Delegation.objects.create(
        invitation=theirs,
        name=named.name,
        title=named.title,
        proof=Proof.DOCUMENT if pdf else Proof.OWN_ADDRESS,
        document_sha256=sha256(pdf).hexdigest() if pdf else "",
    )
    if pdf:
        content = base64.b64encode(pdf).decode()
        PowerOfAttorney.objects.create(delegation=delegation, content=content)
    said = {
        "invitation": str(theirs.public_id),
        "proof": delegation.proof,
        "sha256": delegation.document_sha256,
    }
    record_step_of(respondent, "delegate_named", RESPONDENT, said)
    enqueue(INVITED, str(theirs.public_id))
    enqueue(DELEGATE_NAMED, str(delegation.pk))
    return delegation


def _readable(document: bytes) -> bytes:
    try:
        return as_pdf(document) if document else b""
    except PaperUnreadableError as error:
        raise DocumentUnreadableError from error


def _contact(respondent: Respondent, named: Named) -> ContactPoint:
    now = timezone.now()
    row, _is_new = ContactPoint.objects.get_or_create(
        respondent=respondent,
        kind=EMAIL,
        value_index=contact_index(EMAIL, named.email),
        defaults={
            "value": named.email,
            "holder": named.name,
            "source": _("Named on our page as delegate, from the address we wrote to"),
            "state": ContactPoint.State.APPROVED,
            "entered_at": now,
            "checked_at": now,
        },
    )
    waits = row.state == ContactPoint.State.WAITING
    if row.state not in USABLE or (waits and row.replaces_id):
        raise ContactRefusedError
    if waits:
        row.state, row.checked_at = ContactPoint.State.APPROVED, now
        row.save(update_fields=["state", "checked_at"])
    return row


def _invite(invitation: Invitation, contact: ContactPoint) -> Invitation:
    """With the same last moment as the one who names them."""
    now = timezone.now()
    return Invitation.objects.create(
        respondent_id=invitation.respondent_id,
        role=Invitation.Role.DELEGATE,
        channel=Invitation.Channel.MAIL,
        contact=contact,
        state=Invitation.State.SENT,
        invited_at=now,
        expires_at=invitation.expires_at,
        made_at=now,
    )


@transaction.atomic
def confirm_delegate(delegation: Delegation, check: IdentityCheck) -> Delegation:
    """The address to which we wrote says that the delegate may sign. Safe to call twice.

    Raises IdentityStaleError for a check that is not a code for this act, typed by that address.
    """
    rows = Delegation.objects.select_for_update(of=("self",))
    row = rows.select_related("invitation__respondent__election").get(pk=delegation.pk)
    asked = check.invitation
    is_theirs = asked.respondent_id == row.invitation.respondent_id
    is_own = asked.role == Invitation.Role.SELF and is_theirs
    is_for_this = check.purpose == IdentityCheck.Purpose.DELEGATE and check.passed_at is not None
    if not is_own or not is_for_this:
        raise IdentityStaleError
    if row.proof == Proof.OWN_ADDRESS and row.confirmed_at is None:
        row.confirmed_at = timezone.now()
        row.save(update_fields=["confirmed_at"])
        said = {"invitation": str(row.invitation.public_id), "proof": row.proof}
        record_step_of(row.invitation.respondent, "delegation_proved", RESPONDENT, said)
    return row


@transaction.atomic
def end_delegation(respondent: Respondent) -> None:
    """The delegate's link leads nowhere from now on; what they signed stands. Safe twice."""
    living = Invitation.objects.filter(respondent=respondent, role=Invitation.Role.DELEGATE)
    living = living.exclude(state__in=Invitation.DEAD).select_for_update()
    for invitation in living:
        invitation.state = Invitation.State.REVOKED
        invitation.save(update_fields=["state"])
        revoke_invitation(invitation)
        said = {"invitation": str(invitation.public_id)}
        record_step_of(respondent, "invitation_revoked", RESPONDENT, said)


@transaction.atomic
def check_delegation(delegation: Delegation, *, user: User) -> Delegation:
    """Say that the document gives the delegate this right; the second person makes it count.

    Raises TwoPeopleError for the first person again, AgreementGoneError where nothing is to check.
    """
    rows = Delegation.objects.select_for_update(of=("self",))
    row = rows.select_related("invitation__respondent__election").get(pk=delegation.pk)
    if row.proof != Proof.DOCUMENT or not row.document_sha256 or row.is_proved:
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


def document_of(delegation: Delegation) -> bytes:
    """The power of attorney as a PDF; empty where there is none."""
    rows = PowerOfAttorney.objects.filter(delegation=delegation)
    return base64.b64decode(rows.values_list("content", flat=True).first() or "")
