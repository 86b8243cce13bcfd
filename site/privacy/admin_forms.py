from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm


class ConsentDefinitionForm(WagtailAdminModelForm):
    """The short name is part of forms, records and addresses, so it stays once it is chosen.

    So does the kind: it decides whether anybody can take part without this consent.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("slug", "kind"):
                self.fields[name].disabled = True


class AccessReviewForm(forms.Form):
    note = forms.CharField(
        label=_("What you looked at and what you found"),
        help_text=_("For example: two exports, both for the hand-over; nothing to object to."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
