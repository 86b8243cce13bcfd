"""An election whose board waits for nothing but the commission, and what staff did about it."""

from datetime import timedelta

from django.utils import timezone

from campaigns.pledges.services.approvals import ask_approval, decide_approval
from campaigns.pledges.services.guards import release_board
from campaigns.pledges.services.inquiries import enter_answer, send_inquiry
from tests.factories.accounts import UserFactory
from tests.factories.pledge_demands import demand_set, pledge_round
from tests.factories.pledges import ElectionFactory

ANSWER = "공직선거법 제108조의3에 따른 비교로서 서열을 정하지 않으면 가능합니다."
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
