"""What staff type about themselves outside the admin, and whom they invite."""

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .defaults import PRESETS
from .models import Invitation


class ForgottenPasswordForm(forms.Form):
    email = forms.EmailField(
        label=_("e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class NewPasswordForm(forms.Form):
    """One field that can be looked at; who types a password twice mistypes it twice."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        help_text=_("At least 10 characters. Several words in a row are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password


class AcceptForm(NewPasswordForm):
    """What an invited person says of themselves."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=60,
        help_text=_("As colleagues know you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "password"]


class InvitationForm(forms.ModelForm):
    """Who is invited, and what they may do from the first day on."""

    preset = forms.ChoiceField(
        label=_("Roles of a small office"),
        required=False,
        choices=[("", _("None of these")), *((name, one.label) for name, one in PRESETS.items())],
        widget=forms.RadioSelect,
        help_text=_("Several roles at once, beside those chosen above."),
    )

    class Meta:
        model = Invitation
        fields = ["name", "email", "groups", "is_administrator"]
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        if not by.is_superuser:
            del self.fields["is_administrator"]

    def clean(self):
        cleaned = super().clean()
        if preset := cleaned.get("preset"):
            chosen = Q(pk__in=[group.pk for group in cleaned.get("groups", ())])
            cleaned["groups"] = Group.objects.filter(chosen | Q(name__in=PRESETS[preset].roles))
        return cleaned

    def validate_constraints(self):
        """The service says what is wrong with an address, in one place."""
