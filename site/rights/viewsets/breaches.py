"""Breaches: written down, told, closed, in this order and against the clock."""

from django import forms
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from .. import services
from ..exceptions import BreachClosedError, BreachIncompleteError, NoticeStaysError
from ..models import BreachCase
from ..models.breaches import ITEMS
from ..registry import data_sets
from ..tasks import tell_people

FACTS = ("title", "discovered_at", "data_set", "people_count", "is_sensitive", "is_intrusion")


class BreachForm(forms.ModelForm):
    """The facts, and the six items; what is not known yet may stay empty until people are told."""

    data_set = forms.ChoiceField(label=_("data set"))

    class Meta:
        model = BreachCase
        fields = [*FACTS, *ITEMS, "report_reference"]
        widgets = dict.fromkeys(ITEMS, forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, for_user=None, **kwargs):
        super().__init__(*args, **kwargs)
        told = [(one.name, one.label) for one in data_sets() if one.members]
        self.fields["data_set"].label = gettext_lazy("data set")
        self.fields["data_set"].choices = told


class BreachIndexView(generic.IndexView):
    FORMATS = ()

    @cached_property
    def columns(self):
        return [
            TitleColumn("title", label=_("Title"), get_url=self.get_edit_url),
            DateColumn("discovered_at", label=_("We learned of it")),
            Column("due_at", label=_("To be told by"), accessor=_due),
            Column("mailed", label=_("Mails")),
            Column("outcome", label=_("State"), accessor=_state),
        ]


def _due(case):
    return _("Overdue") if case.is_overdue else case.due_at


def _state(case):
    return case.get_outcome_display() if case.closed_at else _("Open")


class BreachEditView(generic.EditView):
    """Also shows the steps. What people were told stays as it was once the case is closed."""

    def get_context_data(self, **kwargs):
        case = self.object
        missing = [case._meta.get_field(name).verbose_name for name in case.untold]
        return super().get_context_data(
            case=case, missing=missing, outcomes=BreachCase.Outcome.choices, **kwargs
        )

    def form_valid(self, form):
        if BreachCase.objects.filter(pk=self.object.pk).exclude(closed_at=None).exists():
            messages.error(self.request, _("The case is closed; nothing was changed."))
            return redirect(self.get_edit_url())
        return super().form_valid(form)


class BreachStepView(PermissionCheckedMixin, View):
    model = BreachCase
    permission_required = "change"
    edit_url_name = None
    http_method_names = ["post"]

    def post(self, request, pk, step):
        take = getattr(self, f"_{step.replace('-', '_')}", None)
        if step not in STEPS or take is None:
            raise Http404
        case = get_object_or_404(BreachCase, pk=pk)
        try:
            messages.success(request, take(case))
        except BreachIncompleteError as refusal:
            messages.error(request, _missing(refusal))
        except BreachClosedError:
            messages.error(request, _("The case is closed; nothing was changed."))
        except NoticeStaysError:
            messages.error(request, _("The notice stays on the site for thirty days."))
        return redirect(reverse(self.edit_url_name, args=[pk]))

    def _tell(self, case):
        with transaction.atomic():
            begun = services.start_telling(case.pk, actor=str(self.request.user.pk))
            if begun:
                transaction.on_commit(lambda: tell_people.enqueue(case.pk))
        return _("Everybody concerned is mailed now.")

    def _publish(self, case):
        services.publish_notice(case.pk, actor=str(self.request.user.pk))
        return _("The notice is on the site, for thirty days at least.")

    def _withdraw(self, case):
        services.withdraw_notice(case.pk, actor=str(self.request.user.pk))
        return _("The notice is off the site.")

    def _close(self, case):
        outcome = self.request.POST.get("outcome", "")
        if outcome not in BreachCase.Outcome.values:
            raise BreachIncompleteError(["outcome"])
        services.close_case(case.pk, user=self.request.user, outcome=outcome)
        return _("The case is closed.")


STEPS = ("tell", "publish", "withdraw", "close")


def _missing(refusal):
    told = {
        "told_at": _("people have not been told"),
        "report_reference": _("the number of the report to the authority"),
        "outcome": _("what came out"),
    }
    fields = {field.name: field.verbose_name for field in BreachCase._meta.fields}
    words = ", ".join(str(told.get(name) or fields[name]) for name in refusal.missing)
    return _("This is missing still: %(words)s") % {"words": words}


class BreachViewSet(ModelViewSet):
    model = BreachCase
    name = "breaches"
    icon = "warning"
    menu_label = pgettext_lazy("of personal data", "Breaches")
    menu_order = 175
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    form_class = BreachForm
    form_fields = [*FACTS, *ITEMS, "report_reference"]
    index_view_class = BreachIndexView
    edit_view_class = BreachEditView
    edit_template_name = "rights/admin/breach.html"

    def get_form_class(self, for_update=False):
        return BreachForm

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            delete_url_name=None, history_url_name=None, usage_url_name=None, **kwargs
        )

    def get_urlpatterns(self):
        kept = ("index", "index_results", "add", "edit")
        step = self.construct_view(BreachStepView, edit_url_name=self.get_url_name("edit"))
        return [
            *(one for one in super().get_urlpatterns() if one.name in kept),
            path("<int:pk>/<slug:step>/", step, name="step"),
        ]
