"""What staff type about demands and rounds: clear words, nothing lost, nothing for or against."""

import pytest

from campaigns.pledges.forms.demands import DemandForm, DemandSetForm, IntroForm, PublishForm
from campaigns.pledges.forms.rounds import PartyForm
from campaigns.pledges.models import Demand
from home.network.models import Region
from tests.factories.home import RegionFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
ASKED = {"title": "기본법 제정", "text": "법을 만듭니다."}


def test_words_that_recommend_somebody_are_refused():
    for name in ("title", "text", "why", "target", "steps", "deadline", "funding", "theme"):
        form = DemandForm({**ASKED, name: "우리 후보를 지지합니다."}, instance=Demand())
        assert list(form.errors) == [name]


def test_letters_are_put_together_and_lines_are_kept():
    text = "\u1100\u1161 나\r\n\r\n\r\n다\u200b"
    form = DemandForm({"title": " 기본법\n제정 ", "text": text}, instance=Demand())
    assert form.is_valid()
    assert form.cleaned_data["title"] == "기본법 제정"
    assert form.cleaned_data["text"] == "가 나\n\n다"


def test_a_background_is_an_address():
    assert not DemandForm({**ASKED, "background_url": "javascript:1"}, instance=Demand()).is_valid()
    form = DemandForm({**ASKED, "background_url": "example.org/a"}, instance=Demand())
    assert form.is_valid()
    assert form.cleaned_data["background_url"] == "https://example.org/a"


def test_a_region_is_one_of_election_day(election):
    gone = RegionFactory(code="99", name="옛 도", valid_from="1990-01-01", valid_until="2020-01-01")
    gone.refresh_from_db()
    values = {"election": election.pk, "region": gone.pk, "title": "지역 요구"}
    form = DemandSetForm(values, regions=[gone], may_ask_all=True)
    assert list(form.errors) == ["region"]
    seoul = Region.objects.get(code="11")
    form = DemandSetForm({**values, "region": seoul.pk}, regions=[seoul], may_ask_all=False)
    assert form.is_valid()
    assert form.cleaned_data["region"] == seoul


def test_whoever_may_not_ask_all_chooses_a_region(election):
    values = {"election": election.pk, "title": "요구", "kind": "party", "party_name": "가온당"}
    for form in (DemandSetForm, PartyForm):
        assert list(form(values, regions=[], may_ask_all=False).errors) == ["region"]
        assert form(values, regions=[], may_ask_all=True).is_valid()


def test_a_published_title_stands():
    form = IntroForm({"title": "다른", "intro": ""}, initial={"title": "제목"}, title_stands=True)
    assert form.is_valid()
    assert form.cleaned_data["title"] == "제목"


def test_the_first_publication_needs_no_word_about_changes():
    assert PublishForm({"seen": "a"}, is_first=True).is_valid()
    assert list(PublishForm({"seen": "a"}, is_first=False).errors) == ["note"]
