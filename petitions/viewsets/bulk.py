"""Steps on several signatures at once: one reason, and a word on each that was refused."""

from urllib.parse import urlencode

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.permissions import policy_registry

from privacy.models import AccessAction

from .. import services
from ..admin_forms import ReasonForm
from ..exceptions import PetitionError
from ..models import Signature
from .access import log_access, readable_signatures
from .masks import masked_email, masked_name

MOST = 200


class SignatureBulkAction(BulkAction):
    """Base: rows are named one by one, never "all that the list would show"."""

    models = [Signature]
    form_class = ReasonForm
    template_name = "petitions/admin/bulk.html"
    needs_reason = True
    can_be_undone = True
    question = refused_because = ""

    def __init__(self, request, model):
        super().__init__(request, model)
        self.changed: list[int] = []
        self.refused: list[Signature] = []

    @cached_property
    def changeable(self):
        """The keys of the chosen rows that this person may change."""
        policy = policy_registry.get_by_type(Signature)
        rows = policy.instances_user_has_permission_for(self.request.user, "change")
        return set(rows.filter(pk__in=self._numbers()).values_list("pk", flat=True))

    def check_perm(self, obj):
        return obj.pk in self.changeable

    def _numbers(self):
        chosen = self.request.GET.getlist("id")
        return [int(number) for number in chosen if str(number).isdecimal()][:MOST]

    def get_queryset(self, _model, _object_ids):
        """What this person may not see does not exist, here as in the list."""
        rows = readable_signatures(self.request.user).filter(pk__in=self._numbers())
        rows = list(rows.select_related("region").defer("comment"))
        if not rows:
            raise Http404
        log_access(self.request, AccessAction.CHANGE, rows)
        return rows

    def get_all_objects_in_listing_query(self, parent_id):
        return []

    def object_context(self, obj):
        return {"item": obj, "name": masked_name(obj), "email": masked_email(obj)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=self.display_name, question=self.question, header_icon="edit", **kwargs
        )

    def get_execution_context(self):
        reason = self.cleaned_form.cleaned_data["reason"] if self.needs_reason else ""
        return {"action": self, "actor": str(self.request.user.pk), "reason": reason}

    @classmethod
    def execute_action(cls, objects, *, action, actor, reason):
        for signature in objects:
            try:
                cls.take_step(signature, actor, reason)
                action.changed.append(signature.pk)
            except PetitionError:
                action.refused.append(signature)
        return len(action.changed), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        """Told as one message or two, with a way back."""
        if self.changed:
            messages.success(
                self.request,
                ngettext(
                    "%(count)d signature was changed.",
                    "%(count)d signatures were changed.",
                    len(self.changed),
                )
                % {"count": len(self.changed)},
                buttons=[messages.button(self._undo_url(), _("Undo"))] * self.can_be_undone,
            )
        if self.refused:
            messages.warning(self.request, self._refusal())

    def _refusal(self):
        references = ", ".join(signature.reference for signature in self.refused)
        told = ngettext(
            "%(count)d signature stayed as it was: %(reason)s (%(references)s)",
            "%(count)d signatures stayed as they were: %(reason)s (%(references)s)",
            len(self.refused),
        )
        values = {"count": len(self.refused), "reason": self.refused_because}
        return told % {**values, "references": references}

    def _undo_url(self):
        address = reverse("wagtail_bulk_action", args=["petitions", "signature", "undo"])
        query = [("next", self.next_url), *(("id", number) for number in self.changed)]
        return f"{address}?{urlencode(query)}"


class ConfirmSelected(SignatureBulkAction):
    display_name = pgettext_lazy("signature", "Confirm")
    action_type = "confirm"
    aria_label = gettext_lazy("Confirm the selected signatures")
    action_priority = 10
    question = gettext_lazy("These signatures will count without a press on the mail's link.")
    refused_because = gettext_lazy("only unconfirmed ones can be confirmed")

    @staticmethod
    def take_step(signature, actor, reason):
        services.confirm_by_staff(signature.public_id, actor=actor, reason=reason)


class InvalidateSelected(SignatureBulkAction):
    display_name = gettext_lazy("Invalidate")
    action_type = "invalidate"
    aria_label = gettext_lazy("Invalidate the selected signatures")
    action_priority = 20
    question = gettext_lazy("These signatures will not count any more.")
    refused_because = gettext_lazy("only confirmed and unconfirmed ones can be invalidated")

    @staticmethod
    def take_step(signature, actor, reason):
        services.invalidate_signature(signature.public_id, actor=actor, reason=reason)


class UndoSelected(SignatureBulkAction):
    display_name = gettext_lazy("Undo")
    action_type = "undo"
    aria_label = gettext_lazy("Undo the last step on the selected signatures")
    action_priority = 30
    form_class = forms.Form
    needs_reason = can_be_undone = False
    question = gettext_lazy("The last step of staff on these signatures will be undone.")
    refused_because = gettext_lazy("there is no step of staff to undo")

    @staticmethod
    def take_step(signature, actor, _reason):
        services.undo_status_change(signature.public_id, actor=actor)
