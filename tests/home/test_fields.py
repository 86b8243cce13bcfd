from unicodedata import normalize

import pytest

from tests.factories.home import StandardPageFactory

pytestmark = pytest.mark.django_db

NFD = normalize("NFD", "돌봄기본법 제정")
NFC = "돌봄기본법 제정"


def test_titles_and_blocks_are_stored_composed(home_page):
    page = StandardPageFactory(parent=home_page, slug="about", title=NFD, summary=NFD)
    table = {
        "columns": [{"type": "text", "heading": NFD}],
        "rows": [{"values": [NFD]}],
        "caption": NFD,
    }
    blocks = [{"type": "text", "value": f"<p>{NFD}</p>"}, {"type": "table", "value": table}]
    page.body = page._meta.get_field("body").to_python(blocks)
    page.save()
    page.title = NFD
    page.save_revision()

    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    for kept in (page, draft):
        assert (kept.title, kept.summary) == (NFC, NFC)
        assert kept.body[0].value.source == f"<p>{NFC}</p>"
        assert kept.body[1].value.caption == NFC
        assert kept.body[1].value.columns[0]["heading"] == NFC


def test_numbers_and_emptiness_stay_as_they_are(home_page):
    page = StandardPageFactory(parent=home_page, slug="about")
    bars = {"heading": "회의", "unit": "회", "bars": [{"label": NFD, "number": 3}]}
    page.body = page._meta.get_field("body").to_python([{"type": "bars", "value": bars}])
    page.save()
    page.refresh_from_db()

    [bar] = page.body[0].value["bars"]
    assert (bar["label"], bar["number"]) == (NFC, 3)
