"""What a respondent types."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.forms import CleanCharField

from ..models import DemandAnswer

Choice = DemandAnswer.Choice
ONLY_NAME = _("Please write your name as it stands on the ballot.")
DELEGATES_NAME = _("Please write your name as you were named as delegate.")


class CodeForm(forms.Form):
    """The six digits of the mail."""

    code = CleanCharField(
        label=_("Code of six digits"),
        max_length=20,
        error_messages={"required": _("Please type the six digits of our mail.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
            }
        ),
    )


class AnswerForm(forms.Form):
    """An answer to one demand."""

    choice = forms.ChoiceField(
        label=_("How do you answer?"),
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the three answers.")},
    )
    comment = CleanCharField(
        label=_("What you accept, or why not"),
        required=False,
        keep_lines=True,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 500}),
        error_messages={"max_length": _("At most 500 signs, please.")},
    )
    demand = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def take_as_read(self, revision):
        """What is sent from the page that shows this form was written knowing that revision."""
        self.data = {**self.data.dict(), "seen": revision}

    def clean(self):
        cleaned = super().clean()
        partly = cleaned.get("choice") == Choice.ACCEPT_PARTLY
        if partly and not cleaned.get("comment") and "comment" not in self.errors:
            self.add_error("comment", _("Please say which part you accept: it is public."))
        return cleaned


class DeclineForm(forms.Form):
    """Whoever signs no agreements may say why."""

    statement = CleanCharField(
        label=_("What you want to say about it"),
        required=False,
        keep_lines=True,
        max_length=1000,
        help_text=_("Public, word for word. You may leave it empty."),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
        error_messages={"max_length": _("At most 1,000 signs, please.")},
    )


class WithdrawForm(CodeForm):
    """Taking an agreement back: why, for all to read, and the code of just now."""

    reason = CleanCharField(
        label=_("Why you withdraw"),
        keep_lines=True,
        max_length=500,
        help_text=_("Public, word for word, with today's day."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 500}),
        error_messages={
            "required": _("Please say why, in a sentence: it is public."),
            "max_length": _("At most 500 signs, please."),
        },
    )
    field_order = ["reason", "code"]


# Lines in a field of 600 by 200, and nothing else: they are set into a PDF.
DRAWING = r"^(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})+)+$"
LONGEST_DRAWING = 20_000


class SignForm(CodeForm):
    """The act of signing: a name typed or drawn, consents apart, the code of just now."""

    name = CleanCharField(
        label=pgettext_lazy("signature", "Your name"),
        max_length=40,
        help_text=_("Typed, it is your signature."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    drawing = forms.RegexField(
        DRAWING,
        required=False,
        max_length=LONGEST_DRAWING,
        widget=forms.HiddenInput,
        error_messages={
            "invalid": _("Please draw the signature anew, or type your name."),
            "max_length": _("Please draw the signature anew with fewer lines, or type your name."),
        },
    )
    text_sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    field_order = ["name", "code"]

    def __init__(self, *args, consents, expected_name="", wrong_name=ONLY_NAME, **kwargs):
        super().__init__(*args, **kwargs)
        self.wrong_name = wrong_name
        self.expected_name = expected_name
        self.fields["name"].required = not (expected_name and self.data.get("drawing"))
        self.fields["name"].error_messages["required"] = wrong_name
        self.consents = []
        for _version, consent in consents:
            field = f"consent_{consent.slug}"
            self.fields[field] = forms.BooleanField(
                label=consent.title,
                error_messages={"required": _("Without this consent there is no agreement.")},
            )
            self.consents.append((consent, field))

    @property
    def consent_fields(self):
        return [(consent, self[field]) for consent, field in self.consents]

    @property
    def given(self):
        """The slugs of the consents that were ticked."""
        return tuple(slug.slug for slug, field in self.consents if self.cleaned_data.get(field))

    def clean_name(self):
        name = self.cleaned_data["name"]
        if name and self.expected_name and _letters(name) != _letters(self.expected_name):
            raise forms.ValidationError(self.wrong_name)
        return name

    def clean(self):
        """Whoever drew need not type: whose drawing it is, the invitation says."""
        cleaned = super().clean()
        cleaned["name"] = cleaned.get("name") or self.expected_name
        return cleaned


def _letters(name):
    return "".join(name.split())
