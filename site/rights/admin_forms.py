"""Forms of the staff's side."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from privacy.text import clean_text
from privacy.validators import validate_no_resident_number

REASON_LENGTH = 300
ANSWER_LENGTH = 2000
EXTENSION_LENGTH = 500


class HoldReasonForm(forms.Form):
    """Why data is held back from destruction, or let go again."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("For example the number of the case. Write no personal data."),
        error_messages={"required": _("Write a reason; it stays on record with the hold.")},
    )

    def clean_reason(self):
        reason = clean_text(self.cleaned_data["reason"])
        validate_no_resident_number(reason)
        if not reason:
            raise forms.ValidationError(self.fields["reason"].error_messages["required"])
        return reason


class LookForm(HoldReasonForm):
    """Why somebody looks at what only a law wants kept."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "For example a tax audit, or a dispute about this payment. Write no personal data."
        )
        self.fields["reason"].error_messages["required"] = _(
            "Write a reason; it stays in the access log."
        )


class HoldForm(HoldReasonForm):
    """What is to be held: a whole data set, or the part that belongs to one petition."""

    part = forms.ChoiceField(
        label=_("What is to be kept for now"),
        error_messages={
            "required": _("Choose what is to be kept."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    field_order = ["part", "reason"]

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [("", pgettext("an item", "Please choose")), *parts]

    def clean_part(self):
        data_set, _separator, scope = self.cleaned_data["part"].partition(":")
        return data_set, scope


def _words_field(label, limit, help_text, rows=5):
    return forms.CharField(
        label=label,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={"required": _("Write what the person is to be told.")},
    )


class WordsForm(forms.Form):
    """Base: words for a person. They go by mail as they stand here, or were told another way."""

    def __init__(self, *args, by_mail=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not by_mail:
            self.fields["words"].help_text = _(
                "Write here what you told or wrote to them. A refusal needs its reason and the "
                "ways to object."
            )

    def clean_words(self):
        words = clean_text(self.cleaned_data["words"], keep_lines=True)
        validate_no_resident_number(words)
        if not words:
            raise forms.ValidationError(self.fields["words"].error_messages["required"])
        return words


class AnswerForm(WordsForm):
    """What was done, or why not."""

    words = _words_field(
        _("Our answer"),
        ANSWER_LENGTH,
        _(
            "It goes out by mail as it stands here. A refusal needs its reason; how to object is "
            "added by itself."
        ),
    )


class ExtensionForm(WordsForm):
    """Why an answer takes longer."""

    words = _words_field(
        _("Why it takes longer"),
        EXTENSION_LENGTH,
        _("It goes out by mail with the new last day."),
        rows=2,
    )
