from unicodedata import normalize

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from ..bigrams import BigramField, normal


class BasePage(Page):
    """What every public page shares: a one-line summary and Korean-first search description."""

    summary = models.CharField(
        _("summary"),
        max_length=200,
        blank=True,
        help_text=_("One or two sentences. Shown under the title, in lists and when shared."),
    )

    # Fields whose words search finds, in the order in which a page shows them.
    searched_fields = ("title", "summary")
    search_fields = [
        *Page.search_fields,
        *(index.SearchField("search_text"), BigramField("search_text")),
    ]

    is_action = False  # True on pages a visitor takes part with: petitions, forums, pledges.
    names_candidates = False  # Then no petition is asked for above it (공직선거법 art. 107).
    opening_fields = ()  # What ``is_open`` of such a page looks at.
    share_look = "paper"  # Ground and drawing of the share card, see services.share_cards.
    loads_late = False  # Whether its presenter calls ``home.requests.prepare``, with more to read.
    read_with = ()  # Rows beside the page's own that each visit shows, for ``select_related``.
    day_field = ""  # When it takes place, where that is another day than the one of publication.
    default_slug = "page"  # Of an address where the title has no Latin letters.
    schema_type = ""  # What search engines call this page, where they have a word for it.

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search and sharing"),
        ),
    ]

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.compose_texts()
        return super().save(*args, **kwargs)

    def save_revision(self, *args, **kwargs):
        self.compose_texts()
        return super().save_revision(*args, **kwargs)

    def compose_texts(self):
        """Titles and other short texts in NFC; what stands in blocks, its own field composes."""
        self.__dict__.pop("search_text", None)
        for field in self._meta.concrete_fields:
            value = self.__dict__.get(field.attname)
            if isinstance(value, str):
                setattr(self, field.attname, normalize("NFC", value))

    def proposed_slug(self):
        """The last part of an address for a page whose editor wrote none: always ASCII."""
        return (slugify(self.title) if self.title.isascii() else "") or self.default_slug

    def free_slug(self, base, parent):
        """``base``, or with the next number where a page below ``parent`` has it already."""
        siblings = parent.get_children().exclude(pk=self.pk)
        taken = set(siblings.filter(slug__startswith=base).values_list("slug", flat=True))
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in (base, *numbered) if slug not in taken)

    def _set_core_field_defaults(self):
        """Wagtail makes a slug of the title's letters; of Hangul it would make percent signs."""
        if not self.slug and self.path:
            self.slug = self.free_slug(self.proposed_slug(), self.get_parent())
        super()._set_core_field_defaults()

    def get_view_restrictions(self):
        """Of this page and those above it, with one query in place of one for each level.

        Where a visitor's request brought the page it has looked for any already.
        """
        if getattr(self, "is_restricted", None) is False:
            return PageViewRestriction.objects.none()
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(
            models.Q(page__path__in=paths)
            | models.Q(page__aliases__path__in=paths)
            | models.Q(page__aliases__aliases__path__in=paths)
        ).distinct()

    @cached_property
    def search_text(self):
        """What visitors read here, one part per line; the first line is the title.

        The index asks for it ten times; what is saved anew is read anew.
        """
        parts = (part for name in self.searched_fields for part in self.searched_parts(name))
        lines = (normal(" ".join(part.split())) for part in parts)
        return "\n".join(line for line in lines if line)

    def searched_parts(self, name):
        """The texts of one of ``searched_fields``: a field, or a property that gives texts."""
        field = next((field for field in self._meta.fields if field.name == name), None)
        if not field:
            return getattr(self, name)
        value = field.value_from_object(self)
        if hasattr(field, "get_searchable_content"):
            # Wagtail gives "None" for an optional text that was never filled in.
            return [part for part in field.get_searchable_content(value) if part != "None"]
        return str(value or "").splitlines()

    def findings(self):
        """What its own kind of page adds to the checks before publishing."""
        return []

    @property
    def public_url(self):
        return settings.SITE_URL + (self.url or "/")

    @cached_property
    def trail(self):
        """The pages above this one, from the front page down; a visitor's request brings them."""
        return list(self.get_ancestors().live().filter(depth__gt=1))

    @property
    def crumb_title(self):
        return self.title

    @property
    def share_tag(self):
        """The word on the tag of the share card."""
        return ""

    @property
    def share_note(self):
        """What stands beside the tag."""
        return ""

    @property
    def share_picture(self):
        """A picture of the page's own, shown on the share card in place of our drawing."""
        return None

    @property
    def share_title(self):
        return self.seo_title or self.title

    @property
    def share_description(self):
        return self.search_description or self.summary

    @property
    def published_date(self):
        """The day shown to readers, where the page is dated."""
        return None

    @property
    def byline(self):
        """The person who wrote it; else the organisation did."""
        return ""

    @property
    def feed_url(self):
        """Where the texts below this page can be subscribed to."""
        return ""


class PresentedPage(BasePage):
    """A page whose template is given a presenter by home.views, as a draft too."""

    class Meta:
        abstract = True

    def serve(self, request, *args, **kwargs):
        from ..views import present_page  # noqa: PLC0415 (the one allowed, see architecture.md)

        return present_page(request, self)

    def serve_preview(self, request, mode_name):
        return self.serve(request)
