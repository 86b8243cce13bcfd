"""Forms of the staff's side for pictures and documents."""

from pathlib import PurePath

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from privacy.text import clean_text

from .uploads import DocumentField, PictureField


def swap_field(form, field_class):
    """Give the file field our checks; Wagtail makes it and leaves no place to say which class."""
    if "file" in form.fields:
        made = form.fields["file"]
        field = field_class(label=made.label, required=made.required, widget=made.widget)
        form.fields["file"] = field


class SiteImageForm(BaseImageForm):
    """A picture comes with what is seen on it and whether those who are seen agreed."""

    class Meta(BaseImageForm.Meta):
        widgets = {**BaseImageForm.Meta.widgets, "portrait_consent": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        swap_field(self, PictureField)
        self._ask(
            "description",
            _("What can be seen, in one sentence. Read aloud to people who can't see the picture."),
        )
        self._ask(
            "portrait_consent",
            _("Who can be recognised must have agreed to being shown, children by their parents."),
        )
        consent = self.fields["portrait_consent"]
        consent.choices = [choice for choice in consent.choices if choice[0]]
        if not self.instance.pk and self.instance.title:
            # One of several: Wagtail proposes the name of the file.
            self.initial["title"] = PurePath(self.instance.title).stem
        self.fields["credit"].help_text = _("Who took or made it. Shown under the picture.")

    def _ask(self, name, help_text):
        self.fields[name].required = True
        self.fields[name].help_text = help_text

    def clean_title(self):
        return clean_text(self.cleaned_data["title"])

    def clean_description(self):
        return clean_text(self.cleaned_data["description"])


class SiteDocumentForm(BaseDocumentForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        swap_field(self, DocumentField)

    def clean_title(self):
        return clean_text(self.cleaned_data["title"])
