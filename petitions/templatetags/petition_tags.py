from django import template
from django.utils import timezone

from ..presenters import PetitionPresenter
from ..services import count_of

register = template.Library()


@register.simple_tag
def petition_progress(page):
    """A petition's numbers as of now."""
    return PetitionPresenter(page, count_of(page), timezone.now())
