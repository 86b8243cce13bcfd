"""The editors' form of the privacy policy."""

from django.core.exceptions import ValidationError

from .pages import PageForm


class PrivacyPolicyForm(PageForm):
    """Drafts may be incomplete; what is published names whom to ask."""

    def clean(self):
        cleaned = super().clean()
        if not self.is_deferred_validation:
            try:
                self.instance.check_ready()
            except ValidationError as refusal:
                self.add_error(None, refusal)
        return cleaned
