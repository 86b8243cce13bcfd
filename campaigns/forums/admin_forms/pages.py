from types import SimpleNamespace

from home.forms import PageForm

from .checks import obstacles_to_publishing, seats_at_risk


class ForumPageForm(PageForm):
    """Drafts may be incomplete. What is published or sent to review must be ready."""

    def clean(self):
        cleaned_data = super().clean()
        parts = {name: self._rows(name) for name in ("sessions", "programme", "refund_tiers")}
        if None in parts.values():  # Their own errors come first.
            return cleaned_data
        pools = self.instance.held()
        if self.is_deferred_validation:
            obstacles = seats_at_risk(parts["sessions"], pools)
        else:
            obstacles = obstacles_to_publishing(SimpleNamespace(**cleaned_data), parts, pools)
        for obstacle in obstacles:
            self.add_error(obstacle.field, obstacle.message)
        return cleaned_data

    def _rows(self, name):
        """What the form's list says, as objects; None where it has errors."""
        formset = self.formsets[name]
        if not formset.is_valid():
            return None
        return [
            form.instance
            for form in formset.forms
            if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
        ]
