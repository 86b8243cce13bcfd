"""What staff are asked when they copy, change or invite."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateInput

from privacy.text import clean_text


class CopyForm(forms.Form):
    day = forms.DateField(
        label=_("Day of the meeting"),
        widget=AdminDateInput,
        help_text=_(
            "Sessions, registration and deadlines move by as many days. Proposed is the same "
            "weekday."
        ),
        error_messages={"required": _("Choose the day on which it takes place.")},
    )

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose one that is to come."))
        return day


class ChangeForm(forms.Form):
    change = forms.ChoiceField(
        label=_("What happens"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happens.")},
    )
    reason = forms.CharField(
        label=_("Reason, as everybody reads it"),
        max_length=200,
        help_text=_("It stands on the page and in the mails. No names, nothing personal."),
        error_messages={"required": _("Write why, in one sentence.")},
    )

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {
            "postponed": _("Postpone: the new day is told later"),
            "cancelled": _("Call off for good: all money goes back. This can't be undone"),
            "": _("It takes place: on the day that its page says now"),
        }
        # An empty choice would read as none.
        self.fields["change"].choices = [(step or "planned", labels[step]) for step in steps]

    def clean_change(self):
        chosen = self.cleaned_data["change"]
        return "" if chosen == "planned" else chosen

    def clean_reason(self):
        return clean_text(self.cleaned_data["reason"])


class InviteForm(forms.Form):
    """Which member organisations get a code, and for how many seats each."""

    organisations = forms.ModelMultipleChoiceField(
        label=_("Organisations"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one organisation at least.")},
    )
    seats = forms.IntegerField(
        label=_("Seats for each"),
        min_value=1,
        max_value=50,
        error_messages={"required": _("Say how many may come with one code.")},
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = organisations


class GuestForm(forms.Form):
    label = forms.CharField(
        label=pgettext_lazy("invitation", "For whom"), max_length=80, help_text=_("토론자 초대")
    )
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=50, initial=1)

    def clean_label(self):
        return clean_text(self.cleaned_data["label"])


class AddressForm(forms.Form):
    """Where a code is sent, and from which addresses no code is needed."""

    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    email_domain = forms.CharField(label=_("Domain"), required=False, max_length=80)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=50)

    def clean_email_domain(self):
        domain = clean_text(self.cleaned_data["email_domain"]).lower().lstrip("@")
        if domain and ("." not in domain or " " in domain or "@" in domain):
            raise forms.ValidationError(_("A domain looks like this: hanbit.example"))
        if domain in SHARED_DOMAINS:
            raise forms.ValidationError(_("Everybody can have an address there."))
        return domain


# Who has an address here is nobody's representative.
SHARED_DOMAINS = {
    *("naver.com", "daum.net", "hanmail.net", "kakao.com", "gmail.com", "nate.com"),
    *("hotmail.com", "outlook.com", "yahoo.com", "icloud.com"),
}
