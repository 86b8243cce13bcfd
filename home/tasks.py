"""What the worker does after an editor has had the answer."""

from functools import partial

from django.db import transaction
from django_tasks import task
from wagtail.models import Page

from . import services
from .models import SiteImage
from .publishing import bump_public_version


@task()
def draw_share_card(page_id):
    services.draw_share_card(page_id)


def draw_card_of_published_page(instance, **_kwargs):
    """Hears Wagtail say that a page was published."""
    transaction.on_commit(partial(draw_share_card.enqueue, instance.pk))


@task()
def make_renditions(image_id):
    """All sizes of one picture; pages that show it are read anew."""
    image = SiteImage.objects.filter(pk=image_id).first()
    if image and services.make_missing(image):
        bump_public_version()


@task()
def make_renditions_of_page(page_id):
    """All sizes of its pictures that are missing yet: of a restored page, an imported picture."""
    page = Page.objects.filter(pk=page_id).specific().first()
    keys = services.pictures_of(page) if page else ()
    if sum(map(services.make_missing, SiteImage.objects.filter(pk__in=keys))):
        bump_public_version()


def make_all_renditions():
    """What no task has made: a worker was killed, or files came by another way."""
    if services.make_all_missing():
        bump_public_version()


def queue_renditions(instance, **_kwargs):
    """Have the sizes of a saved picture made once it is committed."""
    transaction.on_commit(partial(make_renditions.enqueue, instance.pk))


def queue_renditions_of_page(instance, **_kwargs):
    """Hears Wagtail say that a page was published."""
    transaction.on_commit(partial(make_renditions_of_page.enqueue, instance.pk))
