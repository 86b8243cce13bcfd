"""What staff type about the demands."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from privacy.forms import CleanCharField, CleanTextMixin

from ..models import Demand, Election
from ..validators import check_wording

LARGE = forms.Textarea(attrs={"rows": 6})
SMALL = forms.Textarea(attrs={"rows": 3})


class WordedField(CleanCharField):
    """A text that goes public: nothing for or against somebody."""

    default_validators = [check_wording]


class LinesField(WordedField):
    """Several lines, and an empty one between two."""

    def __init__(self, **kwargs):
        super().__init__(keep_lines=True, **kwargs)


class DemandSetForm(CleanTextMixin, forms.Form):
    """Whom a set of demands is for."""

    election = forms.ModelChoiceField(label=_("Election"), queryset=Election.objects.all())
    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        help_text=_("With a region: asked there besides what is asked of everybody."),
    )
    title = WordedField(
        label=_("Title"),
        max_length=120,
        min_length=2,
        help_text=_("It stands above the demands and stays as it is once they are published."),
    )

    def __init__(self, *args, regions, may_ask_all, **kwargs):
        super().__init__(*args, **kwargs)
        self.regions = {str(region.pk): region for region in regions}
        self.may_ask_all = may_ask_all
        choices = [(key, region.full_name) for key, region in self.regions.items()]
        first = _("Of everybody") if may_ask_all else _("Choose a region")
        self.fields["region"].choices = [("", first), *choices]

    def clean_region(self):
        region = self.regions.get(self.cleaned_data["region"])
        if region is None and not self.may_ask_all:
            raise forms.ValidationError(_("Choose the region in which this is asked."))
        return region

    def clean(self):
        cleaned = super().clean()
        election, region = cleaned.get("election"), cleaned.get("region")
        if election and region and not region.is_valid_on(election.vote_on):
            self.add_error("region", _("On election day there is no such region any more."))
        return cleaned


class IntroForm(forms.Form):
    """What stands above the demands."""

    title = WordedField(label=_("Title"), max_length=120, min_length=2)
    intro = LinesField(
        label=_("Introduction"),
        max_length=2000,
        required=False,
        widget=SMALL,
        help_text=_("Two or three sentences: why now, who wrote it."),
    )

    def __init__(self, *args, title_stands=False, **kwargs):
        super().__init__(*args, **kwargs)
        if title_stands:
            self.fields["title"].disabled = True
            self.fields["title"].help_text = _("It was published under this title.")


class DemandForm(forms.ModelForm):
    background_url = forms.URLField(
        label=_("Background"),
        required=False,
        assume_scheme="https",
        help_text=_("A report or page with more about it."),
    )

    class Meta:
        model = Demand
        fields = (
            *("title", "text", "why", "theme", "target", "steps", "deadline", "funding"),
            "background_url",
        )
        field_classes = {
            **dict.fromkeys(("title", "theme", "deadline"), WordedField),
            **dict.fromkeys(("text", "why", "target", "steps", "funding"), LinesField),
        }
        widgets = {"text": LARGE, "why": LARGE, "steps": SMALL, "target": SMALL, "funding": SMALL}
        help_texts = {
            "title": _("One line: a person reads it first, on a phone."),
            "text": _("What is to be done, in two or three sentences. This is what is signed."),
            "why": _("Shown folded below the demand."),
            "theme": _("Groups demands: law, funding, care …"),
            "target": _("Something that can be counted or seen, if there is."),
            "deadline": _("For example: in the first year in office, by the end of 2027."),
        }


class ResolveForm(CleanTextMixin, forms.Form):
    """Which body of the coalition resolved the text, and when."""

    body = forms.CharField(
        label=_("Resolved by"),
        max_length=80,
        min_length=2,
        help_text=_("General assembly, committee …"),
    )
    resolved_on = forms.DateField(
        label=_("Resolved on"), widget=AdminDateInput, initial=timezone.localdate
    )

    def clean_resolved_on(self):
        day = self.cleaned_data["resolved_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class PublishForm(CleanTextMixin, forms.Form):
    """The last look before a text stands still."""

    note = WordedField(
        label=_("What changed"),
        max_length=300,
        min_length=2,
        help_text=_("One sentence. Everybody reads it beside the new text."),
        error_messages={"required": _("Say in one sentence what changed.")},
    )
    is_minor = forms.BooleanField(
        label=_("Small correction"),
        required=False,
        help_text=_("Spelling and the like: nobody is asked again."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, is_first, **kwargs):
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["note"], self.fields["is_minor"]
