"""선거법 점검 of the demo: the commission was asked and answered, so the board is public."""

from datetime import timedelta

from django.utils import timezone

from campaigns.pledges.models import Approval, Election
from campaigns.pledges.services.approvals import ask_approval, decide_approval
from campaigns.pledges.services.co_hosts import add_co_host
from campaigns.pledges.services.guards import release_board
from campaigns.pledges.services.inquiries import enter_answer, send_inquiry
from campaigns.pledges.services.releases import publish_answers
from home.network.models import Organisation

from .texts import election_law as texts


def clear_with_commission(election: Election, user) -> None:
    """Asked, answered, published; one approval was given, another waits."""
    today = timezone.localdate()
    inquiry = send_inquiry(
        election,
        office=texts.OFFICE,
        question=texts.QUESTION,
        sent_on=today - timedelta(days=12),
        reference=texts.REFERENCE,
        user=user,
    )
    enter_answer(
        inquiry,
        is_clear=True,
        answer=texts.ANSWER,
        answered_on=today - timedelta(days=3),
        user=user,
    )
    for kind, words in ((Approval.Kind.SHARE_CARD, texts.CARD), (Approval.Kind.PRINT, texts.PRINT)):
        approval = ask_approval(kind, election, text=words, user=user)
        if kind == Approval.Kind.SHARE_CARD:
            decide_approval(approval, is_approved=True, reason=texts.APPROVED, user=user)
    free = Organisation.objects.members().filter(barred_from_elections=False).in_order()
    for organisation in free[:2]:
        add_co_host(election, organisation, user=user)
    release_board(election, user=user)
    publish_answers()
