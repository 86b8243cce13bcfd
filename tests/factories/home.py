from datetime import date

import factory
import wagtail_factories
from wagtail.models import Page

from home.models import HomePage, StandardPage
from home.network.models import Region


class RegionFactory(factory.django.DjangoModelFactory):
    """Seoul, unless told otherwise; a region that is there already is taken as it is."""

    code = "11"
    kind = Region.Kind.PROVINCE
    name = "서울특별시"
    short_name = "서울"
    valid_from = date(1948, 8, 15)
    source = "시험 자료"

    class Meta:
        model = Region
        django_get_or_create = ("code", "valid_from")


class HomePageFactory(wagtail_factories.PageFactory):
    parent = factory.LazyFunction(Page.get_first_root_node)
    title = "사회적경제연대회의"
    slug = factory.Sequence(lambda n: f"home-{n}")
    summary = "함께 만드는 연대입니다."

    class Meta:
        model = HomePage


class StandardPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(HomePageFactory)
    title = "연대회의 소개"
    slug = factory.Sequence(lambda n: f"page-{n}")

    class Meta:
        model = StandardPage
