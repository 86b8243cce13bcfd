"""The editors' form of every page."""

import re
from copy import copy

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets.slug import SlugInput

from ..defaults import HINT

# The database has no row without them; where there was none before, today's are taken.
KEPT_IN_DRAFTS = {"published_on": localdate, "year": lambda: localdate().year}
ADDRESS = re.compile(r"[a-z0-9]+(-+[a-z0-9]+)*")
PROPOSAL = "slug-proposal"


class ProposedSlugInput(SlugInput):
    """Sends the site's proposal along: an address that still equals it was chosen by nobody."""

    proposal = ""

    def render(self, name, value, attrs=None, renderer=None):
        html = super().render(name, value, attrs, renderer)
        hidden = '{}<input type="hidden" name="{}" value="{}">'
        return format_html(hidden, html, PROPOSAL, self.proposal)


class PageForm(WagtailAdminPageForm):
    """Addresses in Latin letters, made by the site where nobody writes one; no hints left over."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._propose_slug()
        if self.instance.pk and self._is_embargo_the_schedule():
            self.initial["go_live_at"] = None

    def _is_embargo_the_schedule(self):
        embargo_at = getattr(self.instance, "embargo_at", None)
        return embargo_at is not None and embargo_at == self.instance.go_live_at

    def _propose_slug(self):
        field = self.fields["slug"]
        field.required = False
        field.help_text = _(
            "The last part of the page's address: small Latin letters, digits and hyphens. Left as "
            "it is, or empty, the site makes it from what you write, until the page is public."
        )
        field.widget = ProposedSlugInput(field.widget.attrs)
        if self.is_bound:
            field.widget.proposal = self.data.get(PROPOSAL, "")
        elif not self.instance.first_published_at and self._is_made_slug(self.instance):
            field.widget.proposal = self.instance.slug

    def _is_made_slug(self, page):
        """Whether the page's address is what the site makes of ``page``, with a number maybe."""
        made = re.escape(page.proposed_slug()) + r"(-\d+)?"
        return re.fullmatch(made, self.instance.slug) is not None

    def clean_slug(self):
        slug = self.cleaned_data["slug"].strip().lower()
        if slug == self.fields["slug"].widget.proposal and not self.instance.first_published_at:
            return ""
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
            if self.cleaned_data.get(name) is not None:
                setattr(typed, name, self.cleaned_data[name])
        if self._is_made_slug(typed) and not self._who_has(self.instance.slug):
            return self.instance.slug
        return self._made_slug(typed.proposed_slug())

    def _who_has(self, slug):
        """Another page at that address."""
        if self.parent_page is None or self.parent_page.is_root():
            return None
        siblings = self.parent_page.get_children().exclude(pk=self.instance.pk)
        return siblings.filter(slug=slug).first()

    def _check_slug_is_free(self):
        """Whoever chose the address is told which page has it."""
        slug = self.cleaned_data.get("slug")
        if slug and (other := self._who_has(slug)):
            made = self._made_slug(slug)
            values = {"title": other.get_admin_display_title(), "example": made}
            message = _("The page “%(title)s” has this address already. Still free: %(example)s")
            self.add_error("slug", message % values)

    def get_field_updates_for_resave(self):
        """The form that is still open shows the address that the site made meanwhile."""
        updates = super().get_field_updates_for_resave()
        if not self.instance.first_published_at and self._is_made_slug(self.instance):
            updates += [(name, self.instance.slug) for name in ("slug", PROPOSAL)]
        return updates

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
