from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.signals import init_new_page

from desk.panels import TODO_HOOK
from privacy.models import ConsentDefinition

from .models import PetitionConsent, PetitionPage
from .panels import signed_petitions, todo_items
from .viewsets import (
    ConfirmSelected,
    ContinuationViewSet,
    InvalidateSelected,
    SignatureViewSet,
    UndoSelected,
)

signatures = SignatureViewSet()
continuations = ContinuationViewSet()


@hooks.register("register_admin_viewset")
def list_signatures():
    return signatures


@hooks.register("register_admin_viewset")
def list_continuations():
    return continuations


for action in (ConfirmSelected, InvalidateSelected, UndoSelected):
    hooks.register("register_bulk_action", action)

hooks.register(TODO_HOOK, todo_items, order=10)


@receiver(init_new_page)
def propose_consents(page, **_kwargs):
    """A new petition starts with all consents; editors take out what they do not need."""
    if isinstance(page, PetitionPage):
        page.petition_consents = [
            PetitionConsent(definition=definition, sort_order=position)
            for position, definition in enumerate(
                ConsentDefinition.objects.filter(tool="petitions")
            )
        ]


@hooks.register("before_delete_page")
def keep_signed_petition(request, page):
    if signed := signed_petitions([page]):
        context = {"page": page, "signed": signed}
        return TemplateResponse(request, "petitions/admin/cannot_delete.html", context, status=409)
    return None


@hooks.register("before_bulk_action")
def keep_signed_petitions(request, action_type, objects, action):
    if action_type != "delete" or action.model is not Page:
        return None
    if signed := signed_petitions(objects):
        titles = ", ".join(page.title for page in signed)
        messages.error(
            request,
            _("Nothing was deleted. People signed here: %(titles)s. Close or unpublish it instead.")
            % {"titles": titles},
        )
        return redirect(action.next_url)
    return None


@hooks.register("before_bulk_action")
def publish_only_what_is_ready(request, action_type, objects, action):
    if action_type != "publish" or action.model is not Page:
        return None
    for page in _to_be_published(objects, action):
        try:
            page.get_latest_revision_as_object().check_ready()
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect(action.next_url)
    return None


def _to_be_published(pages, action):
    chosen = PetitionPage.objects.filter(pk__in=[page.pk for page in pages])
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        for page in pages:
            chosen |= PetitionPage.objects.descendant_of(page).not_live()
    return chosen


@hooks.register("after_publish_page")
def warn_of_unasked_sensitive_data(request, page):
    if not isinstance(page, PetitionPage):
        return
    if not page.petition_consents.filter(definition__kind="sensitive").exists():
        messages.warning(
            request,
            _(
                "This petition does not ask for the consent on sensitive data. A signature can "
                "show a political opinion: please check whether it is needed."
            ),
        )
