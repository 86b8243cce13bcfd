"""The ways to a respondent: entered with their source, checked, and changed by two people only.

Who may move the address could answer in another's name. So the old address is told of a change, and
a day later somebody else than who proposed it decides. Who cannot wait so long signs on site.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from messaging.services import enqueue
from privacy.addresses import canonical_email
from privacy.blind_index import blind_index

from ..emails import CONTACT_CHANGES, INVITED
from ..exceptions import ContactDecidedError, ContactTooEarlyError, TwoPeopleError
from ..models import ContactPoint, Invitation, Respondent
from ..tokens import revoke_invitation
from .chain import RESPONDENT, record_step_of

Kind, State = ContactPoint.Kind, ContactPoint.State
WAIT = timedelta(days=1)  # in which whoever reads the old address can object


ANEW = (State.REFUSED, State.REPLACED, State.BOUNCED)
ANEW_BY_CAMP = (State.REPLACED, State.BOUNCED)


@transaction.atomic
def enter_contact(
    respondent: Respondent, *, kind: str, value: str, source: str, user: User | None
) -> ContactPoint:
    """Write a contact down with its source; the same again is the same row.

    What staff enter is in use at once, unless an address is in use already: then it waits for
    another person. What a camp enters itself waits for a call-back. One that was replaced or did
    not arrive can be entered anew, by staff also one that was refused; whose owner wants no more
    stays as it is.
    """
    # Of two who enter one at once, the second finds the first one's in use.
    Respondent.objects.select_for_update(of=("self",), no_key=True).get(pk=respondent.pk)
    before = address_in_use(respondent) if kind == Kind.EMAIL else None
    values = {"value": value, **entered_by(user, source, before)}
    row, is_new = ContactPoint.objects.get_or_create(
        respondent=respondent,
        kind=kind,
        value_index=contact_index(kind, value),
        defaults=values,
    )
    if not is_new and row.state in (ANEW if user else ANEW_BY_CAMP):
        for name, entered in values.items():
            setattr(row, name, entered)
        row.save(update_fields=[*values])
        is_new = True
    if is_new:
        actor = str(user.pk) if user else RESPONDENT
        record_step_of(respondent, "contact_entered", actor, {"kind": kind})
    if is_new and before is not None and user is not None:
        _propose(row, user)
    return row


def entered_by(
    user: User | None, source: str, before: ContactPoint | None, now: datetime | None = None
) -> dict[str, Any]:
    """In which state a contact begins: ``before`` is the address in use that it would replace."""
    now = now or timezone.now()
    in_use_at_once = user is not None and before is None
    return {
        "source": source,
        "state": State.APPROVED if in_use_at_once else State.WAITING,
        "entered_by": user,
        "entered_at": now,
        "checked_by": user if in_use_at_once else None,
        "checked_at": now if in_use_at_once else None,
        "replaces": before,
        "proposed_by": None,
        "proposed_at": None,
    }


def contact_index(kind: str, value: str) -> bytes:
    """By which the same contact is known again, however it is written."""
    plain = canonical_email(value) if kind == Kind.EMAIL else "".join(value.split())
    return blind_index("pledges.contact", plain)


def own_addresses(rows: "QuerySet[ContactPoint]") -> "QuerySet[ContactPoint]":
    """Of these, the mail addresses of respondents themselves: not those of delegates alone."""
    asked = Invitation.objects.filter(contact=OuterRef("pk"))
    delegates = asked.filter(role=Invitation.Role.DELEGATE)
    own = asked.filter(role=Invitation.Role.SELF)
    return rows.filter(kind=Kind.EMAIL).filter(Exists(own) | ~Exists(delegates))


def address_in_use(respondent: Respondent) -> ContactPoint | None:
    """The address whose place another one could only take by two people.

    One that was only stopped counts, too, or one person could stop it and enter another; one whose
    reader said that it is not theirs does not.
    """
    return addresses_in_use([respondent.pk]).get(respondent.pk)


def addresses_in_use(respondents: Collection[int]) -> dict[int, ContactPoint]:
    """The same of many, by their keys; one query."""
    asked = Invitation.objects.filter(contact=OuterRef("pk"))
    not_theirs = asked.filter(state=Invitation.State.WRONG_PERSON)
    rows = own_addresses(ContactPoint.objects.filter(respondent__in=respondents))
    held = rows.filter(Q(state=State.APPROVED) | Q(Q(state=State.STOPPED), ~Exists(not_theirs)))
    # Of several the last one stays: in use rather than stopped, the oldest.
    return {row.respondent_id: row for row in held.order_by("-state", "-pk")}


def _propose(contact: ContactPoint, user: User) -> None:
    contact.proposed_by, contact.proposed_at = user, timezone.now()
    contact.save(update_fields=["proposed_by", "proposed_at", "note"])
    said = {"kind": contact.kind}
    record_step_of(contact.respondent, "contact_change_proposed", str(user.pk), said)
    enqueue(CONTACT_CHANGES, str(contact.pk))


@transaction.atomic
def decide_contact(
    contact: ContactPoint, *, is_theirs: bool, note: str, user: User
) -> ContactPoint:
    """After a call-back: theirs, or not. ``note`` says who was called and how.

    Where an address is in use, the first person only proposes; raises TwoPeopleError for that
    person again, ContactTooEarlyError in the day after, ContactDecidedError where nothing waits.
    """
    rows = ContactPoint.objects.select_for_update(of=("self",)).select_related("replaces")
    contact = rows.get(pk=contact.pk)
    if contact.state != State.WAITING:
        raise ContactDecidedError
    contact.note = note
    if is_theirs and contact.replaces is not None:
        if contact.proposed_by_id is None:
            _propose(contact, user)
            return contact
        _refuse_change(contact, user)
        _replace(contact, contact.replaces, user)
    contact.state = State.APPROVED if is_theirs else State.REFUSED
    contact.checked_by, contact.checked_at = user, timezone.now()
    contact.save(update_fields=["state", "note", "checked_by", "checked_at"])
    kind = "contact_approved" if is_theirs else "contact_refused"
    record_step_of(contact.respondent, kind, str(user.pk), {"kind": contact.kind})
    return contact


def _refuse_change(contact: ContactPoint, user: User) -> None:
    if contact.proposed_by_id == user.pk:
        raise TwoPeopleError
    if contact.proposed_at is None or timezone.now() < contact.proposed_at + WAIT:
        raise ContactTooEarlyError


def _replace(contact: ContactPoint, before: ContactPoint, user: User) -> None:
    """The old address is in use no more, its links are dead, a new one goes to the new address."""
    before.state, before.checked_at = State.REPLACED, timezone.now()
    before.save(update_fields=["state", "checked_at"])
    living = Invitation.objects.filter(contact=before).exclude(state__in=Invitation.DEAD)
    for invitation in living.select_for_update():
        invitation.contact = contact
        invitation.save(update_fields=["contact"])
        revoke_invitation(invitation)
        enqueue(INVITED, str(invitation.public_id))
    said = {"kind": contact.kind, "proposed_by": contact.proposed_by_id}
    record_step_of(contact.respondent, "contact_changed", str(user.pk), said)
