"""Forms of the staff's side."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.forms import PageForm
from privacy.admin_forms import PersonSearchForm, ReasonForm

# Each field of the sign form that nobody can leave out has one.
REASON_FIELDS = ("name_reason", "email_reason", "region_reason")


class FullViewForm(ReasonForm):
    """Why staff look at a signer unmasked: what for, and in their own words."""

    class Purpose(models.TextChoices):
        REQUEST = "request", pgettext_lazy("full view", "The signer asked us something")
        CHECK = "check", pgettext_lazy("full view", "To check whether the signature is genuine")
        ROLL = "roll", pgettext_lazy("full view", "To correct the roll before the hand-over")
        AUTHORITY = "authority", pgettext_lazy("full view", "A court or an authority demands it")
        OTHER = "other", pgettext_lazy("full view", "Another purpose")

    purpose = forms.ChoiceField(
        label=pgettext_lazy("full view", "Purpose"),
        choices=[("", "—"), *Purpose.choices],
        error_messages={"required": _("Choose what you need it for.")},
    )
    field_order = ["purpose", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Beside the form that changes the status: heard alone, two fields have two names.
        self.fields["reason"].label = pgettext_lazy("full view", "Why you need to see it")

    @property
    def reason(self):
        """Both as one text for the access log."""
        chosen = self.Purpose(self.cleaned_data["purpose"]).label
        return f"{chosen}: {self.cleaned_data['reason']}"


class SignatureSearchForm(PersonSearchForm):
    label = _("Find a signature")


class ContinuationForm(forms.Form):
    """Whose signers are asked, and what they are asked to sign."""

    old = forms.ModelChoiceField(
        label=_("Signed until now"),
        queryset=None,
        empty_label=pgettext_lazy("an item", "Please choose"),
        error_messages={"required": _("Choose the petition whose signers are asked.")},
    )
    new = forms.ModelChoiceField(
        label=_("To be signed from now on"),
        queryset=None,
        empty_label=pgettext_lazy("an item", "Please choose"),
        help_text=_("A public petition that takes signatures."),
        error_messages={"required": _("Choose the petition that they are asked to sign.")},
    )

    def __init__(self, *args, petitions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old"].queryset = self.fields["new"].queryset = petitions


class ConsentSelect(forms.Select):
    """Names each consent text with its kind, so that two of the same title can be told apart."""

    def create_option(self, name, value, label, *args, **kwargs):
        if definition := getattr(value, "instance", None):
            need = _("needed") if definition.required else _("optional")
            label = f"{definition.title} — {definition.get_kind_display()}, {need}"
        return super().create_option(name, value, label, *args, **kwargs)


@dataclass(frozen=True)
class Obstacle:
    """Why a petition can't be published, and the field where that is put right."""

    message: str
    field: str | None = None


def missing_reasons(reasons: Mapping[str, str]) -> list[Obstacle]:
    """A field that nobody can leave out must say why it is needed (PIPA art. 16)."""
    message = _("Say why this is needed: nobody may be asked for more than is needed.")
    return [Obstacle(message, name) for name, reason in reasons.items() if not reason.strip()]


def incomplete_consents(definitions) -> list[Obstacle]:
    """A consent tells purpose, items, time and the right to refuse, or it is none."""
    message = _(
        "The consent “%(title)s” does not tell all that the law wants (%(missing)s). Complete it "
        "under Settings, Consent texts."
    )
    found = []
    for definition in definitions:
        if untold := definition.untold:
            names = [str(definition._meta.get_field(name).verbose_name) for name in untold]
            told = {"title": definition.title, "missing": ", ".join(names)}
            found.append(Obstacle(message % told))
    return found


def obstacles_to_publishing(
    definitions, roll_recipients: str, reasons: Mapping[str, str]
) -> list[Obstacle]:
    """What the law wants settled before the first name is asked for: PIPA art. 15 to 17, 22-2."""
    kinds = {definition.kind for definition in definitions}
    found = [*missing_reasons(reasons), *incomplete_consents(definitions)]
    if "collection" not in kinds:
        found.append(
            Obstacle(
                _(
                    "Under “Signing”, choose a needed consent of the kind “Collection and use”. "
                    "Without it nobody may be asked for a name."
                )
            )
        )
    if "age" not in kinds:
        found.append(
            Obstacle(
                _(
                    "Under “Signing”, choose a needed consent of the kind “Age”. Children under 14 "
                    "need a parent's consent, which this form can't ask for."
                )
            )
        )
    if "third_party" in kinds and not roll_recipients.strip():
        found.append(
            Obstacle(
                _("Name who gets the signature roll: the consent to be listed on it needs this."),
                "roll_recipients",
            )
        )
    return found


class PetitionPageForm(PageForm):
    """Drafts may be incomplete. What is published or sent to review must be ready for signers."""

    def clean(self):
        cleaned_data = super().clean()
        if not self.is_deferred_validation:
            self._check_ready(cleaned_data)
        return cleaned_data

    def _check_ready(self, cleaned_data):
        recipients = cleaned_data.get("roll_recipients") or ""
        reasons = {name: cleaned_data.get(name) or "" for name in REASON_FIELDS}
        for obstacle in obstacles_to_publishing(self._chosen_definitions(), recipients, reasons):
            self.add_error(obstacle.field, obstacle.message)
        closes_at, hand_over_on = cleaned_data.get("closes_at"), cleaned_data.get("hand_over_on")
        if closes_at and hand_over_on and hand_over_on < timezone.localdate(closes_at):
            self.add_error(
                "hand_over_on", _("Signatures are handed over on or after the day of closing.")
            )

    def _chosen_definitions(self):
        formset = self.formsets["petition_consents"]
        formset.is_valid()
        chosen = [form.cleaned_data for form in formset.forms if hasattr(form, "cleaned_data")]
        return [row["definition"] for row in chosen if row.get("definition") and not row["DELETE"]]
