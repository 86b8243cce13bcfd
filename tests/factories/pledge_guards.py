"""An election whose board waits for nothing but the commission, and what staff did about it."""

from datetime import timedelta

from django.utils import timezone

from campaigns.pledges.models import (
    ContactPoint,
    Demand,
    DemandAnswer,
    PledgeAgreement,
    Respondent,
    Response,
    Takedown,
)
from campaigns.pledges.services.approvals import ask_approval, decide_approval
from campaigns.pledges.services.guards import release_board
from campaigns.pledges.services.inquiries import enter_answer, send_inquiry
from campaigns.pledges.services.respondents import add_missing_respondents
from campaigns.pledges.services.takedowns import Request
from privacy.blind_index import blind_index
from tests.factories.accounts import UserFactory
from tests.factories.pledge_demands import demand_set, pledge_round
from tests.factories.pledges import CandidacyFactory, ElectionFactory, contest_of

ANSWER = "공직선거법 제108조의3에 따른 비교로서 서열을 정하지 않으면 가능합니다."
WORDS = "선거관리위원회 요청에 따라 게시를 중단합니다."
OBJECTION = "특정 후보자에게 유리한 비교로 볼 수 있어 공개할 수 없습니다."


def coming_election(days=60, **values):
    """An election ``days`` days from today."""
    vote_on = timezone.localdate() + timedelta(days=days)
    return ElectionFactory(vote_on=vote_on, **values)


def prepared_election(days=60):
    """Demands and round are there; nobody asked the commission yet."""
    election = coming_election(days)
    demand_set(election)
    pledge_round(election)
    return election


def inquiry_of(election, user=None):
    return send_inquiry(
        election,
        office="중앙선거관리위원회 법제과",
        question="후보자의 답변을 그대로 공개해도 되는지 여쭙니다.",
        sent_on=timezone.localdate(),
        user=user or UserFactory(),
    )


def answered_inquiry(election, *, is_clear=True, user=None):
    user = user or UserFactory()
    return enter_answer(
        inquiry_of(election, user),
        is_clear=is_clear,
        answer=ANSWER if is_clear else OBJECTION,
        answered_on=timezone.localdate(),
        user=user,
    )


def released_board(election, user=None):
    """Asked, answered and public; the election is prepared."""
    answered_inquiry(election, user=user)
    return release_board(election, user=user or UserFactory())


def approval_of(kind, election, *, is_approved=None, user=None):
    user = user or UserFactory()
    row = ask_approval(kind, election, text="협약 현황 카드, 1080×1080, 누리집 독자", user=user)
    if is_approved is None:
        return row
    return decide_approval(row, is_approved=is_approved, reason="중립적인 표현입니다.", user=user)


def respondent_of(election, name="한가람"):
    """A candidate for governor who can be asked."""
    CandidacyFactory(contest=contest_of(election), name=name)
    add_missing_respondents(election)
    return Respondent.objects.get(election=election, candidacy__name=name)


def answered_response(election, name="한가람", state=Response.State.SUBMITTED, **values):
    now = timezone.now()
    return Response.objects.create(
        respondent=respondent_of(election, name),
        state=state,
        began_at=now,
        submitted_at=now,
        **values,
    )


def declined_response(election, name="도담비"):
    """Signs no agreements, and says why."""
    return answered_response(
        election, name, Response.State.DECLINED, statement="어떤 협약에도 서명하지 않습니다."
    )


def answer_of(election, name="한가람"):
    """An acceptance in part with its comment; the election has demands."""
    return DemandAnswer.objects.create(
        response=answered_response(election, name),
        demand=Demand.objects.filter(version__demand_set__election=election).first(),
        choice=DemandAnswer.Choice.ACCEPT_PARTLY,
        comment="재원은 따로 협의하겠습니다.",
        answered_at=timezone.now(),
    )


def agreement_of(response, state=PledgeAgreement.State.SIGNED):
    """A row as signing leaves it; what it says does not matter here."""
    now = timezone.now()
    return PledgeAgreement.objects.create(
        number=f"2026-{response.pk:06}",
        respondent=response.respondent,
        response=response,
        state=state,
        text={},
        text_sha256="0" * 64,
        signed_at=now,
        ended_at=now if state == PledgeAgreement.State.VOID else None,
    )


def approved_mail(respondent, address):
    return ContactPoint.objects.create(
        respondent=respondent,
        kind=ContactPoint.Kind.EMAIL,
        value=address,
        value_index=blind_index("email", address),
        source="캠프 누리집",
        state=ContactPoint.State.APPROVED,
        entered_at=timezone.now(),
        checked_at=timezone.now(),
    )


def request_of():
    return Request(
        reason=Takedown.Reason.COMMISSION,
        words=WORDS,
        asked_at=timezone.now() - timedelta(minutes=5),
        reference="선거과-1204",
    )
