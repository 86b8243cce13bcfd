"""What a respondent reads while answering, put into words."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from home.dates import korean_deadline, korean_time

from ..models import (
    AgreementSignature,
    Delegation,
    Demand,
    DemandAnswer,
    Invitation,
    PledgeAgreement,
    PublicNote,
    Respondent,
    Response,
)
from ..services.answers import answers_by_demand, versions_of
from ..services.demands import demands_asked, label_of
from ..services.signing import least_accepted
from ..tokens import has_later_end

Choice = DemandAnswer.Choice


@dataclass(frozen=True)
class DemandCard:
    """A demand at its place among all, with what was answered."""

    demand: Demand
    label: str
    place: int
    answer: DemandAnswer | None

    @property
    def choice(self):
        return self.answer.choice if self.answer else ""

    @property
    def choice_label(self):
        return self.answer.get_choice_display() if self.answer else _("Not answered yet")

    @property
    def comment(self):
        return (self.answer.comment or "") if self.answer else ""

    @property
    def saved_at(self):
        return korean_time(self.answer.answered_at, spoken=True) if self.answer else ""

    @property
    def facts(self):
        """Goal, steps, until when and funding, where the demand names them."""
        row = self.demand
        named = (
            (_("Goal"), row.target),
            (_("Steps"), row.steps),
            (_("Until when"), row.deadline),
            (_("Funding"), row.funding),
        )
        return [(name, value) for name, value in named if value]


class InvitationPresenter:
    """An invitation, as its page shows it."""

    def __init__(self, invitation, now=None):
        self.invitation = invitation
        self.respondent = invitation.respondent
        self.election = self.respondent.election
        self.round = getattr(self.election, "round", None)
        self.now = now or timezone.now()

    @cached_property
    def response(self):
        response = Response.objects.filter(respondent=self.respondent).first()
        if response is not None:
            response.respondent = self.respondent
        return response

    @cached_property
    def agreement(self):
        """The newest one; none while the answers are open again for another."""
        if self.is_reopened and self.is_open:
            return None
        rows = PledgeAgreement.objects.filter(respondent=self.respondent)
        return rows.order_by("-signed_at").first()

    @property
    def is_reopened(self):
        """Staff let this respondent answer once more."""
        return self.response is not None and self.response.state == Response.State.REOPENED

    @property
    def is_in(self):
        """Whether something was handed in: answers, or that they sign nothing."""
        return self.response is not None and self.response.state not in Response.OPEN

    @property
    def withdrawals(self):
        """What the public reads of agreements that were taken back, the newest first."""
        notes = self.respondent.notes.filter(kind=PublicNote.Kind.WITHDRAWAL)
        return notes.select_related("agreement")

    @cached_property
    def delegation(self):
        """By what right the holder of this link answers for another."""
        if self.invitation.role != Invitation.Role.DELEGATE:
            return None
        return Delegation.objects.filter(invitation=self.invitation).first()

    @property
    def waits_for_proof(self):
        is_delegate = self.invitation.role == Invitation.Role.DELEGATE
        return is_delegate and not (self.delegation and self.delegation.is_proved)

    @property
    def has_living_agreement(self):
        return self.agreement is not None and self.agreement.state in PledgeAgreement.LIVING

    @property
    def who_signed(self):
        """The agreement's first side, as whoever holds this link is told of it."""
        sides = AgreementSignature.Side
        signed = self.agreement.signatures.exclude(side=sides.COALITION).values_list(
            "side", flat=True
        )
        own = (
            sides.DELEGATE if self.invitation.role == Invitation.Role.DELEGATE else sides.CANDIDATE
        )
        if own in signed:
            return _("You signed")
        is_own = own == sides.CANDIDATE
        return _("Your delegate signed") if is_own else _("The candidate signed")

    @property
    def post(self):
        candidacy = self.respondent.candidacy
        # 구·시·군 stays on one line.
        return str(candidacy.contest.post).replace("·", "\u2060·\u2060") if candidacy else ""

    @property
    def until(self):
        if has_later_end(self.invitation, self.round):
            return korean_deadline(self.invitation.expires_at)
        return korean_deadline(self.round.answers_until) if self.round else ""

    @property
    def is_over(self):
        """The last moment to answer has passed, for this invitation too."""
        end = self.invitation.expires_at
        late = self.round is not None and self.now >= self.round.answers_until
        return late and (end is None or self.now >= end)

    @property
    def is_link_old(self):
        """The link's fortnight is over, and there is still time: a new link helps."""
        end = self.invitation.expires_at
        return not self.is_over and (end is None or self.now >= end)

    @property
    def has_left(self):
        """Whoever stands no more is asked nothing; what they signed stays readable."""
        return self.respondent.standing == Respondent.Standing.LEFT

    @property
    def is_unfinished(self):
        """Begun or opened again, and not handed in."""
        return self.response is not None and self.response.state in Response.OPEN

    @property
    def is_open(self):
        """Whether answers can be changed now."""
        may = self.response is None or self.is_unfinished
        return may and not (self.has_left or self.is_over or self.is_link_old)

    @property
    def may_sign(self):
        """Whoever handed in before may still sign, until the last moment."""
        if self.has_left or self.is_over or self.is_link_old or self.has_living_agreement:
            return False
        return self.response is not None and self.response.state != Response.State.DECLINED

    @property
    def minutes(self):
        """How long it takes: half a minute for each demand, and two for the rest."""
        return len(self.demands) // 2 + 2

    @cached_property
    def demands(self):
        return demands_asked(versions_of(self.response)) if self.response else []

    @cached_property
    def cards(self):
        answers = answers_by_demand(self.response) if self.response else {}
        return [
            DemandCard(row, label_of(row), place, answers.get(row.pk))
            for place, row in enumerate(self.demands, start=1)
        ]

    def card_read(self, key, place):
        """The demand with this key as it was read, though the text may be another by now."""
        asked = {card.demand.pk: card for card in self.cards}
        if key in asked:
            return asked[key]
        rows = Demand.objects.filter(version__demand_set__election=self.election, pk=key)
        read = rows.select_related("version__demand_set__region").first()
        return DemandCard(read, label_of(read), place, None) if read else self.cards[place - 1]

    @property
    def answered(self):
        return sum(card.answer is not None for card in self.cards)

    @property
    def is_complete(self):
        return bool(self.cards) and self.answered == len(self.cards)

    @property
    def next_place(self):
        """The first demand that waits for an answer."""
        return next((card.place for card in self.cards if card.answer is None), None)

    @property
    def missing_accepted(self):
        """How many more must be accepted for an agreement."""
        accepted = sum(card.choice in (Choice.ACCEPT, Choice.ACCEPT_PARTLY) for card in self.cards)
        return max(0, least_accepted(self.respondent) - accepted)

    @property
    def revision(self):
        return self.response.revision if self.response else 0
