from datetime import date

import factory
import wagtail_factories

from campaigns.models import CampaignIndexPage, CampaignPage, HandOver, Outcome
from home.blocks import Progress

from .home import HomePageFactory


class CampaignIndexPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(HomePageFactory)
    title = "캠페인"
    slug = "campaigns"

    class Meta:
        model = CampaignIndexPage


class CampaignPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(CampaignIndexPageFactory)
    title = "사회적경제기본법 시민행동"
    slug = factory.Sequence(lambda n: f"campaign-{n}")
    summary = "흩어진 제도를 한데 모읍니다."

    class Meta:
        model = CampaignPage


class HandOverFactory(factory.django.DjangoModelFactory):
    page = factory.SubFactory(CampaignPageFactory)
    recipient = "국회 기획재정위원회"
    handed_over_on = date(2026, 11, 7)
    what = "1차 서명 5,000명분"

    class Meta:
        model = HandOver


class OutcomeFactory(factory.django.DjangoModelFactory):
    page = factory.SubFactory(CampaignPageFactory)
    demand = "기본법 제정"
    progress = Progress.UNDER_REVIEW
    checked_on = date(2026, 11, 18)
    source = "국회 회의록"

    class Meta:
        model = Outcome
