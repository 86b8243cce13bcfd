from unicodedata import normalize

from wagtail import fields


class StreamField(fields.StreamField):
    """Wagtail's StreamField, of which migrations keep no block definitions.

    The blocks live in JSON; a new block needs no change of the database. With the definitions each
    page type would repeat the whole vocabulary, thousands of lines at every new block. A data
    migration that must read blocks works on the raw JSON.
    """

    def __init__(self, *args, **kwargs):
        args = args or ([],)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value):
        return composed(super().get_prep_value(value))

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


def composed(value):
    """The same JSON with every text in NFC: macOS and some browsers paste syllables in parts."""
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, list):
        return [composed(item) for item in value]
    if isinstance(value, dict):
        return {key: composed(item) for key, item in value.items()}
    return value
