"""The demo's pages. Names, accounts and numbers are fictional; days count from today."""

from campaigns.forums.models import ForumPage
from campaigns.models import CampaignIndexPage
from home.models import StandardPage
from home.network.models import BodyIndexPage, OrganisationIndexPage, RegionIndexPage
from petitions.models import PetitionPage

from .campaign import complete_campaign, load_campaign, load_petition
from .forums import load_forums
from .kit import Kit
from .newsroom import Newsroom
from .rows import load_network, load_short_link, load_words
from .surroundings import complete_home, load_home, load_settings
from .texts.about import ABOUT_PAGES, FOOTER_PAGES
from .texts.standing import ABOUT, OFFICIAL_PETITION
from .tree import child, children

STANDING = (("two-kinds-of-signature", "두 서명의 차이", OFFICIAL_PETITION),)
DIRECTORIES = (
    ("bodies", BodyIndexPage, "위원회와 기구", "연대회의의 기구와 그 걸어온 길입니다."),
    ("organisations", OrganisationIndexPage, "회원단체", "전국의 연합체와 네트워크가 함께합니다."),
    ("regions", RegionIndexPage, "지역", "지역에서 함께하는 단체를 찾아보세요."),
)


def load_pages() -> tuple[PetitionPage, ForumPage]:
    """Make what is missing of the demo tree; what is there stays as editors left it."""
    home = load_home()
    about = child(home, StandardPage, "about", title="연대회의 소개", **ABOUT)
    for slug, title, text in STANDING:
        child(home, StandardPage, slug, title=title, **text)
    index = child(
        *(home, CampaignIndexPage, "campaigns"),
        title="캠페인",
        summary="지금 함께할 수 있는 일입니다.",
    )
    campaign = load_campaign(index)
    petition = load_petition(campaign)
    load_words()
    kit = Kit()
    load_network(kit)
    _load_standing_pages(home, about, kit)
    Newsroom(home, kit, campaign, petition).load()
    complete_campaign(campaign, kit)
    forum = load_forums(home, campaign, kit)
    complete_home(home, campaign)
    load_settings(home, petition)
    load_short_link(petition)
    return petition, forum


def _load_standing_pages(home, about, kit):
    def fields(row):
        return {"title": row["title"], "summary": row["summary"], "body": row["body"](kit)}

    children(about, StandardPage, ABOUT_PAGES, fields)
    children(home, StandardPage, FOOTER_PAGES, fields)
    for slug, model, title, summary in DIRECTORIES:
        if not model.objects.exists():
            child(about, model, slug, title=title, summary=summary)
