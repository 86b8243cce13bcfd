import json

import pytest
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from home.blocks import BodyStreamBlock, FileBlock, FileVersionBlock, ReportSectionBlock, VideoBlock
from home.blocks.data import BarsBlock, NumberBlock
from home.blocks.text import CallOutBlock
from home.models import NewsPage
from tests.factories.home import ContactFactory, DocumentFactory, ImageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

BLOCKS = BodyStreamBlock().child_blocks


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_says_what_it_is_and_shows_an_example(name):
    block = BLOCKS[name]

    assert block.label
    assert block.meta.group
    assert block.get_description()
    assert block.is_previewable


@pytest.mark.parametrize("name", BLOCKS)
def test_every_example_is_drawn_in_an_empty_library(name):
    block = BLOCKS[name]

    assert block.render(block.get_preview_value()).strip()


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_is_drawn_while_nothing_is_written_in_it(name):
    stored = [{"type": name, "value": unwritten(BLOCKS[name])}]
    stream = NewsPage._meta.get_field("body").to_python(json.dumps(stored))

    assert "</div>" in stream.render_as_block()


def unwritten(block):
    """What a draft keeps of a block that was added and left as it is, with one item in its list."""
    if isinstance(block, blocks.StructBlock):
        return {name: unwritten(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [unwritten(block.child_block)]
    if isinstance(block, TypedTableBlock):
        return {"columns": [], "rows": [], "caption": ""}
    return "" if isinstance(block, blocks.CharBlock | blocks.RichTextBlock) else None


@pytest.mark.parametrize(
    ("name", "factory", "shown"),
    [
        ("picture", ImageFactory, "<img"),
        ("photo_story", ImageFactory, "<img"),
        ("file_list", DocumentFactory, "PDF"),
        ("contact", ContactFactory, "press@yeondae.example"),
    ],
)
def test_an_example_shows_what_the_library_has(name, factory, shown):
    factory()

    assert shown in BLOCKS[name].render(BLOCKS[name].get_preview_value())


def test_the_block_chooser_shows_blocks_in_the_look_of_the_site(admin_client, home_page):
    block = BLOCKS["quote"]

    response = admin_client.get("/admin/block-preview/", {"id": block.definition_prefix})

    assert response.status_code == 200
    html = response.content.decode()
    assert "dist/site.css" in html
    assert "법이 늦어질수록 지역이 먼저 지칩니다." in html


def test_a_part_of_a_report_is_called_as_its_part_unless_it_has_a_heading():
    block = ReportSectionBlock()
    value = block.get_preview_value()

    assert str(value.title) == "총평"
    assert block.normalize({**value, "heading": "돌아보며"}).title == "돌아보며"
    assert block.normalize({"part": "gone"}).title == ""


SETTINGS = {
    "number": (NumberBlock, ["source", "year"]),
    "bars": (BarsBlock, ["source", "year", "shows_total"]),
    "call out": (CallOutBlock, ["kind"]),
    "file": (FileBlock, ["no_pdf_reason"]),
    "file version": (FileVersionBlock, ["no_pdf_reason"]),
    "video": (VideoBlock, ["minutes"]),
    "report section": (ReportSectionBlock, ["heading"]),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_what_is_seldom_set_stands_apart_from_what_is_written(name):
    block_class, apart = SETTINGS[name]
    block = block_class()
    layout = block.meta.form_layout
    written = [child for child in layout.children if isinstance(child, str)]

    assert list(layout.settings) == apart
    assert sorted([*written, *apart]) == sorted(block.child_blocks)
