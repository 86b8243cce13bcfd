"""What the worker does after a visitor has had the answer."""

import uuid

from django_tasks import task

from . import services


@task(takes_context=True)
def take_back_attempt(context, public_id):
    """Remove what an attempt signed under a mistyped address. By its id alone: no person."""
    services.take_back_attempt(uuid.UUID(public_id), corrected_at=context.task_result.enqueued_at)
