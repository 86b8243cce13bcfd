"""What staff type about agreements. Reasons are public: their fields say so."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from privacy.forms import CleanTextMixin
from privacy.validators import validate_no_resident_number

from ..models import PledgeAgreement, PublicNote, VoidProposal
from ..validators import check_wording

PUBLIC = _("Everybody can read it, with the day, for good. Name nobody else.")


class PublicReasonForm(CleanTextMixin, forms.Form):
    """A reason that stands on the respondent's page."""

    reason = forms.CharField(
        label=_("Reason, for all to read"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=PUBLIC,
        validators=[validate_no_resident_number, check_wording],
        error_messages={"required": _("Write a reason; it is published with the day.")},
    )


class WithdrawalForm(PublicReasonForm):
    """The respondent asked for it, by letter or telephone."""

    withdrawn_on = forms.DateField(
        label=_("Day of the withdrawal"), widget=AdminDateInput, initial=timezone.localdate
    )
    field_order = ["withdrawn_on", "reason"]

    def clean_withdrawn_on(self):
        day = self.cleaned_data["withdrawn_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class VoidForm(PublicReasonForm):
    cause = forms.ChoiceField(
        label=pgettext_lazy("void", "Cause"),
        choices=VoidProposal.Cause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the cause is.")},
    )
    field_order = ["cause", "reason"]


class NoteForm(PublicReasonForm):
    """A correction; what was written before stays as it is."""

    kind = PublicNote.Kind.CORRECTION

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("What is corrected, and why")


class ReopeningForm(PublicReasonForm):
    until = forms.DateTimeField(
        label=_("Until when answers are possible"), widget=AdminDateTimeInput
    )
    field_order = ["until", "reason"]

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= timezone.now():
            raise forms.ValidationError(_("This moment is over. Choose a later one."))
        return until


class HoldingForm(CleanTextMixin, forms.Form):
    reason = forms.CharField(
        label=_("Why the comment is kept back"),
        max_length=200,
        help_text=_("Its author gets this by mail. The public reads that a comment is kept back."),
        validators=[validate_no_resident_number],
        error_messages={"required": _("Write a reason; its author is told.")},
    )


class BatchForm(CleanTextMixin, forms.Form):
    """Which agreements a representative signs, and as what."""

    signer_title = forms.CharField(
        label=pgettext_lazy("representative", "You sign as"),
        max_length=80,
        initial=_("Standing representative"),
        error_messages={"required": _("Say in which function you sign; it stands in the text.")},
    )
    agreements = forms.ModelMultipleChoiceField(
        queryset=PledgeAgreement.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one agreement."),
            "invalid_choice": _("One of them is in another state now. Please choose again."),
            "invalid_pk_value": _("One of them is in another state now. Please choose again."),
        },
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreements"].queryset = waiting


class RespondentSearchForm(CleanTextMixin, forms.Form):
    name = forms.CharField(
        label=_("Name of the candidate, party or camp"),
        max_length=80,
        error_messages={"required": _("Write a name, or a part of it.")},
    )


CARDS = {
    "resident": _("Resident registration card"),
    "driving": _("Driving licence"),
    "passport": _("Passport"),
    "official": _("Public official's card"),
    "mobile": _("Mobile identity card"),
}


class IdentityForm(forms.Form):
    """What was shown on site; no number of it is written down."""

    document = forms.ChoiceField(
        label=_("What was shown"),
        choices=CARDS.items(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which identity card was shown.")},
    )
    is_compared = forms.BooleanField(
        label=_("I compared the face and the name with the card."),
        error_messages={"required": _("Compare the face and the name, then tick this.")},
    )

    @property
    def card(self):
        return CARDS[self.cleaned_data["document"]]
