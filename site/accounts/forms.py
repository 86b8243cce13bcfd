"""What staff type about themselves outside the admin."""

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _


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
