"""One signature: what it says, what was consented to, what happened, and what staff can do."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views import generic

from privacy.services import consents_of

from .. import services
from ..admin_forms import ReasonForm
from ..exceptions import PetitionError, SignatureGoneError
from ..models import Signature
from ..panels import history_of, waiting_comments
from ..services.moderate import INVALIDATABLE
from .masks import masked_email, masked_name


class SignatureDetailView(generic.InspectView):
    any_permission_required = ["view", "change"]
    page_title = gettext_lazy("Signature")

    def get_object(self, queryset=None):
        rows = Signature.objects.select_related("region", "petition")
        row = rows.filter(pk=self.pk).first()
        if row is None:
            raise Http404
        return row

    def get_page_subtitle(self):
        return self.object.reference

    def get_fields_context(self):
        return []

    def get_edit_url(self):
        return None

    def get_delete_url(self):
        return None

    def get_context_data(self, **kwargs):
        row = self.object
        subject = row.public_id
        return super().get_context_data(
            **{
                "signature": row,
                "name": masked_name(row),
                "email": masked_email(row),
                "consents": consents_of(subject),
                "history": history_of(subject),
                "can_change": self.user_has_permission("change"),
                "can_confirm": row.status == Signature.Status.UNCONFIRMED,
                "can_invalidate": row.status in INVALIDATABLE,
                "can_undo": bool(row.status_before) and row.anonymised_at is None,
                "reason_form": ReasonForm(),
                **kwargs,
            }
        )


def _confirm(signature, actor, reason):
    services.confirm_by_staff(signature.public_id, actor=actor, reason=reason)
    return _("The signature counts now.")


def _invalidate(signature, actor, reason):
    services.invalidate_signature(signature.public_id, actor=actor, reason=reason)
    return _("The signature is invalid and does not count.")


def _undo(signature, actor, _reason):
    services.undo_status_change(signature.public_id, actor=actor)
    return _("The last step is undone.")


def _publish_comment(signature, actor, _reason):
    status = Signature.CommentStatus.PUBLISHED
    services.change_comment_status(signature.public_id, status, actor=actor)
    return _("The comment is on the page now.")


def _reject_comment(signature, actor, _reason):
    status = Signature.CommentStatus.REJECTED
    services.change_comment_status(signature.public_id, status, actor=actor)
    return _("The comment stays off the page.")


STEPS = {
    "confirm": _confirm,
    "invalidate": _invalidate,
    "undo": _undo,
    "publish-comment": _publish_comment,
    "reject-comment": _reject_comment,
}
WITH_REASON = ("confirm", "invalidate")
ON_COMMENT = ("publish-comment", "reject-comment")


class SignatureStepView(SignatureDetailView):
    """One step of staff on a signature, by POST."""

    permission_required = "change"
    any_permission_required = None
    http_method_names = ["post"]

    @cached_property
    def step(self):
        if self.kwargs["step"] not in STEPS:
            raise Http404
        return self.kwargs["step"]

    def post(self, request, **_kwargs):
        form = ReasonForm(request.POST)
        if self.step in WITH_REASON and not form.is_valid():
            messages.error(request, form.errors["reason"][0])
            return self.render_to_response(self.get_context_data(reason_form=form))
        reason = form.cleaned_data["reason"] if self.step in WITH_REASON else ""
        try:
            told = STEPS[self.step](self.object, str(request.user.pk), reason)
        except SignatureGoneError as error:
            raise Http404 from error
        except PetitionError:
            messages.error(request, _("Nothing changed: the signature is in another state now."))
        else:
            messages.success(request, told, buttons=self._buttons())
        return redirect(self._url(self.object))

    def _buttons(self):
        """After a comment: the next one that waits."""
        following = waiting_comments().only("pk").first() if self.step in ON_COMMENT else None
        if following is None:
            return []
        return [messages.button(self._url(following), _("Next comment"))]

    def _url(self, signature):
        return reverse("signatures:inspect", args=[signature.pk])
