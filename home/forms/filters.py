"""What a visitor may narrow a list by. Only values that occur can be chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "kind": pgettext_lazy("filter", "Kind"),
    "year": pgettext_lazy("filter", "Year"),
    "theme": pgettext_lazy("filter", "Theme"),
    "region": pgettext_lazy("filter", "Region"),
    "campaign": pgettext_lazy("filter", "Campaign"),
}


class FilterForm(forms.Form):
    """``facets`` gives for each filter its values with their labels, in the order shown.

    A value that does not occur is an error of its field; the others still hold.
    """

    def __init__(self, data, facets):
        super().__init__(data, auto_id="filter-%s")
        for name, choices in facets.items():
            if choices:
                self.fields[name] = forms.ChoiceField(
                    label=LABELS[name],
                    choices=[("", _("All")), *choices],
                    required=False,
                    error_messages={"invalid_choice": _("Nothing is sorted under this.")},
                )

    @property
    def chosen(self):
        """The filters that hold, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def refused(self):
        """Whether a value was left out because nothing is sorted under it."""
        unknown = LABELS.keys() - self.fields.keys()
        return bool(self.errors) or any(self.data.get(name) for name in unknown)
