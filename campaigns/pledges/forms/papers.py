"""A paper agreement: its scan, and what stands on it."""

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateInput

from privacy.forms import CleanTextMixin

from ..models import AgreementSignature, DemandAnswer

LARGEST = 10 * 1024 * 1024
Side, Choice = AgreementSignature.Side, DemandAnswer.Choice
SIGNERS = [(Side.CANDIDATE.value, Side.CANDIDATE.label), (Side.DELEGATE.value, Side.DELEGATE.label)]


class PaperForm(CleanTextMixin, forms.Form):
    """What one person reads off the paper; another one compares it with the scan.

    ``demands`` has (label, demand) of each that is asked.
    """

    scan = forms.FileField(
        label=_("Scan of the paper (PDF)"),
        help_text=_("All pages, up to 10 MB. It is shown to staff only."),
        error_messages={
            "required": _("Choose the scan."),
            "empty": _("The file is empty. Scan it again."),
        },
    )
    signed_on = forms.DateField(
        label=_("Day on the paper"), widget=AdminDateInput, initial=timezone.localdate
    )
    side = forms.ChoiceField(
        label=_("Who signed for the candidate"), choices=SIGNERS, widget=forms.RadioSelect
    )
    signer_name = forms.CharField(label=_("Name of who signed"), max_length=80)
    representative = forms.CharField(
        label=_("Representative of the coalition who signed"), max_length=80
    )
    representative_title = forms.CharField(
        label=pgettext_lazy("representative", "Signed as"),
        max_length=80,
        initial=_("Standing representative"),
    )
    has_consents = forms.BooleanField(
        label=_("The paper has the consent to publish answers with the name, ticked and signed."),
        error_messages={"required": _("Without this consent nothing may be published.")},
    )

    def __init__(self, *args, demands, **kwargs):
        super().__init__(*args, **kwargs)
        self.demands = [demand for _label, demand in demands]
        for label, demand in demands:
            self.fields[f"choice_{demand.pk}"] = forms.ChoiceField(
                label=f"{label}. {demand.title}",
                choices=Choice.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Say what the paper answers to this demand.")},
            )
            self.fields[f"comment_{demand.pk}"] = forms.CharField(
                label=_("Comment on the paper"),
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean_scan(self):
        scan = self.cleaned_data["scan"]
        if scan.size > LARGEST:
            raise forms.ValidationError(_("The file has more than 10 MB. Scan it more coarsely."))
        if scan.read(5) != b"%PDF-":
            raise forms.ValidationError(_("This is no PDF, whatever its name says. Scan to PDF."))
        scan.seek(0)
        return scan

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self):
        cleaned = super().clean()
        for demand in self.demands:
            is_partly = cleaned.get(f"choice_{demand.pk}") == Choice.ACCEPT_PARTLY
            if is_partly and not cleaned.get(f"comment_{demand.pk}"):
                self.add_error(f"comment_{demand.pk}", _("Write which part is accepted."))
        return cleaned

    @cached_property
    def answers(self):
        """{key of the demand: (answer, comment)}."""
        cleaned = self.cleaned_data
        return {
            str(row.key): (cleaned[f"choice_{row.pk}"], cleaned[f"comment_{row.pk}"])
            for row in self.demands
        }

    @property
    def facts(self):
        names = ("signed_on", "side", "signer_name", "representative", "representative_title")
        return {name: self.cleaned_data[name] for name in names}


class PaperRefusalForm(CleanTextMixin, forms.Form):
    note = forms.CharField(
        label=_("Why it is not registered"),
        max_length=200,
        error_messages={"required": _("Say why, so that it can be entered rightly.")},
    )
