"""Who was reached and how far they are, in words for staff; contacts are masked."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from home.dates import korean_date, korean_moment
from privacy.masking import mask_email

from ..models import ContactPoint, Invitation, Respondent
from ..services.contacts import WAIT

SHOWN_DIGITS = 4


def masked(contact):
    value = str(contact.value)
    if contact.kind == ContactPoint.Kind.EMAIL:
        return mask_email(value)
    if contact.kind == ContactPoint.Kind.PHONE:
        return f"•••-{value[-SHOWN_DIGITS:]}"
    return value


class ContactPresenter:
    """A contact as staff see it: enough to tell it from others, not enough to use it."""

    def __init__(self, contact, user):
        self.contact = contact
        self.user = user

    @property
    def masked(self):
        return masked(self.contact)

    @property
    def replaced(self):
        """The address whose place it is to take."""
        return masked(self.contact.replaces) if self.contact.replaces else ""

    @property
    def decided_from(self):
        """When another person can decide about a change that somebody proposed."""
        at = self.contact.proposed_at
        return korean_moment(at + WAIT) if at else ""

    @property
    def may_accept(self):
        """Whoever proposed a change can still take it back, and does not accept it."""
        return self.waits and self.contact.proposed_by_id != self.user.pk

    @property
    def waits(self):
        return self.contact.state == ContactPoint.State.WAITING


@dataclass(frozen=True)
class Line:
    respondent: Respondent
    post: str
    party: str
    contacts: int
    invitation: Invitation | None

    @property
    def step(self):
        """How far the invitation is."""
        return self.invitation.get_state_display() if self.invitation else ""


class FunnelPresenter:
    """The respondents by how far they are. Numbers for the office only; the public gets none."""

    def __init__(self, rows, state):
        self.all_rows = rows
        self.state = state if state in Respondent.Standing.values else ""

    @property
    def rows(self):
        rows = self.all_rows.filter(standing=self.state) if self.state else self.all_rows
        # Asked row by row: joined, a planner that has not counted yet after a list takes minutes.
        theirs = ContactPoint.objects.filter(respondent=OuterRef("pk")).exclude(
            state__in=["refused", "stopped"]
        )
        counted = theirs.order_by().values("respondent").annotate(number=Count("pk"))
        rows = rows.annotate(contact_count=Coalesce(Subquery(counted.values("number")), 0))
        return rows.order_by("contact_count", "pk")

    @property
    def steps(self):
        """Each label with how many stand there, in the order of the way."""
        counted = dict(
            self.all_rows.order_by().values_list("standing").annotate(number=Count("pk"))
        )
        return [
            (value, label, counted.get(value, 0)) for value, label in Respondent.Standing.choices
        ]

    def lines(self, rows):
        rows = list(rows)
        invitations = {}
        newest = Invitation.objects.filter(respondent__in=rows).order_by("pk")
        for invitation in newest:
            invitations[invitation.respondent_id] = invitation
        return [
            Line(
                respondent=row,
                post=str(row.candidacy.contest.post) if row.candidacy else _("Party or camp"),
                party=row.candidacy.party if row.candidacy else row.party_name,
                contacts=row.contact_count,
                invitation=invitations.get(row.pk),
            )
            for row in rows
        ]

    @staticmethod
    def since(row):
        return korean_date(row.standing_on)
