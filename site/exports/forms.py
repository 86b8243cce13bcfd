from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.text import clean_text
from privacy.validators import validate_no_resident_number

from .models import ExportJob


class ExportForm(forms.Form):
    """What every export asks for, beside which rows: the form of a file, and why."""

    format = forms.ChoiceField(
        label=_("Format"), choices=ExportJob.Format.choices, widget=forms.RadioSelect
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=[("", "—"), *ExportJob.Purpose.choices])
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "To whom the file goes, and for what. Stays on the register with your name; write no "
            "personal data."
        ),
        error_messages={"required": _("Write a reason; nobody takes names out without one.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"format": ExportJob.Format.XLSX}, **kwargs)

    def clean_reason(self):
        reason = clean_text(self.cleaned_data["reason"], keep_lines=True)
        validate_no_resident_number(reason)
        if len(reason) < 5:
            raise forms.ValidationError(_("Say it in a few more words."))
        return reason
