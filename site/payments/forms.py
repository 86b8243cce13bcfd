"""What the treasurer types."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.forms import CleanTextMixin

from .models import AccountChange, BankAccount, OfficePaper, Payment

FILE_BYTES = 20 * 1024 * 1024
PAPER_BYTES = 5 * 1024 * 1024
METHODS = (Payment.Method.ON_SITE, Payment.Method.WAIVED, Payment.Method.BANK_TRANSFER)
WORDS = {"required": _("Please say why, in a few words.")}


def _reason(**kwargs):
    return forms.CharField(
        label=_("Reason"), max_length=200, min_length=2, error_messages=WORDS, **kwargs
    )


class StatementForm(forms.Form):
    """The bank's file as it comes, and whose it is."""

    account = forms.ModelChoiceField(
        label=_("Bank account"), queryset=BankAccount.objects.order_by("pk"), empty_label=None
    )
    file = forms.FileField(
        label=_("File of the bank"),
        help_text=_(
            "The list of transactions as the bank's site gives it out: xls, xlsx or csv, up to "
            "20 MB. Do not change it before. A file may be sent again; nothing is counted twice."
        ),
        error_messages={
            "required": _("Choose the file that you downloaded from the bank."),
            "empty": _("The file is empty. Download it from the bank again."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 20 MB. Download a shorter time from the bank.")
            )
        return file


class MarkForm(CleanTextMixin, forms.Form):
    """On whose word something is paid."""

    method = forms.ChoiceField(
        label=_("How it was paid"), choices=[(one.value, one.label) for one in METHODS]
    )
    note = _reason()


class ReasonForm(CleanTextMixin, forms.Form):
    """Why; stays on the record with the name of who wrote it."""

    reason = _reason()


class CloseMonthForm(CleanTextMixin, forms.Form):
    """What is carried over, and why; may stay empty where nothing is."""

    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What is carried over to the next month, and why. Write no names."),
    )


class RefundAccountForm(CleanTextMixin, forms.Form):
    """Where money goes back to."""

    bank = forms.CharField(label=_("Bank"), max_length=20)
    account_number = forms.RegexField(
        r"^[0-9][0-9 -]{5,29}$",
        label=_("Account number"),
        max_length=30,
        error_messages={"invalid": _("Write the number with digits and hyphens.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    account_holder = forms.CharField(label=_("Account holder"), max_length=40)


class PayerSearchForm(CleanTextMixin, forms.Form):
    """A whole name, or the number of a registration."""

    query = forms.CharField(
        label=_("Name or number of a registration"),
        max_length=60,
        help_text=_("The whole name; parts of names find nothing."),
    )


class AccountChangeForm(CleanTextMixin, forms.ModelForm):
    """A new account, or other words on one."""

    class Meta:
        model = AccountChange
        fields = ("account", "bank", "number", "holder", "is_open", "reason")

    number = forms.RegexField(
        r"^[0-9][0-9-]{5,29}$",
        label=_("Account number"),
        max_length=30,
        error_messages={"invalid": _("Write the number with digits and hyphens.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    reason = _reason()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"].empty_label = pgettext_lazy("bank account", "A new account")
        self.fields["account"].label = _("Account to change")


class CoverForm(forms.Form):
    """Until when all deposits are known, on a person's word."""

    account = forms.ModelChoiceField(queryset=BankAccount.objects.all(), widget=forms.HiddenInput)
    until = forms.SplitDateTimeField(
        label=_("I have seen the account: no other deposit came until"),
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date"},
            time_attrs={"type": "time"},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        ),
    )

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until > timezone.now():
            raise forms.ValidationError(_("This moment has not come yet."))
        return until


class PaperForm(forms.Form):
    """A copy of the bank book, or the certificate of the organisation's number."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("paper", "Which"), choices=OfficePaper.Kind.choices
    )
    account = forms.ModelChoiceField(
        label=_("Bank account"),
        queryset=BankAccount.objects.filter(is_open=True).order_by("pk"),
        required=False,
        help_text=_("For a copy of the bank book: of which account."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPG or PNG, up to 5 MB. Cover what nobody needs to see."),
        error_messages={
            "required": _("Choose the file: a scan or a photograph."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > PAPER_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Make a smaller one."))
        return file

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == OfficePaper.Kind.NUMBER:
            cleaned["account"] = None
        elif not cleaned.get("account") and "account" not in self.errors:
            self.add_error("account", _("Choose the account that the bank book is of."))
        return cleaned
