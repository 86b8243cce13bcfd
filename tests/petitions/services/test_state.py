from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from home.network.models import Region
from home.publishing import forget_everything, public_version
from petitions import services
from petitions.exceptions import PetitionNotFoundError
from privacy.models import ConsentDefinition
from tests.conftest import publish
from tests.factories.home import RegionFactory
from tests.factories.petitions import PetitionPageFactory

pytestmark = pytest.mark.unit

PATH = "campaigns/basic-act/petition"


@pytest.mark.parametrize("path", [PATH, f"/{PATH}/", f"{PATH}/"])
def test_state_is_found_by_its_address(petition_page, path):
    state = services.petition_state(path)

    assert state.page == petition_page
    assert (state.petition_id, state.path) == (petition_page.pk, f"/{PATH}/")
    assert state.revision_id == petition_page.live_revision_id
    assert [consent.slug for _pk, consent in state.consents] == [
        *("collection", "display", "roll", "news", "age")
    ]
    assert ("11", "서울특별시") in state.regions
    assert state.region_ids["11"] == Region.objects.get(code="11").pk


def test_state_fills_the_consents_with_the_petitions_words(petition_page):
    texts = {consent.slug: consent for _pk, consent in services.petition_state(PATH).consents}

    assert petition_page.title in texts["collection"].purpose
    assert texts["roll"].recipients == petition_page.roll_recipients
    assert "6개월" in texts["collection"].retention


def test_state_names_the_addressees_when_no_recipients_are_given(petition_page):
    petition_page.roll_recipients = ""

    texts = {consent.slug: consent for _pk, consent in services.state_of(petition_page).consents}

    assert texts["roll"].recipients == petition_page.addressees


@pytest.mark.parametrize("path", ["", "campaigns", "campaigns/basic-act/petition/x", "없는곳"])
def test_state_of_no_petition_is_refused(petition_page, path):
    with pytest.raises(PetitionNotFoundError):
        services.petition_state(path)


def test_state_of_an_unpublished_petition_is_refused(petition_page):
    petition_page.unpublish()
    forget_everything()

    with pytest.raises(PetitionNotFoundError):
        services.petition_state(PATH)


def test_state_without_a_site_is_refused(petition_page):
    Site.objects.all().delete()

    with pytest.raises(PetitionNotFoundError):
        services.petition_state(PATH)


def test_state_is_read_once(clock, petition_page, django_assert_num_queries):
    services.petition_state(PATH)

    with django_assert_num_queries(0):
        services.petition_state(PATH)


@pytest.mark.parametrize("number", [2, 4])
def test_state_is_read_with_as_many_queries_for_four_consents(
    campaign_page, number, django_assert_num_queries
):
    slugs = ("collection", "age", "roll", "news")[:number]
    publish(PetitionPageFactory(parent=campaign_page, slug="petition", consents=slugs))
    forget_everything()
    public_version()

    with django_assert_num_queries(5):
        state = services.petition_state(PATH)

    assert len(state.consents) == number


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["page", "consent"])
def test_state_is_read_anew_after_a_change(petition_page, change):
    services.petition_state(PATH)

    if change == "page":
        petition_page.title = "다른 요구"
        publish(petition_page)
        assert services.petition_state(PATH).page.title == "다른 요구"
    else:
        definition = ConsentDefinition.objects.get(slug="age")
        definition.title = "만 열네 살이 넘었습니다"
        definition.save()
        titles = [consent.title for _pk, consent in services.petition_state(PATH).consents]
        assert "만 열네 살이 넘었습니다" in titles


def test_state_names_the_form_alike_for_everybody(petition_page):
    first, again = (services.state_of(petition_page).form_version for _ in range(2))
    petition_page.title = "다른 요구"
    publish(petition_page)

    assert first == again
    assert services.state_of(petition_page).form_version != first


def test_forget_states_reads_anew(petition_page):
    services.petition_state(PATH)
    type(petition_page).objects.update(addressees="국무총리")

    services.forget_states()

    assert services.petition_state(PATH).page.addressees == "국무총리"


def test_state_knows_only_regions_of_today(petition_page):
    RegionFactory(code="98", name="옛도", short_name="옛", valid_until=date(2020, 1, 1))
    RegionFactory(code="99", name="새도", short_name="새", valid_from=date(2999, 1, 1))

    codes = [code for code, _name in services.state_of(petition_page).regions]

    assert "11" in codes
    assert not {"98", "99"} & set(codes)


def test_state_opens_and_closes_with_the_clock(petition_page, clock):
    petition_page.opens_at = timezone.now() + timedelta(minutes=1)
    petition_page.closes_at = timezone.now() + timedelta(minutes=2)
    state = services.state_of(petition_page)

    seen = [state.is_open]
    for _minute in range(2):
        clock.tick(timedelta(minutes=1))
        seen.append(state.is_open)

    assert seen == [False, True, False]
