"""What the board is narrowed by. All of it stands in the address, so that it can be sent on."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..models import Candidacy, Office, PledgeRound

ALL = ("", pgettext_lazy("filter", "All"))
NO_PARTY = "-"  # In the address: of no party.


class BoardForm(forms.Form):
    """What an address asks for that this board does not have is left out: ``refused`` says so."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    district = forms.ChoiceField(label=_("City, county or district"), required=False)
    office = forms.ChoiceField(label=_("Elected to"), required=False)
    party = forms.ChoiceField(label=_("Party"), required=False)
    demand = forms.ChoiceField(label=pgettext_lazy("one", "Demand"), required=False)
    q = forms.CharField(label=_("Name"), required=False, max_length=40)
    order = forms.ChoiceField(choices=PledgeRound.Order.choices, required=False)

    use_required_attribute = False

    def __init__(self, query, frame):
        super().__init__(query, auto_id="by-%s")
        province = frame.find(query.get("region", ""))
        districts = frame.children(province) if province else []
        self._offer("region", ((row.code, row.name) for row in frame.provinces))
        self._offer("district", ((row.code, row.name) for row in districts))
        self._offer("office", _offices(frame))
        self._offer("party", _parties(frame))
        shown = frame.demands_for([row for row in (province,) if row])
        self._offer("demand", ((row.label, f"{row.label}. {row.title}") for row in shown))
        self.full_clean()

    def _offer(self, name, choices):
        self.fields[name].choices = [ALL, *choices]

    @property
    def chosen(self):
        """By name, what was asked for and there is."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def refused(self):
        return bool(self.errors)


def _offices(frame):
    there = {group.office for group in frame.groups}
    return [(value, label) for value, label in Office.choices if value in there]


def _parties(frame):
    names = sorted({group.party for group in frame.groups if group.party})
    without = any(not group.party for group in frame.groups)
    return [
        *((name, name) for name in names),
        *([(NO_PARTY, Candidacy.NOBODYS)] if without else []),
    ]
