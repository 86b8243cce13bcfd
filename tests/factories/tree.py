"""The pages that most tests begin with: /campaigns/basic-act/petition/ below a front page."""

from django.core.cache import cache
from wagtail.models import Page, Site

from campaigns.models import CampaignPage
from home.models import HomePage

from .campaigns import CampaignIndexPageFactory, CampaignPageFactory
from .home import HomePageFactory
from .petitions import PetitionPageFactory


def publish(page):
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def build_home_page():
    home = HomePageFactory(slug="yeondae")
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "testserver", "root_page": home, "site_name": "연대"},
    )
    Page.objects.get(slug="home", depth=2).delete()
    cache.clear()


def build_campaign_page():
    index = CampaignIndexPageFactory(parent=HomePage.objects.get(slug="yeondae"))
    publish(CampaignPageFactory(parent=index, slug="basic-act"))


def build_petition_page():
    campaign = CampaignPage.objects.get(slug="basic-act")
    publish(PetitionPageFactory(parent=campaign, slug="petition"))


STEPS = {
    "home": build_home_page,
    "campaign": build_campaign_page,
    "petition": build_petition_page,
}
