"""What staff type about the law on elections."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminPageChooser
from wagtail.models import Page

from home.network.models import Organisation
from privacy.forms import CleanTextMixin

from ..models import Approval, CommissionInquiry, ReleaseOverride, Takedown
from ..validators import check_comparison

WHY = {"required": _("Please say why, in a few words.")}
ROWS = forms.Textarea(attrs={"rows": 4})


def _not_to_come(day):
    if day > timezone.localdate():
        raise forms.ValidationError(_("This day is still to come. Enter the day of the paper."))
    return day


class InquiryForm(CleanTextMixin, forms.ModelForm):
    """That the election commission was asked, in writing."""

    prefix = "inquiry"

    class Meta:
        model = CommissionInquiry
        fields = ("office", "question", "sent_on", "reference")
        widgets = {"question": ROWS, "sent_on": AdminDateInput}

    def clean_sent_on(self):
        return _not_to_come(self.cleaned_data["sent_on"])


class InquiryAnswerForm(CleanTextMixin, forms.Form):
    """What the election commission answered."""

    prefix = "answer"

    verdict = forms.ChoiceField(
        label=_("The commission"),
        choices=[
            ("clear", _("has nothing against the board")),
            ("objects", _("objects: the board stays closed, and goes at once if it is public")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the commission has something against it.")},
    )
    answer = forms.CharField(label=_("What it answered"), max_length=2000, widget=ROWS)
    answered_on = forms.DateField(
        label=_("Answered on"), widget=AdminDateInput, initial=timezone.localdate
    )

    def __init__(self, *args, sent_on=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.sent_on = sent_on

    def clean_answered_on(self):
        day = _not_to_come(self.cleaned_data["answered_on"])
        if self.sent_on and day < self.sent_on:
            raise forms.ValidationError(_("The answer can't be older than the inquiry."))
        return day


class OverrideForm(CleanTextMixin, forms.ModelForm):
    """Somebody answers for publishing before the commission has spoken."""

    prefix = "override"

    class Meta:
        model = ReleaseOverride
        fields = ("officer", "office", "reason")
        widgets = {"reason": ROWS}
        error_messages = {"reason": WHY}


class ApprovalForm(CleanTextMixin, forms.ModelForm):
    """What names candidates and shall be drawn, printed or mailed."""

    prefix = "approval"

    class Meta:
        model = Approval
        fields = ("kind", "text")
        widgets = {"text": ROWS}


class DecisionForm(CleanTextMixin, forms.Form):
    """Yes or no, and why."""

    decision = forms.ChoiceField(choices=[("approve", ""), ("refuse", "")])
    reason = forms.CharField(label=_("Reason"), max_length=300, min_length=2, error_messages=WHY)


class CoHostForm(forms.Form):
    """Who asks together with the coalition; whoever the law bars can't be chosen."""

    prefix = "host"

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.filter(barred_from_elections=False, left_on=None).in_order(),
        error_messages={
            "invalid_choice": _(
                "The law bars this organisation from elections (Framework Act on Cooperatives, "
                "article 9; Public Official Election Act, article 87)."
            )
        },
    )


class TakedownForm(CleanTextMixin, forms.Form):
    """Something goes off the site: what, why, who asked when."""

    target = forms.ChoiceField(
        label=pgettext_lazy("takedown", "What"),
        choices=Takedown.Target.choices,
        widget=forms.RadioSelect,
    )
    page = forms.ModelChoiceField(
        label=_("Page"),
        queryset=Page.objects.filter(depth__gt=1),
        required=False,
        widget=AdminPageChooser,
        help_text=_("Only for a page."),
    )
    where = forms.CharField(
        label=_("Address of the candidate's page"),
        max_length=300,
        required=False,
        help_text=_("For a comment or a statement: copy it from the board."),
    )
    number = forms.CharField(
        label=_("Number of the demand"),
        max_length=20,
        required=False,
        help_text=_("For a comment: as it stands on the page, such as 3 or 경기 1."),
    )
    reason = forms.ChoiceField(
        label=_("Reason"), choices=Takedown.Reason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In which words"),
        max_length=500,
        min_length=5,
        validators=[check_comparison],
        widget=ROWS,
        help_text=_("Its author reads this, and for a comment or statement everybody."),
    )
    reference = forms.CharField(label=_("Number of the request"), max_length=40, required=False)
    asked_at = forms.DateTimeField(
        label=_("Asked at"), widget=AdminDateTimeInput, initial=timezone.localtime
    )

    def clean_asked_at(self):
        moment = self.cleaned_data["asked_at"]
        if moment > timezone.now():
            raise forms.ValidationError(_("This moment is still to come."))
        return moment

    def clean(self):
        cleaned = super().clean()
        target = cleaned.get("target")
        if target == Takedown.Target.PAGE and not cleaned.get("page"):
            self.add_error("page", _("Choose the page."))
        if target in (Takedown.Target.COMMENT, Takedown.Target.STATEMENT):
            self._need("where", _("Copy the address of the candidate's page."))
        if target == Takedown.Target.COMMENT:
            self._need("number", _("Say the comment on which demand."))
        return cleaned

    def _need(self, name, told):
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, told)


class ToldForm(CleanTextMixin, forms.Form):
    """How the author was told without a mail."""

    how = forms.CharField(
        label=_("How the author was told"),
        max_length=100,
        min_length=2,
        help_text=_("For example: by telephone, 14:20, head of office."),
    )


class ObjectionForm(CleanTextMixin, forms.Form):
    words = forms.CharField(label=_("What the author says"), max_length=500, widget=ROWS)


class OutcomeForm(CleanTextMixin, forms.Form):
    """What became of an objection."""

    outcome = forms.ChoiceField(
        label=_("The objection"),
        choices=[
            ("restored", pgettext_lazy("objection", "is right: show it again")),
            ("refused", pgettext_lazy("objection", "is refused: it stays off")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("Who decided, and why"), max_length=500, widget=ROWS)
