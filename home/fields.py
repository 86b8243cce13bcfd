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

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
