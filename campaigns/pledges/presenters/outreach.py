"""Who was reached and how far they are, in words for staff; contacts are masked."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from home.dates import korean_date
from privacy.masking import mask_email

from ..models import ContactPoint, Invitation, Respondent

SHOWN_DIGITS = 4


class ContactPresenter:
    """A contact as staff see it: enough to tell it from others, not enough to use it."""

    def __init__(self, contact):
        self.contact = contact

    @property
    def masked(self):
        value = str(self.contact.value)
        if self.contact.kind == ContactPoint.Kind.EMAIL:
            return mask_email(value)
        if self.contact.kind == ContactPoint.Kind.PHONE:
            return f"•••-{value[-SHOWN_DIGITS:]}"
        return value

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
        rows = rows.annotate(
            contact_count=Count(
                "contacts", filter=~Q(contacts__state__in=["refused", "stopped"]), distinct=True
            )
        )
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
