"""Mails to those who are asked. The link and the code are made when the mail is."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from home.dates import korean_deadline
from messaging.emails import render_email
from messaging.registry import Email
from privacy.masking import mask_email

from ..models import (
    ContactPoint,
    Delegation,
    IdentityCheck,
    Invitation,
    PledgeAgreement,
    PledgeRound,
    Respondent,
)
from ..tokens import has_later_end, link_of, mint_code, mint_token

INVITED = "pledges.invited"
REMINDED = "pledges.reminded"
CODE = "pledges.code"
RECEIVED = "pledges.signed"
DELEGATE_NAMED = "pledges.delegate_named"
DELEGATE_SIGNED = "pledges.delegate_signed"
CONTACT_CHANGES = "pledges.contact_changes"
OF_CONTACT = ("respondent__election__round", "respondent__candidacy")
IN_USE = ContactPoint.State.APPROVED


def invite(subject: str) -> Email | None:
    """``subject`` is the invitation's public id. Nothing where it is dead or has no address."""
    invitation = _invitation(subject)
    if invitation is None:
        return None
    return render_email(
        "pledges/emails/invited",
        to=invitation.contact.value,
        context={**_context(invitation), "url": link_of(mint_token(invitation))},
        reason=_why(invitation),
    )


def remind(subject: str) -> Email | None:
    """The same once more, to who has not answered; nothing where they have, or stand no more."""
    invitation = _invitation(subject)
    unanswered = (Invitation.State.SENT, Invitation.State.OPENED, Invitation.State.VERIFIED)
    if invitation is None or invitation.contact is None or invitation.state not in unanswered:
        return None
    if invitation.respondent.standing == Respondent.Standing.LEFT:
        return None
    return render_email(
        "pledges/emails/reminded",
        to=invitation.contact.value,
        context={**_context(invitation), "url": _one_more_link(invitation)},
        reason=_why(invitation),
    )


def send_code(subject: str) -> Email | None:
    """``subject`` is the check's key. Nothing once its time is up or it was passed."""
    check = IdentityCheck.objects.filter(
        pk=int(subject), passed_at=None, expires_at__gt=timezone.now()
    ).first()
    invitation = _invitation(str(check.invitation.public_id)) if check else None
    if check is None or invitation is None:
        return None
    return render_email(
        "pledges/emails/code",
        to=invitation.contact.value,
        context={
            **_context(invitation),
            "code": mint_code(check),
            "signs": check.purpose == IdentityCheck.Purpose.SIGN,
            "withdraws": check.purpose == IdentityCheck.Purpose.WITHDRAW,
            "names_delegate": check.purpose == IdentityCheck.Purpose.DELEGATE,
        },
        reason=_("Somebody asked for this code on the page of the policy demands."),
    )


def send_receipt(subject: str) -> Email | None:
    """To whoever signed; ``subject`` is the agreement's public id."""
    agreement = PledgeAgreement.objects.filter(public_id=subject).first()
    signature = agreement.signatures.exclude(identity_check=None).first() if agreement else None
    check = signature.identity_check if signature else None
    invitation = _invitation(str(check.invitation.public_id)) if check else None
    if agreement is None or invitation is None:
        return None
    return render_email(
        "pledges/emails/signed",
        to=invitation.contact.value,
        context={
            **_context(invitation),
            "agreement": agreement,
            "url": _one_more_link(invitation),
        },
        reason=_("You signed a pledge agreement on our site."),
    )


def tell_delegate_signed(subject: str) -> Email | None:
    """To the address to which we wrote: who signed for them; ``subject`` as of the receipt."""
    agreement = PledgeAgreement.objects.filter(public_id=subject).first()
    signature = agreement.signatures.exclude(identity_check=None).first() if agreement else None
    check = signature.identity_check if signature else None
    delegation = getattr(check.invitation, "delegation", None) if check else None
    invitation = _own_invitation(delegation) if delegation else None
    if invitation is None:
        return None
    assert invitation.contact is not None
    return render_email(
        "pledges/emails/delegate_signed",
        to=invitation.contact.value,
        context={
            **_context(invitation),
            "agreement": agreement,
            "delegation": delegation,
            "url": _one_more_link(invitation),
        },
        reason=_why(invitation),
    )


def tell_delegate_named(subject: str) -> Email | None:
    """To the address to which we wrote: whom somebody there named. ``subject`` is the key."""
    delegation = Delegation.objects.filter(pk=int(subject)).first()
    invitation = _own_invitation(delegation) if delegation else None
    if delegation is None or invitation is None:
        return None
    assert invitation.contact is not None
    return render_email(
        "pledges/emails/delegate_named",
        to=invitation.contact.value,
        context={**_context(invitation), "delegation": delegation},
        reason=_why(invitation),
    )


def tell_contact_changes(subject: str) -> Email | None:
    """To the address in use: another is to take its place. ``subject`` is the new one's key."""
    rows = ContactPoint.objects.filter(pk=int(subject), state=ContactPoint.State.WAITING)
    contact = rows.select_related("replaces", *OF_CONTACT).first()
    before = contact.replaces if contact else None
    if contact is None or before is None or before.state != IN_USE:
        return None
    respondent = contact.respondent
    return render_email(
        "pledges/emails/contact_changes",
        to=before.value,
        context={
            "respondent": respondent,
            "election": respondent.election,
            "round": getattr(respondent.election, "round", None),
            "masked": mask_email(str(contact.value)),
        },
        reason=_("Your address is from: %(source)s. We use it for this election only.")
        % {"source": before.source},
    )


def _one_more_link(invitation: Invitation) -> str:
    """For a mail that comes by itself: who is on the pages at that moment stays there."""
    return link_of(mint_token(invitation, keeps_older=True))


def _own_invitation(delegation: Delegation) -> Invitation | None:
    own = Invitation.objects.filter(
        role=Invitation.Role.SELF, respondent__invitations__delegation=delegation
    )
    living = own.exclude(state__in=Invitation.DEAD).first()
    return _invitation(str(living.public_id)) if living else None


def _invitation(public_id: str) -> Invitation | None:
    rows = Invitation.objects.select_related(
        "contact",
        "respondent__election__round",
        "respondent__candidacy__contest__post__region__parent",
        "respondent__region",
    ).exclude(state__in=Invitation.DEAD)
    invitation = rows.filter(public_id=public_id, contact__kind=ContactPoint.Kind.EMAIL).first()
    if invitation is None or invitation.contact.state != IN_USE:
        return None
    return invitation


def _context(invitation: Invitation) -> dict[str, object]:
    respondent = invitation.respondent
    asked = getattr(respondent.election, "round", None)
    return {
        "respondent": respondent,
        "election": respondent.election,
        "round": asked,
        "is_delegate": invitation.role == Invitation.Role.DELEGATE,
        "until": korean_deadline(_end(invitation, asked)) if asked else "",
    }


def _end(invitation: Invitation, asked: PledgeRound) -> datetime:
    later = has_later_end(invitation, asked)
    return invitation.expires_at if later and invitation.expires_at else asked.answers_until


def _why(invitation: Invitation) -> str:
    """Where the address is from (PIPA art. 20)."""
    assert invitation.contact is not None
    return _("Your address is from: %(source)s. We use it for this election only.") % {
        "source": invitation.contact.source
    }
