"""What blocks point at (pictures, files, pages, contacts), read for a whole page at once.

Wagtail asks once per kind of block; a report would ask for its pictures in each of its parts.
"""

import copy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

_loaded: ContextVar[Mapping | None] = ContextVar("loaded", default=None)


@contextmanager
def loaded(objects: Mapping[type, Mapping[int, object]]) -> Iterator[None]:
    """Choosers take what they point at from ``objects``, by model and key, and ask nothing."""
    token = _loaded.set(objects)
    try:
        yield
    finally:
        _loaded.reset(token)


class Loadable:
    """A chooser that can be given what it points at."""

    def bulk_to_python(self, values):
        objects = _loaded.get()
        if objects is None:
            return super().bulk_to_python(values)
        found = objects.get(self.model_class, {})
        if not found.keys() >= {value for value in values if value is not None}:
            return super().bulk_to_python(values)
        # A copy each, as Wagtail gives: a picture's alternative text belongs to its place.
        return [copy.copy(found.get(value)) for value in values]


class PageBlock(Loadable, blocks.PageChooserBlock):
    pass


class DocumentBlock(Loadable, DocumentChooserBlock):
    pass


class SnippetBlock(Loadable, SnippetChooserBlock):
    pass


class PictureChooserBlock(Loadable, ImageChooserBlock):
    pass


class AnyPictureBlock(ImageBlock):
    """A picture with the alternative text of its place."""

    def __init__(self, required=True, **kwargs):
        super().__init__(required=required, **kwargs)
        chooser = PictureChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser


def references(block, raw) -> Iterator[tuple[type, int]]:
    """Model and key of all that the stored value of a block points at."""
    if isinstance(block, Loadable):
        if raw is not None:
            yield block.model_class, raw
    else:
        for child, value in _children(block, raw):
            yield from references(child, value)


def _children(block, raw):
    match block:
        case blocks.StreamBlock():
            known = block.child_blocks
            return [(known[i["type"]], i["value"]) for i in raw or () if i["type"] in known]
        case blocks.ListBlock():
            is_wrapped = block._item_is_in_block_format
            values = [item["value"] if is_wrapped(item) else item for item in raw or ()]
            return [(block.child_block, value) for value in values]
        case blocks.StructBlock() if isinstance(raw, dict):
            return [(child, raw.get(name)) for name, child in block.child_blocks.items()]
    return []
