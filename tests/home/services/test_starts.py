import pytest
from django.apps import apps
from django.utils import timezone
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.models import Page

from home.fields import StreamField
from home.services.starts import STARTS, prepare_copy, prepare_new_page
from tests.conftest import publish
from tests.factories.home import NewsPageFactory, StandardPageFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def test_pages_of_other_apps_are_left_alone(home_page):
    page = Page(title="다른 글")

    prepare_new_page(page, parent=home_page)

    assert page.slug == ""


def test_a_standing_page_has_no_date_to_renew(home_page):
    page = StandardPageFactory(parent=home_page)
    revision = page.save_revision()

    prepare_copy(page)

    page.refresh_from_db()
    assert page.latest_revision_id == revision.pk


def test_a_public_copy_gets_its_new_date_as_a_draft(home_page):
    page = publish(NewsPageFactory(parent__parent=home_page, published_on="2020-01-01"))

    prepare_copy(page)

    page.refresh_from_db()
    assert page.published_on.year == 2020
    assert page.get_latest_revision_as_object().published_on == timezone.localdate()


def what_is_unsaid(block, state, path=""):
    """Values that the editor's form would be left to invent, by where they stand."""
    if isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            if name not in state:
                yield f"{path}.{name}"
            else:
                yield from what_is_unsaid(child, state[name], f"{path}.{name}")
    if isinstance(block, ListBlock):
        for item in state:
            yield from what_is_unsaid(block.child_block, item["value"], path)
    if isinstance(block, StreamBlock):
        for item in state:
            child = block.child_blocks[item["type"]]
            yield from what_is_unsaid(child, item["value"], f"{path}.{item['type']}")


@pytest.mark.parametrize("label", STARTS)
def test_every_block_of_a_start_says_all_its_values(home_page, label):
    page = apps.get_model(label)(title="새 글")

    prepare_new_page(page, parent=home_page)

    streams = [field for field in page._meta.fields if isinstance(field, StreamField)]
    for field in streams:
        block, value = field.stream_block, getattr(page, field.name)
        assert [*what_is_unsaid(block, block.get_form_state(value))] == []
    assert any(getattr(page, field.name) for field in streams) or page.gist
