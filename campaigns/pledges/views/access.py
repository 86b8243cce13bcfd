"""What is written down before staff see who agreed to what, and which rows they may see."""

from collections.abc import Iterable

from wagtail.permissions import policy_registry

from privacy.models import AccessAction
from privacy.requests import client_ip
from privacy.services import record_access

READ = ("view", "change")
AGREEMENTS, ANSWERS, DELEGATIONS = "pledges.agreements", "pledges.answers", "pledges.delegations"
OF_RESPONDENT = (
    *("respondent__election", "respondent__region"),
    "respondent__candidacy__contest__post__region__parent__parent",
)


def readable(user, model, actions=READ):
    """Rows of this kind that this person may see; others do not exist for them."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, actions)


def log_access(request, action: AccessAction, data_set: str, rows: Iterable, reason="") -> None:
    """Raises AccessLogUnavailableError: then nothing may be shown, and a middleware says so.

    ``rows`` belong to respondents, whose public ids stand in the log.
    """
    log_access_of(request, action, data_set, [row.respondent for row in rows], reason)


def log_access_of(request, action: AccessAction, data_set: str, respondents, reason="") -> None:
    """The same, of respondents themselves."""
    if subjects := [str(row.public_id) for row in respondents]:
        record_access(
            user=request.user,
            address=client_ip(request),
            action=action,
            data_set=data_set,
            subjects=subjects,
            reason=reason,
        )


def post_of(respondent) -> str:
    """For what they stand; of a party or camp, its region."""
    if respondent.candidacy is not None:
        return str(respondent.candidacy.contest.post)
    return respondent.region.full_name if respondent.region else ""


def party_of(respondent) -> str:
    return respondent.candidacy.party if respondent.candidacy else respondent.get_kind_display()
