"""The jobs that no room of the site owns."""

import logging
from collections.abc import Callable, Iterator

from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from .queue import requeue_stuck_tasks, uses_database_queue

logger = logging.getLogger(__name__)


def publish_scheduled() -> None:
    """Publish and unpublish what editors scheduled with Wagtail, each wholly or not at all.

    Wagtail's own command clears the schedule before it publishes: killed in between, it would
    forget a page. One that can't be published stops no other, and is tried again.
    """
    failed = [step for step in _scheduled_steps() if not _is_done(step)]
    if failed:
        raise RuntimeError(f"{len(failed)} scheduled changes failed")


def _scheduled_steps() -> Iterator[Callable[[], object]]:
    now = timezone.now()
    drafts = (m for m in apps.get_models() if issubclass(m, DraftStateMixin))
    for model in [Page, *(m for m in drafts if not issubclass(m, Page))]:
        for item in model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at"):
            yield lambda item=item: item.unpublish(
                set_expired=True, log_action="wagtail.unpublish.scheduled"
            )
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in due:
        yield lambda revision=revision: revision.publish(log_action="wagtail.publish.scheduled")


def _is_done(step: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            step()
    except Exception:  # The others are still due; the failure is raised after them.
        logger.exception("A scheduled change failed")
        return False
    return True


def tend_task_queue() -> None:
    """Start again what dead workers left, forget what is long done."""
    if uses_database_queue():
        requeue_stuck_tasks()
        call_command("prune_db_task_results", verbosity=0)
