"""One agreement in words for staff."""

import json
from dataclasses import dataclass

from django.utils.functional import cached_property

from privacy.masking import mask_name

from ..forms import NoteForm, PublicReasonForm, ReopeningForm, VoidForm, WithdrawalForm
from ..models import AgreementSignature, DemandAnswer, PaperAgreement, PledgeAgreement, Response
from ..services.countersigning import RIGHT, Obstacle, accepted_in, obstacle_of
from ..services.demands import demands_asked, label_of

State = PledgeAgreement.State
CHOICES = dict(DemandAnswer.Choice.choices)


@dataclass(frozen=True)
class SignatureLine:
    """Who signed for which side. A delegate's name is nobody's business but the office's."""

    signature: AgreementSignature

    @property
    def name(self):
        name = self.signature.name
        return mask_name(name) if self.signature.side == AgreementSignature.Side.DELEGATE else name


class AgreementPresenter:
    """What the screen of an agreement shows, and which steps fit its state."""

    def __init__(self, agreement, user):
        self.agreement, self.user = agreement, user
        self.respondent = agreement.respondent

    @property
    def is_living(self):
        return self.agreement.state in PledgeAgreement.LIVING

    @cached_property
    def signatures(self):
        return [SignatureLine(row) for row in self.agreement.signatures.order_by("signed_at")]

    @cached_property
    def demands(self):
        return [
            {**row, "said": CHOICES.get(row["answer"], row["answer"])}
            for row in self.agreement.text.get("demands", [])
        ]

    @cached_property
    def notes(self):
        return self.respondent.notes.select_related("made_by", "agreement")

    @cached_property
    def files(self):
        return self.agreement.documents.defer("content").order_by("revision")

    @cached_property
    def waiting_seals(self):
        return self.agreement.seal_jobs.exclude(state="done").exists()

    @cached_property
    def proposal(self):
        return self.agreement.void_proposals.filter(decided_at=None).first()

    @property
    def may_confirm(self):
        return self.proposal is not None and self.proposal.asked_by_id != self.user.pk

    @property
    def may_countersign(self):
        return self.agreement.state == State.SIGNED and self.user.has_perm(RIGHT)

    @cached_property
    def obstacle(self) -> Obstacle | None:
        return obstacle_of(self.agreement) if self.agreement.state == State.SIGNED else None

    @property
    def steps(self):
        """(name, form) of each step that fits now."""
        if self.agreement.state == State.SIGNED:
            yield "refuse", PublicReasonForm
        if self.is_living:
            yield "withdraw", WithdrawalForm
        if self.is_living and self.proposal is None:
            yield "void", VoidForm
        is_closed = self.agreement.response.state not in Response.OPEN
        if self.agreement.state != State.SIGNED and is_closed:
            yield "reopen", ReopeningForm
        yield "correct", NoteForm


class WaitingPresenter:
    """One line of what waits to be countersigned."""

    def __init__(self, agreement):
        self.agreement = agreement
        self.obstacle = obstacle_of(agreement)

    @property
    def total(self):
        return len(self.agreement.text.get("demands", []))

    @property
    def accepted(self):
        return accepted_in(self.agreement.text)


class PaperPresenter:
    """A paper agreement as it was entered, beside its scan."""

    def __init__(self, paper, user):
        self.paper, self.respondent = paper, paper.respondent
        self.is_waiting = paper.state == PaperAgreement.State.WAITING
        self.may_take = self.is_waiting and paper.entered_by_id != user.pk

    @property
    def side(self):
        return AgreementSignature.Side(self.paper.side).label

    @cached_property
    def lines(self):
        """(label, demand, answer, comment) of each demand that was asked on that day."""
        said = json.loads(self.paper.answers)
        versions = sorted(
            self.paper.versions.select_related("demand_set__region"),
            key=lambda row: (row.demand_set.region_id is not None, row.demand_set_id),
        )
        return [
            (label_of(row), row, CHOICES[said[str(row.key)][0]], said[str(row.key)][1])
            for row in demands_asked(versions)
        ]
