"""Who answers and signs for a respondent, and by what right."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.forms import CleanTextMixin
from privacy.validators import validate_email_address

from ..models import Delegation
from .papers import LARGEST

Proof = Delegation.Proof
PROOFS = (
    (Proof.OWN_ADDRESS.value, _("A code to the address to which we wrote")),
    (Proof.DOCUMENT.value, _("A power of attorney, as a file")),
)


class DelegateForm(CleanTextMixin, forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("delegate", "Name of the delegate"),
        max_length=40,
        help_text=_("Known to the office only. The public reads that a delegate signed."),
        error_messages={"required": _("Please write who answers.")},
    )
    title = forms.CharField(
        label=pgettext_lazy("delegate", "Function"),
        max_length=60,
        help_text=_("For example: policy chair of the camp. It stands in the agreement."),
        error_messages={"required": _("Please write what the delegate does for you.")},
    )
    email = forms.CharField(
        label=_("E-mail of the delegate"),
        max_length=254,
        validators=[validate_email_address],
        widget=forms.EmailInput(),
        help_text=_("A link of their own goes there, and the codes."),
        error_messages={"required": _("Please write where the delegate reads mail.")},
    )
    proof = forms.ChoiceField(
        label=_("How the delegation is proved"),
        choices=PROOFS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the two.")},
    )
    document = forms.FileField(
        label=_("Power of attorney"),
        required=False,
        help_text=_(
            "PDF, JPEG or PNG, up to 10 MB. Two people in our office look at it. It is destroyed "
            "six months after election day."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"empty": _("The file is empty. Please choose it again.")},
    )

    def clean_document(self):
        document = self.cleaned_data["document"]
        if document and document.size > LARGEST:
            raise forms.ValidationError(_("The file has more than 10 MB. Please make it smaller."))
        return document

    def clean(self):
        cleaned = super().clean()
        needs_file = cleaned.get("proof") == Proof.DOCUMENT
        if needs_file and not cleaned.get("document") and "document" not in self.errors:
            self.add_error("document", _("Please choose the file."))
        return cleaned

    def values(self) -> dict[str, object]:
        """A file counts only where it is the proof."""
        cleaned = self.cleaned_data
        is_file = cleaned["proof"] == Proof.DOCUMENT
        words = {name: cleaned[name] for name in ("name", "title", "email")}
        return {**words, "document": cleaned["document"].read() if is_file else b""}
