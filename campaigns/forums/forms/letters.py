"""What staff write to participants."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.text import clean_text
from privacy.validators import validate_no_resident_number

from ..models import Letter

Audience = Letter.Audience


class LetterForm(forms.Form):
    """``sizes`` says how many each group has, ``sessions`` are those of the forum."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    audience = forms.ChoiceField(
        label=pgettext_lazy("letter", "To whom"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose to whom you write.")},
    )
    subject = forms.CharField(
        label=pgettext_lazy("letter", "Subject"),
        max_length=80,
        help_text=_("No names: it stands in everybody's list of mails."),
        validators=[validate_no_resident_number],
        error_messages={"required": _("Write a subject.")},
    )
    body = forms.CharField(
        label=pgettext_lazy("letter", "Message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Name, day, place and the link to their own registration are added to each mail. "
            "Leave an empty line between paragraphs."
        ),
        validators=[validate_no_resident_number],
        error_messages={"required": _("Write a message.")},
    )
    is_about_forum = forms.BooleanField(
        label=_("It is about this meeting: no advertising, no request for donations"),
        help_text=_(
            "People left their address to take part. For anything else the law wants their consent "
            "to news and (광고) before the subject."
        ),
        error_messages={
            "required": _("Only what is about this meeting can be sent from here. Please confirm.")
        },
    )

    def __init__(self, *args, sizes, sessions, letter=None, **kwargs):
        kwargs.setdefault("initial", _initial(letter))
        super().__init__(*args, **kwargs)
        self.sessions = {str(session.pk): session for session in sessions}
        groups = [(str(a), a.label) for a in Audience if a != Audience.SESSION]
        groups += [(key, str(session)) for key, session in self.sessions.items()]
        self.fields["audience"].choices = [
            (key, f"{label} ({sizes.get(key, 0)})") for key, label in groups
        ]

    def clean_subject(self):
        return clean_text(self.cleaned_data["subject"])

    def clean(self):
        cleaned = super().clean()
        chosen = cleaned.get("audience")
        cleaned["session"] = self.sessions.get(chosen)
        if cleaned["session"]:
            cleaned["audience"] = Audience.SESSION
        return cleaned


def _initial(letter):
    if letter is None:
        return {"form_key": uuid.uuid4()}
    return {
        "form_key": letter.form_key,
        "audience": str(letter.session_id or letter.audience),
        "subject": letter.subject,
        "body": letter.body,
        "is_about_forum": True,
    }
