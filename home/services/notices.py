"""Telling people of a text's way from its author to the approver and back, through the outbox."""

from wagtail.models import (
    AbstractGroupApprovalTask,
    Page,
    PageSubscription,
    TaskState,
    WorkflowState,
)
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from accounts.models import User
from messaging.services import enqueue

from ..emails import APPROVAL_WANTED, TEXT_APPROVED, TEXT_COMMENTED, TEXT_RETURNED


def ask_approvers(state: TaskState, *, sent_by: User | None) -> None:
    """Mail everybody who can approve, but not who sent the text.

    Administrators are asked where nobody else could.
    """
    task = state.task.specific
    if not isinstance(task, AbstractGroupApprovalTask):
        return
    staff = User.objects.filter(is_active=True).exclude(pk=sent_by.pk if sent_by else None)
    approvers = staff.filter(groups__in=task.groups.all()).distinct()
    for approver in approvers or staff.filter(is_superuser=True):
        enqueue(APPROVAL_WANTED, f"{state.pk}:{approver.pk}")


def tell_author(state: WorkflowState, *, decided_by: User | None) -> None:
    """Mail who sent a text what became of it, unless the same person decided."""
    author = state.requested_by
    if author is None or author == decided_by or not author.is_active:
        return
    approved = state.status == WorkflowState.STATUS_APPROVED
    enqueue(TEXT_APPROVED if approved else TEXT_RETURNED, str(state.current_task_state_id))


def tell_of_comments(page: Page, *, written_by: User) -> None:
    """Mail who follows the comments on a page, but not who wrote them."""
    followers = PageSubscription.objects.filter(page=page, comment_notifications=True)
    for follower in followers.filter(user__is_active=True).exclude(user=written_by):
        enqueue(TEXT_COMMENTED, f"{page.pk}:{follower.user_id}:{written_by.pk}")


def _on_task_submitted(instance: TaskState, user: User | None = None, **_kwargs: object) -> None:
    ask_approvers(instance, sent_by=user)


def _on_decision(instance: WorkflowState, user: User | None = None, **_kwargs: object) -> None:
    tell_author(instance, decided_by=user)


def _on_workflow_submitted(**_kwargs: object) -> None:
    """Wagtail would mail all administrators here; they are asked as approvers or not at all."""


# Wagtail mails in the request, in its own layout, under these names. A signal takes a name once,
# and this app starts before Wagtail's: so these stand in the place of Wagtail's receivers.
RECEIVERS = (
    (
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        _on_task_submitted,
    ),
    (
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
        _on_workflow_submitted,
    ),
    (
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        _on_decision,
    ),
    (
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        _on_decision,
    ),
)


def take_over_wagtails_mails() -> None:
    """Call before wagtail.admin starts."""
    for signal, sender, name, receiver in RECEIVERS:
        signal.connect(receiver, sender=sender, dispatch_uid=name)
