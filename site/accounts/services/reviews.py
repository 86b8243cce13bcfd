"""Deciding on a text that waits for approval."""

from typing import Literal

from django.db import transaction
from wagtail.models import TaskState

from ..exceptions import NotReviewerError, NotWaitingError, TextChangedError
from ..models import User

Decision = Literal["approve", "reject"]


@transaction.atomic
def decide(
    task_state_id: int, *, user: User, decision: Decision, comment: str, revision: int
) -> None:
    """Publish a waiting text, or return it to its author with a comment.

    ``revision`` is the version that the approver read. Refuses with NotWaitingError,
    NotReviewerError and TextChangedError. A text under embargo is scheduled.
    """
    # The row is locked: of two approvers at the same moment the second hears of the first.
    state = TaskState.objects.select_for_update().get(pk=task_state_id)
    if state.status != TaskState.STATUS_IN_PROGRESS:
        raise NotWaitingError
    task, page = state.task.specific, state.workflow_state.content_object
    if decision not in [name for name, _label, _dialog in task.get_actions(page, user)]:
        raise NotReviewerError
    if page.latest_revision_id != revision:
        raise TextChangedError
    task.on_action(state, user, decision, comment=comment)
