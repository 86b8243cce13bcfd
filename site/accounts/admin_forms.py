from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.users.forms import UserEditForm


class ReviewForm(forms.Form):
    """What an approver says to a text. Who returns it says why."""

    decision = forms.ChoiceField(choices=[("approve", _("Approve")), ("reject", _("Return"))])
    # The version on the screen: what changed meanwhile is not approved unread.
    revision = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=pgettext_lazy("to the author", "Comment"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sent to the author. Needed when you return the text."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == "reject" and not cleaned.get("comment"):
            self.add_error("comment", _("Write what should be changed, so that the author knows."))
        return cleaned


class StaffEditForm(UserEditForm):
    """Leaving has a screen of its own; a name may be written in one field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("is_active", None)
        self.fields["last_name"].required = False


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept on record."),
    )


class ResetFactorForm(ReasonForm):
    identity_checked = forms.BooleanField(
        label=_("I made sure that it is this person who asks"),
        help_text=_("Face to face, or by a call to a number you know. Not by mail."),
    )
