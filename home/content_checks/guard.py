"""No resident registration number goes public, no hint to the editor, whichever way a page goes."""

from itertools import chain

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail.models import Revision, get_page_models

from ..models import BasePage
from .reading import read
from .rules_election import check_candidates_page
from .rules_hints import check_hints
from .rules_personal import check_resident_numbers


def keep_numbers_back() -> None:
    """Watch pages that go live and revisions that get their hour: workflows and bulk too."""
    for model in get_page_models():
        if issubclass(model, BasePage):
            pre_save.connect(_on_page, sender=model, dispatch_uid=f"checks.{model.__name__}")
    pre_save.connect(_on_revision, sender=Revision, dispatch_uid="checks.Revision")


def _on_page(instance, raw=False, update_fields=None, **_kwargs):
    if instance.live and not raw and update_fields is None:
        _refuse(instance)


def _on_revision(instance, raw=False, **_kwargs):
    if not raw and instance.approved_go_live_at:
        _refuse(instance.as_object())


def _refuse(page):
    contents = read(page)
    held = (
        *(check_resident_numbers(contents), check_hints(contents)),
        check_candidates_page(page, contents),
    )
    if found := next(chain(*held), None):
        values = {"title": str(page), "where": found.where, "told": found.message}
        raise ValidationError(
            _("Nothing was published. “%(title)s”, %(where)s: %(told)s"),
            code="held_back",
            params=values,
        )
