"""The editors' form of every page."""

import re
from copy import copy

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from ..defaults import HINT

# The database has no row without them; where there was none before, today's are taken.
KEPT_IN_DRAFTS = {"published_on": localdate, "year": lambda: localdate().year}
ADDRESS = re.compile(r"[a-z0-9]+(-+[a-z0-9]+)*")


class PageForm(WagtailAdminPageForm):
    """Addresses in Latin letters, made by the site where nobody writes one; no hints left over."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _(
            "The last part of the page's address: small Latin letters, digits and hyphens. "
            "Empty: the site makes one."
        )
        if self.instance.pk and self._is_embargo_the_schedule():
            self.initial["go_live_at"] = None

    def _is_embargo_the_schedule(self):
        embargo_at = getattr(self.instance, "embargo_at", None)
        return embargo_at is not None and embargo_at == self.instance.go_live_at

    def clean_slug(self):
        slug = self.cleaned_data["slug"].strip().lower()
        if slug and slug != self.instance.slug and not ADDRESS.fullmatch(slug):
            raise ValidationError(
                _(
                    "Only small Latin letters, digits and hyphens: an address in Hangul becomes "
                    "unreadable when shared. For example: %(example)s"
                )
                % {"example": self._made_slug(self.instance.proposed_slug())}
            )
        return slug

    def _made_slug(self, base):
        return self.instance.free_slug(base, self.parent_page)

    def defer_required_fields(self):
        """A draft is saved without its date or year too; it keeps the one it had."""
        super().defer_required_fields()
        for name in KEPT_IN_DRAFTS:
            if name in self.fields:
                self.fields[name].required = False

    def clean(self):
        if self.is_deferred_validation:
            self._keep_what_was_cleared()
        if self.cleaned_data.get("slug") == "":
            self.cleaned_data["slug"] = self._slug_for_what_is_typed()
        self._check_slug_is_free()
        cleaned = super().clean()
        if not self.is_deferred_validation:
            self._check_for_hints()
        return cleaned

    def _keep_what_was_cleared(self):
        for name, of_today in KEPT_IN_DRAFTS.items():
            if name in self.cleaned_data and self.cleaned_data[name] is None:
                self.cleaned_data[name] = getattr(self.instance, name) or of_today()

    def _slug_for_what_is_typed(self):
        typed = copy(self.instance)
        for name in ("title", "number", "published_on", "year"):
            if self.cleaned_data.get(name):
                setattr(typed, name, self.cleaned_data[name])
        return self._made_slug(typed.proposed_slug())

    def _check_slug_is_free(self):
        """Two who begin at the same time were proposed the same address: the second gets another.

        Whoever chose the address is told which page has it.
        """
        slug = self.cleaned_data.get("slug")
        if not slug or self.parent_page is None or self.parent_page.is_root():
            return
        taken = self.parent_page.get_children().filter(slug=slug).exclude(pk=self.instance.pk)
        if not (other := taken.first()):
            return
        made = self._made_slug(slug)
        if self.instance.pk is None and slug == self.instance.proposed_slug():
            self.cleaned_data["slug"] = made
            return
        values = {"title": other.get_admin_display_title(), "example": made}
        self.add_error(
            "slug",
            _("The page “%(title)s” has this address already. Still free: %(example)s") % values,
        )

    def _check_for_hints(self):
        for name, value in list(self.cleaned_data.items()):
            if name in self.fields and HINT.search(_words(value)):
                self.add_error(
                    name,
                    _(
                        "A hint in 〔 〕 is still here. Write the text in its place, or delete it "
                        "together with its block."
                    ),
                )

    def _post_clean(self):
        super()._post_clean()
        if hasattr(self.instance, "keep_embargo"):
            self.instance.keep_embargo()


class CopyPageForm(CopyForm):
    """Proposes an address that is free; a yearly report is copied for the next year."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        page, title, slug = self.page.specific, self.page.title, self.page.slug
        if year := getattr(page, "year", None):
            title = title.replace(str(year), str(year + 1))
            slug = slug.replace(str(year), str(year + 1))
        self.fields["new_title"].initial = title
        # Asked of a new page: for its own address a page is never in its own way.
        self.fields["new_slug"].initial = type(page)().free_slug(slug, page.get_parent())


def _words(value):
    """All words of a field, blocks within blocks included."""
    if hasattr(value, "get_prep_value"):
        return str(value.get_prep_value())
    return value if isinstance(value, str) else ""
