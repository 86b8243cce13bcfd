"""A page of each type with ``rows`` of everything that an editor can put on it."""

from datetime import date
from urllib.parse import quote

from campaigns.models import BillStage, HandOver, Outcome
from campaigns.models.bills import Stage
from home.models import PrivacyPolicyPage, Processor, SearchSynonym, SiteAlert, SiteSettings
from home.services import record_policy_version
from tests.conftest import publish
from tests.factories import home as pages
from tests.factories.forums import ForumPageFactory
from tests.factories.network import (
    BodyFactory,
    BodyIndexPageFactory,
    MeetingFactory,
    OrganisationFactory,
    OrganisationIndexPageFactory,
    RegionIndexPageFactory,
)
from tests.factories.petitions import PetitionPageFactory, SignatureFactory, TallyFactory
from tests.home.bodies import write_body
from tests.home.images import note_renditions, store_image

KINDS = (
    (pages.NewsIndexPageFactory, pages.NewsPageFactory, {}),
    (pages.StatementIndexPageFactory, pages.StatementPageFactory, {"press_contact": True}),
    (pages.ReportIndexPageFactory, pages.ReportPageFactory, {"sections": True}),
    (pages.OpEdIndexPageFactory, pages.OpEdPageFactory, {"may_reprint": True}),
    (pages.ResourceIndexPageFactory, pages.ResourcePageFactory, {"versions": True}),
)
OTHERS = (
    *("/search/", f"/search/?q={quote('사회적경제')}", f"/search/?q={quote('없는말')}"),
    *("/feed/", "/feed/atom/", "/sitemap.xml", "/robots.txt", "/manifest.webmanifest"),
    *("/privacy-versions/1/", "/my/", "/my/request/", "/verify/", "/nowhere/"),
)


def build_site(home_page, campaign_page, region, rows):
    """Returns the addresses of one page of each type and of what else the public reads."""
    _build_network(region, rows)
    body = write_body(rows, home_page=home_page, news_index=_index(home_page, KINDS[0][0]))
    petition = _build_petition(campaign_page, region, body, rows)
    _fill_campaign(campaign_page, petition, body, rows)
    forum = publish(ForumPageFactory(parent=campaign_page))
    lists = [
        _build_list(home_page, kind, body=body, campaign=campaign_page, region=region, rows=rows)
        for kind in KINDS
    ]
    directories = (OrganisationIndexPageFactory, BodyIndexPageFactory, RegionIndexPageFactory)
    standing = [
        publish(factory(parent=home_page, body=body))
        for factory in (pages.StandardPageFactory, *directories)
    ]
    policy = _build_policy(home_page, rows)
    _fill_home(home_page, campaign_page, body)
    _fill_menu(home_page, petition, policy, rows)
    return [
        *(home_page.url, campaign_page.get_parent().url, campaign_page.url, petition.url),
        *(page.url for page in (*standing, policy, forum)),
        *(address for index, article in lists for address in _of_list(index, article)),
        *(f"{petition.url}share/", f"{petition.url}count.json", f"{lists[1][1].url}plain.txt"),
        *OTHERS,
    ]


def _of_list(index, article):
    return index.url, f"{index.url}?year=2026", f"{index.url}feed/", article.url


def _index(home_page, factory):
    there = home_page.get_children().filter(slug=factory._meta.declarations["slug"])
    return there.specific().first() or publish(factory(parent=home_page))


def _build_network(region, rows):
    sector = pages.SectorFactory()
    OrganisationFactory.create_batch(rows, region=region, sector=sector, affiliates=3)
    for body in BodyFactory.create_batch(rows):
        MeetingFactory(body=body, attendance=7)


def _picture():
    return note_renditions(store_image(60, 40))


def _build_petition(campaign_page, region, body, rows):
    for _n in range(rows):
        petition = publish(PetitionPageFactory(parent=campaign_page, body=body))
        TallyFactory(petition=petition, online=rows)
    SignatureFactory.create_batch(
        rows, petition=petition, region=region, confirmed=True, commented=True
    )
    return petition


def _fill_campaign(page, petition, body, rows):
    page.refresh_from_db(fields=["numchild"])
    stages = list(Stage)[:rows]
    page.body, page.contact = body, pages.ContactFactory()
    page.toolkit = [("file", _file()) for _n in range(rows)]
    page.questions = [
        (
            "question",
            {
                "question": "왜 지금입니까",
                "answer": f'<p><a linktype="page" id="{petition.pk}">서명</a></p>',
            },
        )
        for _n in range(rows)
    ]
    page.milestones = [
        (
            "milestone",
            {"day": date(2026, 1, 1), "precision": "day", "title": "출범", "page": petition},
        )
    ] * rows
    page.hand_overs = [
        HandOver(
            recipient="국회",
            handed_over_on=date(2026, 11, 7),
            what="서명",
            picture=_picture(),
            receipt=pages.DocumentFactory(),
        )
        for _n in range(rows)
    ]
    page.outcomes = [
        Outcome(demand="제정", progress="under_review", checked_on=date(2026, 11, 7), source="기록")
        for _n in range(rows)
    ]
    page.bill_stages = [BillStage(stage=stage, reached_on=date(2026, 3, 1)) for stage in stages]
    page.organisations = OrganisationFactory.create_batch(rows)
    publish(page)


def _file():
    return {"title": "자료", "document": pages.DocumentFactory(), "pdf": pages.DocumentFactory()}


def _build_list(home_page, kind, *, body, campaign, region, rows):
    index_factory, factory, more = kind
    index = _index(home_page, index_factory)
    for _n in range(rows):
        article = factory(
            parent=index,
            picture=_picture(),
            campaign=campaign,
            region=region,
            action_page=publish(PetitionPageFactory(parent=campaign)),
            body=body,
            files=[("file", _file())] * rows,
            **_more(more, body),
        )
        article.themes = pages.ThemeFactory.create_batch(rows)
        publish(article)
    return index, article


def _more(more, body):
    values = {
        "press_contact": lambda: pages.ContactFactory(),
        "sections": lambda: _sections(body),
        "may_reprint": lambda: True,
        "versions": lambda: [("version", _file())],
    }
    return {name: values[name]() for name in more}


def _sections(body):
    bars = {
        **{"heading": "회의", "label_heading": "기구", "number_heading": "횟수", "bars": []},
        **{"source": "meetings_per_body", "year": 2026},
    }
    counted = [("numbers", _numbers(2026)), ("numbers", _numbers(2025)), ("bars", bars)]
    return [("section", {"part": part, "body": [*body, *counted]}) for part in ("theme", "tasks")]


def _numbers(year):
    sources = ("members", "affiliates", "meetings")
    numbers = [{"label": "수", "source": source, "year": year} for source in sources]
    return {"heading": "숫자", "as_of": None, "numbers": numbers}


def _build_policy(home_page, rows):
    SiteSettings.objects.update_or_create(
        site=home_page.get_site(),
        defaults={"privacy_officer": "한마루", "privacy_officer_phone": "02-0000-0000"},
    )
    for n in range(rows):
        Processor.objects.create(name=f"수탁자 {n}", task="메일", items="주소")
        SearchSynonym.objects.create(words=f"사경기본법 {n}, 사회적경제기본법 {n}")
    policy = publish(home_page.add_child(instance=PrivacyPolicyPage(title="방침", slug="privacy")))
    record_policy_version(policy, "published")
    return policy


def _fill_home(home_page, campaign_page, body):
    home_page.refresh_from_db(fields=["numchild"])
    home_page.body, home_page.lead_page = body, campaign_page
    home_page.numbers = [("numbers", _numbers(None))]
    publish(home_page)


def _fill_menu(home_page, petition, policy, rows):
    settings = SiteSettings.objects.get()
    settings.action_page, settings.privacy_policy_page = petition, policy
    settings.footer_links = [("link", {"page": policy, "label": "방침"})] * rows
    settings.save()
    for n in range(rows):
        settings.menu_items.create(label=f"{n}", page=petition, sort_order=n)
    SiteAlert.objects.create(site=settings.site, text="공청회가 열립니다.", page=petition)
