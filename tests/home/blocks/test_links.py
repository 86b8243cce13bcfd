import pytest
from wagtail import blocks

from home.blocks import CallToActionBlock

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def call(**values):
    block = CallToActionBlock()
    return block.normalize({"title": "서명해 주세요", "label": "서명하기", "url": "", **values})


def test_a_call_leads_to_a_page_or_to_an_address_outside(home_page):
    inside, outside = call(page=home_page), call(url="https://paper.example/")

    assert CallToActionBlock().clean(inside).target == home_page.url
    assert not inside.leaves_site
    assert CallToActionBlock().clean(outside).target == "https://paper.example/"
    assert outside.leaves_site
    assert "paper.example" in CallToActionBlock().render(outside)


def test_a_call_that_leads_nowhere_is_refused():
    with pytest.raises(blocks.StructBlockValidationError) as refusal:
        CallToActionBlock().clean(call())

    assert list(refusal.value.block_errors) == ["page"]


def test_a_call_to_a_page_that_is_hidden_is_not_shown(campaign_page):
    campaign_page.live = False

    assert call(page=campaign_page).target == ""
    assert "<a" not in CallToActionBlock().render(call(page=campaign_page))
