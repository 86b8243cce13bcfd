from django import forms
from django.utils.translation import gettext_lazy as _


class DirectoryForm(forms.Form):
    """What the directory may be narrowed by: sectors and provinces that occur in it."""

    sector = forms.ChoiceField(label=_("Sector"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, data, *, sectors, regions):
        super().__init__(data, auto_id="filter-%s")
        self.fields["sector"].choices = [("", _("All")), *sectors]
        self.fields["region"].choices = [("", _("All")), *regions]

    @property
    def chosen(self):
        """What holds of the choices; a value that does not occur is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def refused(self):
        return bool(self.errors)
