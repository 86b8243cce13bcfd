from datetime import datetime, time, timedelta

from django import forms
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.users.forms import UserEditForm

from privacy.text import clean_text

from .defaults import PRESETS
from .registry import scope_kinds


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


class WhyForm(forms.Form):
    """Why somebody's rights change. Stays on record with the change."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write a reason; it stays on record with the change.")},
    )

    def clean_reason(self):
        reason = clean_text(self.cleaned_data["reason"], keep_lines=True)
        if not reason:
            raise forms.ValidationError(self.fields["reason"].error_messages["required"])
        return reason


class PresetForm(WhyForm):
    """Several roles at once."""

    preset = forms.ChoiceField(
        label=_("Roles of a small office"),
        choices=[(name, preset.label) for name, preset in PRESETS.items()],
        widget=forms.RadioSelect,
    )
    field_order = ["preset", "reason"]


class GiveRoleForm(WhyForm):
    """A role for some days, or for one region or the like, or both."""

    role = forms.ModelChoiceField(label=_("Role"), queryset=Group.objects.order_by("name"))
    scope = forms.ChoiceField(
        label=_("Only for"),
        required=False,
        help_text=_("Lists, searches and exports then hold these rows and no others."),
    )
    starts_on = forms.DateField(
        label=pgettext_lazy("first day", "From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The role ends by itself at the end of this day."),
    )
    field_order = ["role", "scope", "starts_on", "ends_on", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [
            (kind.label, [(f"{kind.name}:{key}", label) for key, label in kind.choices()])
            for kind in scope_kinds()
        ]
        self.fields["scope"].choices = [("", _("No limit")), *groups]

    def clean(self):
        cleaned = super().clean()
        ends_on, today = cleaned.get("ends_on"), timezone.localdate()
        if ends_on and ends_on < max(cleaned.get("starts_on") or today, today):
            self.add_error("ends_on", _("The last day is before the first, or in the past."))
        if not ends_on and not cleaned.get("scope") and not self.errors:
            self.add_error(
                "ends_on",
                _("Choose a last day or a limit. For good, give the role in the account itself."),
            )
        return cleaned

    def terms(self):
        """What the service wants to know, in moments of our clock."""
        cleaned = self.cleaned_data
        kind, _separator, key = cleaned["scope"].partition(":")
        begins, ends = cleaned["starts_on"], cleaned["ends_on"]
        later = begins and begins > timezone.localdate()
        return {
            "group": cleaned["role"],
            "reason": cleaned["reason"],
            "starts_at": _midnight(begins) if later else None,
            "ends_at": _midnight(ends + timedelta(days=1)) if ends else None,
            "scope": (kind, key),
        }


class SignOffForm(forms.Form):
    """What was found when somebody looked through who has which role."""

    note = forms.CharField(
        label=_("What you found"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
