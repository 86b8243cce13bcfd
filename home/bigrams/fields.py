from wagtail.search import index

from .pairs import pairs_of_text

# Stands in every row that was cut by these rules. With another number the worker cuts all anew.
MARK = "yeondaepairs1x"
LONGEST = 100_000  # PostgreSQL refuses a row of more than a megabyte.


class BigramField(index.AutocompleteField):
    """Puts the pairs of a field's text, each once, where Wagtail's admin looks things up."""

    def get_value(self, obj):
        text = super().get_value(obj) or ""
        return " ".join([MARK, *dict.fromkeys(pairs_of_text(text[:LONGEST]))])
