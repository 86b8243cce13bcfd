import factory
import wagtail_factories

from campaigns.models import CampaignIndexPage, CampaignPage

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
