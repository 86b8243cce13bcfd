"""What staff type about elections and candidates."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateInput

from privacy.forms import CleanTextMixin
from tables import LARGEST

from ..models import Candidacy, CandidateImport, Contest, Office

NO_SOURCE = {"required": _("Say where it is written: an address, or the paper and its day.")}


def _source():
    return forms.CharField(
        label=_("Source"),
        max_length=200,
        min_length=2,
        help_text=_("An address, or the paper and its day. Everybody may ask for it."),
        error_messages=NO_SOURCE,
    )


def _day(label, **kwargs):
    return forms.DateField(label=label, widget=AdminDateInput, **kwargs)


class ListForm(CleanTextMixin, forms.Form):
    """A list of the election commission."""

    file = forms.FileField(
        label=_("File of the election commission"),
        help_text=_(
            "CSV or Excel (xls, xlsx) as it was downloaded, up to 20 MB. Nothing is taken over "
            "before you have looked at it. Addresses and careers are not kept."
        ),
        error_messages={
            "required": _("Choose the file of the election commission."),
            "empty": _("The file is empty. Download it again."),
        },
    )
    stage = forms.ChoiceField(
        label=_("Whom it lists"),
        choices=CandidateImport.Stage.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether they are preliminary or registered.")},
    )
    office = forms.ChoiceField(
        label=pgettext_lazy("election", "Office"),
        choices=[("", _("As the file says")), *Office.choices],
        required=False,
        help_text=_("Only for files that do not say it themselves."),
    )
    source = _source()
    retrieved_on = _day(_("List of which day"), initial=timezone.localdate)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 20 MB. Download less at a time.")
            )
        return file

    def clean_retrieved_on(self):
        return _not_to_come(self.cleaned_data["retrieved_on"])


class ContestForm(CleanTextMixin, forms.Form):
    """A contest that no list brings along."""

    office = forms.ChoiceField(label=pgettext_lazy("election", "Office"), choices=Office.choices)
    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        help_text=_("As it is on election day. Not needed where the whole country votes."),
    )
    district_name = forms.CharField(
        label=_("Constituency"),
        max_length=60,
        required=False,
        help_text=_("종로구제1선거구. Empty where the whole region votes for the office."),
    )

    def __init__(self, *args, regions, **kwargs):
        super().__init__(*args, **kwargs)
        self.regions = {str(region.pk): region for region in regions}
        choices = [(key, region.full_name) for key, region in self.regions.items()]
        self.fields["region"].choices = [("", "—"), *choices]

    def clean_region(self):
        return self.regions.get(self.cleaned_data["region"])

    def clean(self):
        cleaned = super().clean()
        whole = cleaned.get("office") in (Office.PRESIDENT, Office.ASSEMBLY_LIST)
        if not whole and not cleaned.get("region") and "region" not in self.errors:
            self.add_error("region", _("Choose the region in which people vote."))
        return cleaned


class ContestDetailsForm(CleanTextMixin, forms.ModelForm):
    class Meta:
        model = Contest
        fields = ("seats", "status", "by_election_reason", "replaces")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        earlier = Contest.objects.filter(post=self.instance.post).exclude(pk=self.instance.pk)
        self.fields["replaces"].queryset = earlier.select_related("election", "post__region")

    def clean_seats(self):
        seats = self.cleaned_data["seats"]
        if seats < 1:
            raise forms.ValidationError(_("One seat at least."))
        return seats


class CandidacyForm(CleanTextMixin, forms.Form):
    """Somebody whom no list names yet."""

    name = forms.CharField(label=_("Name"), max_length=40)
    hanja = forms.CharField(label=_("Name in Hanja"), max_length=40, required=False)
    birth_on = _day(
        _("Birth date"),
        required=False,
        help_text=_("Tells people of one name apart. Only the year is kept."),
    )
    party_name = forms.CharField(
        label=_("Party"), max_length=60, required=False, help_text=_("Empty for independents.")
    )
    status = forms.ChoiceField(
        label=_("State"),
        choices=[(one.value, one.label) for one in Candidacy.STANDING],
    )
    changed_on = _day(pgettext_lazy("candidacy", "Since"), initial=timezone.localdate)
    source = _source()

    def clean_changed_on(self):
        return _not_to_come(self.cleaned_data["changed_on"])


class MoveForm(CleanTextMixin, forms.Form):
    """What became of a candidate."""

    status = forms.ChoiceField(label=_("New state"))
    changed_on = _day(pgettext_lazy("candidacy", "Since"), initial=timezone.localdate)
    source = _source()

    def __init__(self, *args, moves, **kwargs):
        super().__init__(*args, **kwargs)
        labels = dict(Candidacy.Status.choices)
        self.fields["status"].choices = [(move, labels[move]) for move in moves]

    def clean_changed_on(self):
        return _not_to_come(self.cleaned_data["changed_on"])


class TakeBackForm(CleanTextMixin, forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        min_length=2,
        error_messages={"required": _("Please say why, in a few words.")},
    )


class CorrectionForm(CleanTextMixin, forms.ModelForm):
    """What is written about a candidate, put right."""

    changed_on = _day(pgettext_lazy("candidacy", "Since"), initial=timezone.localdate)
    source = _source()
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("For example: left the party."),
    )

    class Meta:
        model = Candidacy
        fields = ("name", "hanja", "party_name", "ballot_number")

    def clean_changed_on(self):
        return _not_to_come(self.cleaned_data["changed_on"])


def _not_to_come(day):
    if day > timezone.localdate():
        raise forms.ValidationError(_("This day is still to come. Enter the day of the source."))
    return day
