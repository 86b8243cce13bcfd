"""One signature: what it says, what was consented to, what happened, and what staff can do."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views import generic

from privacy.models import AccessAction
from privacy.services import consents_of

from .. import services
from ..admin_forms import FullViewForm, ReasonForm
from ..exceptions import PetitionError, SignatureGoneError
from ..models import Signature
from ..panels import history_of, waiting_comments
from ..services.moderate import INVALIDATABLE
from .access import READ, log_access, readable_signatures
from .masks import masked_email, masked_name

# Two forms of this screen have a field for the reason.
FULL_ID = "id_full_%s"


class SignatureDetailView(generic.InspectView):
    any_permission_required = READ
    page_title = gettext_lazy("Signature")

    def get_object(self, queryset=None):
        if not self.user_has_any_permission(READ):
            raise PermissionDenied
        rows = readable_signatures(self.request.user).select_related("region", "petition")
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

    # What is written down before the page is built.
    access = AccessAction.DETAIL
    access_reason = ""

    def may(self, action):
        return self.user_has_permission_for_instance(action, self.object)

    def get_context_data(self, **kwargs):
        row = self.object
        subject = row.public_id
        log_access(self.request, self.access, [row], self.access_reason)
        return super().get_context_data(
            **{
                "signature": row,
                "name": masked_name(row),
                "email": masked_email(row),
                "consents": consents_of(subject),
                "history": history_of(subject),
                "can_change": self.may("change"),
                "can_see_all": self.may("view_full") and row.anonymised_at is None,
                "full_view_form": FullViewForm(auto_id=FULL_ID),
                "can_confirm": row.status == Signature.Status.UNCONFIRMED,
                "can_invalidate": row.status in INVALIDATABLE,
                "can_undo": bool(row.status_before) and row.anonymised_at is None,
                "reason_form": ReasonForm(),
                **kwargs,
            }
        )


class SignatureFullView(SignatureDetailView):
    """The signer unmasked, once, for a reason that is written down first."""

    permission_required = "view_full"
    any_permission_required = None
    http_method_names = ["post"]

    def post(self, request, **_kwargs):
        if not self.may("view_full") or self.object.anonymised_at is not None:
            raise PermissionDenied
        form = FullViewForm(request.POST, auto_id=FULL_ID)
        context = {"full_view_form": form}
        if form.is_valid():
            self.access, self.access_reason = AccessAction.FULL, form.reason
            context["signer"] = self.object
        return self.render_to_response(self.get_context_data(**context))


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
    access = AccessAction.CHANGE

    @cached_property
    def step(self):
        if self.kwargs["step"] not in STEPS:
            raise Http404
        return self.kwargs["step"]

    def post(self, request, **_kwargs):
        if not self.may("change"):
            raise PermissionDenied
        form = ReasonForm(request.POST)
        if self.step in WITH_REASON and not form.is_valid():
            messages.error(request, form.errors["reason"][0])
            return self.render_to_response(self.get_context_data(reason_form=form))
        reason = form.cleaned_data["reason"] if self.step in WITH_REASON else ""
        log_access(request, self.access, [self.object], reason)
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
        if self.step not in ON_COMMENT:
            return []
        following = waiting_comments(self.request.user).only("pk").first()
        if following is None:
            return []
        return [messages.button(self._url(following), _("Next comment"))]

    def _url(self, signature):
        return reverse("signatures:inspect", args=[signature.pk])
