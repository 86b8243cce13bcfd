import pytest

from home.blocks import BodyStreamBlock

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("name", BodyStreamBlock().child_blocks)
def test_every_block_has_words_of_its_own(name):
    block = BodyStreamBlock().child_blocks[name]

    assert block.label
    assert block.meta.group


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [n for n, b in BodyStreamBlock().child_blocks.items() if hasattr(b.meta, "preview_value")],
)
def test_every_block_draws_its_example(name):
    block = BodyStreamBlock().child_blocks[name]

    assert block.render(block.get_preview_value()).strip()
