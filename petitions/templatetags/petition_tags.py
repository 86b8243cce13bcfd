from django import template
from django.utils import timezone

from ..presenters import PetitionPresenter
from ..services import live_count

register = template.Library()


@register.simple_tag
def petition_progress(page):
    """A petition's numbers as of now."""
    return PetitionPresenter(page, live_count(page.pk), timezone.now())
