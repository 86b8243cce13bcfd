"""How the respondents of an election are asked, and parties that answer as a whole."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from privacy.forms import CleanCharField, CleanTextMixin

from ..models import PledgeRound
from ..validators import check_comparison, check_wording

LARGE = forms.Textarea(attrs={"rows": 4})
FIXED = ("least_accepted", "order")
METHOD = ("method_by", "method_panel", "method_criteria", "method_how", "method_period")


class MethodField(CleanCharField):
    """What everybody reads about the comparison: no points, ranks or grades."""

    default_validators = [check_comparison]

    def __init__(self, **kwargs):
        super().__init__(keep_lines=True, **kwargs)


class PurposeField(MethodField):
    default_validators = [check_wording]


class RoundForm(forms.ModelForm):
    """``is_asked``: somebody was asked already, so what holds for all alike stands."""

    class Meta:
        model = PledgeRound
        fields = (
            *("purpose", "answers_until", "release_at", "least_accepted", "order", "phone"),
            *METHOD,
        )
        field_classes = {
            "purpose": PurposeField,
            "phone": CleanCharField,
            **dict.fromkeys(METHOD, MethodField),
        }
        widgets = {
            "purpose": LARGE,
            "method_criteria": LARGE,
            "method_how": LARGE,
            "answers_until": AdminDateTimeInput,
            "release_at": AdminDateTimeInput,
        }
        help_texts = {
            "answers_until": _("The same moment for everybody, to the second."),
            "release_at": _(
                "The same moment for everybody, after the last one to answer. Empty: as each "
                "hands answers in."
            ),
            "order": _("On the board. Decided before anybody answers, the same on every page."),
            "phone": _("Stands in each invitation."),
            "method_by": _("The body that compares (평가주체)."),
            "method_panel": _("Who is in it (평가단 구성)."),
            "method_criteria": _("By what it is compared (평가지표)."),
            "method_how": _("How it goes (평가방법)."),
            "method_period": _("From when until when (평가기간)."),
        }

    def __init__(self, *args, election, demand_count, is_asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.election, self.demand_count, self.is_asked = election, demand_count, is_asked
        if is_asked:
            for name in FIXED:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("It stands: somebody was asked already.")

    def clean_answers_until(self):
        until = self.cleaned_data["answers_until"]
        if timezone.localdate(until) > self.election.vote_on:
            raise forms.ValidationError(_("This is after election day."))
        before = self.initial.get("answers_until")
        if self.is_asked and before and until < before:
            told = _("Others were told a later moment. It can be put off, not brought forward.")
            raise forms.ValidationError(told)
        return until

    def clean_least_accepted(self):
        number = self.cleaned_data["least_accepted"]
        if self.demand_count and number > self.demand_count:
            told = _("%(number)d demands are asked: it can't be more.")
            raise forms.ValidationError(told, params={"number": self.demand_count})
        return number

    def clean(self):
        cleaned = super().clean()
        until, release = cleaned.get("answers_until"), cleaned.get("release_at")
        if until and release and release < until:
            told = _("Answers become public after the last moment to answer.")
            self.add_error("release_at", told)
        return cleaned

    def _post_clean(self):
        """The field says it already; the constraint would say it once more."""
        super()._post_clean()
        if "release_at" in self.errors:
            self.errors.pop("__all__", None)


class PartyForm(CleanTextMixin, forms.Form):
    """A party or a camp that answers and signs as a whole."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            ("party", pgettext_lazy("respondent", "Party")),
            ("camp", pgettext_lazy("respondent", "Campaign headquarters")),
        ],
        widget=forms.RadioSelect,
        initial="party",
    )
    party_name = forms.CharField(
        label=_("Name of the party or camp"),
        max_length=80,
        min_length=2,
        help_text=_("In full, as it calls itself."),
    )
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args, regions, may_ask_all, **kwargs):
        super().__init__(*args, **kwargs)
        self.regions = {str(region.pk): region for region in regions}
        self.may_ask_all = may_ask_all
        choices = [(key, region.full_name) for key, region in self.regions.items()]
        first = _("The whole country") if may_ask_all else _("Choose a region")
        self.fields["region"].choices = [("", first), *choices]

    def clean_region(self):
        region = self.regions.get(self.cleaned_data["region"])
        if region is None and not self.may_ask_all:
            raise forms.ValidationError(_("Choose the region of the party or camp."))
        return region
