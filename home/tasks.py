"""What the worker does after an editor has had the answer."""

from functools import partial

from django.db import transaction
from django_tasks import task

from . import services


@task()
def draw_share_card(page_id):
    services.draw_share_card(page_id)


def draw_card_of_published_page(instance, **_kwargs):
    """Hears Wagtail say that a page was published."""
    transaction.on_commit(partial(draw_share_card.enqueue, instance.pk))
