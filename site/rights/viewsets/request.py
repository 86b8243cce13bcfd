"""One request: what is asked, and the steps of staff on it."""

from io import BytesIO

from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views import generic

from privacy.models import AccessAction
from privacy.requests import client_ip
from privacy.services import record_access

from .. import services
from ..admin_forms import AnswerForm, ExtensionForm
from ..exceptions import AlreadyExtendedError, NotAnsweredError, RequestClosedError
from ..forms import IdentityForm, NoticeForm
from ..models import Request
from ..panels import contact_of, due_of, history_of

DATA_SET = "rights.requests"


class RequestDetailView(generic.InspectView):
    any_permission_required = ["view", "change"]
    page_title = gettext_lazy("Request about personal data")
    access = AccessAction.DETAIL

    def get_object(self, queryset=None):
        row = Request.objects.filter(pk=self.pk).first()
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
        request = self.object
        self.write_down(request)
        return super().get_context_data(
            **{
                "asked": request,
                "due": due_of(request),
                "contact": contact_of(request),
                "history": history_of(request),
                "has_letter": bool(request.answer or request.extended_at),
                "can_change": self.user_has_permission("change") and request.is_open,
                **{name: make(self) for name, make in FORMS.items()},
                **kwargs,
            }
        )

    def words_form(self, make, data=None):
        # Two forms of the page have a field of this name; labels find theirs by its id.
        auto_id = f"id_{make.__name__.lower()}_%s"
        return make(data, by_mail=self.object.has_mailbox, auto_id=auto_id)

    def notice_form(self, data=None, *, step=""):
        """None for who is told by mail."""
        if self.object.has_mailbox:
            return None
        received_on = timezone.localdate(self.object.received_at)
        return NoticeForm(data, received_on=received_on, auto_id=f"id_{step}_%s")

    def write_down(self, request):
        record_access(
            user=self.request.user,
            address=client_ip(self.request),
            action=self.access,
            data_set=DATA_SET,
            subjects=[str(request.public_id)],
        )


class RequestLetterView(RequestDetailView):
    """The answer as a letter to be printed. Looking at it is on record, as printing."""

    access = AccessAction.PRINT

    def get(self, request, *args, **kwargs):
        try:
            letter = services.print_answer(self.object)
        except NotAnsweredError:
            messages.error(request, _("There is no answer yet that could be printed."))
            return redirect("data-requests:inspect", self.object.pk)
        self.write_down(self.object)
        name = f"통지서 {self.object.reference}.pdf"
        return FileResponse(BytesIO(letter), filename=name, content_type="application/pdf")


# Those of the detail page, empty; a step puts in its own as it was sent.
FORMS = {
    "answer_form": lambda view: view.words_form(AnswerForm),
    "answer_notice": lambda view: view.notice_form(step="answer"),
    "extension_form": lambda view: view.words_form(ExtensionForm),
    "extension_notice": lambda view: view.notice_form(step="extension"),
    "identity_form": lambda view: IdentityForm(),
}


def _start(request, actor, _values):
    services.start_request(request.pk, actor=actor)
    return _("It is in work now.")


def _identify(request, actor, values):
    services.identify_request(request.pk, actor=actor, identity=values["identity"])
    return _("It is written down how we know that it is them.")


def _extend(request, actor, values):
    words, notice = values["words"], _notice(values)
    services.extend_request(request.pk, actor=actor, reason=words, notice=notice)
    return _("There are ten more days, and the person is told why.")


def _finish(request, actor, values):
    words, notice = values["words"], _notice(values)
    services.finish_request(request.pk, actor=actor, answer=words, notice=notice)
    return _("It is answered as done.")


def _refuse(request, actor, values):
    words, notice = values["words"], _notice(values)
    services.refuse_request(request.pk, actor=actor, answer=words, notice=notice)
    return _("It is answered as refused, with the ways to object.")


def _notice(values):
    return services.Notice(values["told_by"], values["told_on"]) if "told_by" in values else None


# What each step does, and its form with the name of it.
STEPS = {
    "start": (_start, "", None),
    "identify": (_identify, "identity", IdentityForm),
    "extend": (_extend, "extension", ExtensionForm),
    "finish": (_finish, "answer", AnswerForm),
    "refuse": (_refuse, "answer", AnswerForm),
}


class RequestStepView(RequestDetailView):
    """One step of staff on a request, by POST. What was typed stays when it is refused."""

    permission_required = "change"
    any_permission_required = None
    http_method_names = ["post"]

    def post(self, request, **_kwargs):
        if self.kwargs["step"] not in STEPS:
            raise Http404
        take, name, make = STEPS[self.kwargs["step"]]
        forms = self._forms(name, make)
        errors = [words for form in forms.values() for words in form.errors.values()]
        if errors:
            messages.error(request, errors[0][0])
            return self.render_to_response(self.get_context_data(**forms))
        values = {key: value for form in forms.values() for key, value in form.cleaned_data.items()}
        try:
            told = take(self.object, str(request.user.pk), values)
        except RequestClosedError:
            messages.error(request, _("Nothing changed: it was answered already."))
        except AlreadyExtendedError:
            messages.error(request, _("Nothing changed: the time was extended once already."))
        else:
            messages.success(request, told)
        return redirect("data-requests:inspect", self.object.pk)

    def _forms(self, name, make):
        """What was sent with the step, by the names that the page knows them by."""
        if make is None:
            return {}
        data = self.request.POST
        if make is IdentityForm:
            return {"identity_form": make(data)}
        notice = self.notice_form(data, step=name)
        form = self.words_form(make, data)
        return {f"{name}_form": form, **({f"{name}_notice": notice} if notice else {})}
