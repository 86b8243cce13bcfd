from datetime import date

import factory
import wagtail_factories
from wagtail.models import Page

from home.models import (
    Contact,
    HomePage,
    NewsIndexPage,
    NewsPage,
    OpEdIndexPage,
    OpEdPage,
    ReportIndexPage,
    ReportPage,
    ResourceIndexPage,
    ResourcePage,
    Sector,
    SiteDocument,
    SiteImage,
    StandardPage,
    StatementIndexPage,
    StatementPage,
    Theme,
)
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


class ThemeFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"주제 {n}")
    slug = factory.Sequence(lambda n: f"theme-{n}")

    class Meta:
        model = Theme


class SectorFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"부문 {n}")
    slug = factory.Sequence(lambda n: f"sector-{n}")

    class Meta:
        model = Sector


class ContactFactory(factory.django.DjangoModelFactory):
    name = "한마루"
    role = "언론 담당"
    phone = "02-0000-0000"
    email = "press@yeondae.example"

    class Meta:
        model = Contact


class ImageFactory(factory.django.DjangoModelFactory):
    """A small picture; its file lies in the storage of the tests."""

    title = factory.Sequence(lambda n: f"사진 {n}")
    description = "국회 앞에 선 사람들"
    credit = "사진 연대회의"
    file = factory.django.ImageField(width=60, height=40, color="teal", format="PNG")

    class Meta:
        model = SiteImage


class DocumentFactory(factory.django.DjangoModelFactory):
    """A file with the ending of ``filename``; what it holds is no more than a few bytes."""

    title = factory.Sequence(lambda n: f"자료 {n}")
    file = factory.django.FileField(filename="paper.pdf", data=b"%PDF-1.7 ")

    class Meta:
        model = SiteDocument


class NewsIndexPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(HomePageFactory)
    title = "소식"
    slug = "news"

    class Meta:
        model = NewsIndexPage


class NewsPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(NewsIndexPageFactory)
    title = factory.Sequence(lambda n: f"국회 앞에서 문화제를 열었습니다 {n}")
    slug = factory.Sequence(lambda n: f"news-{n}")
    published_on = date(2026, 11, 16)

    class Meta:
        model = NewsPage


class StatementIndexPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(HomePageFactory)
    title = "성명·논평"
    slug = "statements"

    class Meta:
        model = StatementIndexPage


class StatementPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(StatementIndexPageFactory)
    title = factory.Sequence(lambda n: f"국회는 기본법을 더 미루지 말아야 합니다 {n}")
    slug = factory.Sequence(lambda n: f"statement-{n}")
    published_on = date(2026, 11, 16)

    class Meta:
        model = StatementPage


class ReportIndexPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(HomePageFactory)
    title = "활동보고"
    slug = "reports"

    class Meta:
        model = ReportIndexPage


class ReportPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(ReportIndexPageFactory)
    title = factory.LazyAttribute(lambda page: f"{page.year}년 활동보고")
    slug = factory.Sequence(lambda n: f"report-{n}")
    published_on = date(2026, 11, 16)
    year = 2026

    class Meta:
        model = ReportPage


class OpEdIndexPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(HomePageFactory)
    title = "기고"
    slug = "op-eds"

    class Meta:
        model = OpEdIndexPage


class OpEdPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(OpEdIndexPageFactory)
    title = factory.Sequence(lambda n: f"법이 늦어질수록 지역이 먼저 지칩니다 {n}")
    slug = factory.Sequence(lambda n: f"op-ed-{n}")
    published_on = date(2026, 11, 16)
    outlet = "한마루신문"
    author = "김연대"

    class Meta:
        model = OpEdPage


class ResourceIndexPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(HomePageFactory)
    title = "정책자료"
    slug = "resources"

    class Meta:
        model = ResourceIndexPage


class ResourcePageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(ResourceIndexPageFactory)
    title = factory.Sequence(lambda n: f"기본법 조문별 해설 {n}")
    slug = factory.Sequence(lambda n: f"resource-{n}")
    published_on = date(2026, 11, 16)

    class Meta:
        model = ResourcePage
