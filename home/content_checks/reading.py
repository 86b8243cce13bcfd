"""A page taken apart: texts, links, headings, pictures, files, timelines and where each stands."""

from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from ..blocks import (
    CallToActionBlock,
    FileBlock,
    HeadingBlock,
    ReportSectionBlock,
    TimelineBlock,
)
from ..models import SiteImage

PAGE_TEXTS = ("title", "seo_title", "search_description")
BODY_LEVEL = 2  # A heading block; inside a text block h3 and h4 follow.


@dataclass(frozen=True)
class Piece:
    where: str
    text: str


@dataclass(frozen=True)
class Link:
    where: str
    text: str


@dataclass(frozen=True)
class Heading:
    where: str
    text: str
    level: int


@dataclass(frozen=True)
class Picture:
    where: str
    image: SiteImage
    needs_alt: bool
    alt: str


@dataclass(frozen=True)
class File:
    where: str
    document: object
    pdf: object
    reason: str


@dataclass(frozen=True)
class Timeline:
    where: str
    days: tuple


@dataclass
class Contents:
    pieces: list[Piece] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    timelines: list[Timeline] = field(default_factory=list)


def read(page) -> Contents:
    contents = Contents()
    _read_fields(page, contents)
    for relation in get_all_child_relations(page):
        if relation.related_model._meta.app_label != "wagtailcore":  # Comments stay inside.
            for child in getattr(page, relation.get_accessor_name()).all():
                _read_fields(child, contents)
    return contents


def _read_fields(instance, contents: Contents) -> None:
    for one in instance._meta.concrete_fields:
        where = str(one.verbose_name)
        if isinstance(one, StreamField):
            _read_stream(getattr(instance, one.name), where, contents)
        elif isinstance(one, models.ForeignKey) and one.related_model is SiteImage:
            if image := getattr(instance, one.name):
                contents.pictures.append(
                    Picture(where, image, not image.description, image.description)
                )
        elif _is_words(one):
            contents.pieces.append(Piece(where, getattr(instance, one.name) or ""))


def _is_words(one) -> bool:
    if one.choices or not isinstance(one, models.CharField | models.TextField):
        return False
    return one.name in PAGE_TEXTS or not issubclass(Page, one.model)


def _read_stream(stream, where: str, contents: Contents) -> None:
    for number, child in enumerate(stream, start=1):
        _read_block(child.block, child.value, f"{where} › {number}. {child.block.label}", contents)
    days = [child.value["day"] for child in stream if child.block_type == "milestone"]
    _note_timeline(days, where, contents)


def _read_block(block, value, where: str, contents: Contents) -> None:
    for kind, reader in READERS:
        if isinstance(block, kind):
            reader(block, value, where, contents)
            return


def _read_picture(_block, value, where, contents):
    if value:
        alt = value.contextual_alt_text or ""
        contents.pictures.append(Picture(where, value, not (value.decorative or alt), alt))


def _read_heading(_block, value, where, contents):
    contents.headings.append(Heading(where, value or "", BODY_LEVEL))
    contents.pieces.append(Piece(where, value or ""))


def _read_words(_block, value, where, contents):
    contents.pieces.append(Piece(where, value or ""))


def _read_rich_text(_block, value, where, contents):
    soup = BeautifulSoup(value.source if value else "", "html.parser")
    for tag in soup.find_all(["h2", "h3", "h4"]):
        contents.headings.append(Heading(where, tag.get_text().strip(), int(tag.name[1])))
    for tag in soup.find_all("a"):
        contents.links.append(Link(where, tag.get_text().strip()))
    contents.pieces.append(Piece(where, soup.get_text(" ")))


def _read_struct(block, value, where, contents):
    if isinstance(block, FileBlock):
        reason = value.get("no_pdf_reason") or ""
        contents.files.append(File(where, value.get("document"), value.get("pdf"), reason))
    elif isinstance(block, CallToActionBlock):
        contents.links.append(Link(where, value.get("label") or ""))
    elif isinstance(block, TimelineBlock):
        _note_timeline([entry.get("day") for entry in value["entries"]], where, contents)
    elif isinstance(block, ReportSectionBlock):
        contents.headings.append(Heading(where, str(value.get("part") or "-"), BODY_LEVEL))
    for name, child in block.child_blocks.items():
        if not (isinstance(block, ReportSectionBlock) and name == "heading"):
            _read_block(child, value.get(name), where, contents)


def _read_list(block, value, where, contents):
    for item in value:
        _read_block(block.child_block, item, where, contents)


def _read_nested_stream(_block, value, where, contents):
    _read_stream(value, where, contents)


def _read_table(_block, value, where, contents):
    if value:
        for row in value.rows:
            for cell in row:
                _read_block(cell.block, cell.value, where, contents)


READERS = (
    (ImageBlock, _read_picture),
    (HeadingBlock, _read_heading),
    (RichTextBlock, _read_rich_text),
    ((CharBlock, TextBlock), _read_words),
    (StructBlock, _read_struct),
    (ListBlock, _read_list),
    (StreamBlock, _read_nested_stream),
    (TypedTableBlock, _read_table),
)


def _note_timeline(days, where, contents) -> None:
    if known := tuple(day for day in days if day):
        contents.timelines.append(Timeline(where, known))
