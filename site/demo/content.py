"""The demo's pages. Names, accounts and numbers are fictional; the campaign's facts are dated."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page, Site

from accounts.models import User
from accounts.services import sync_roles
from campaigns.models import BillStage, CampaignIndexPage, CampaignPage, Stage
from home.models import HomePage, MenuItem, SiteSettings, StandardPage
from petitions.models import PetitionConsent, PetitionPage
from privacy.models import ConsentDefinition

from .logins import ADMINISTRATOR, CAMPAIGNER, DIRECTOR, EDITOR, demo_password
from .texts import ABOUT, ASKS, CAMPAIGN_BODY, OFFICIAL_PETITION, PETITION_BODY, PRIVACY_POLICY

CONSENTS = ("collection", "sensitive", "display", "roll", "news", "age")


def load_pages() -> PetitionPage:
    """Make what is missing of the demo tree; what is there stays as editors left it."""
    home = _home()
    about = _child(home, StandardPage, "about", title="연대회의 소개", **_texts(ABOUT))
    privacy = _child(
        home, StandardPage, "privacy", title="개인정보처리방침", **_texts(PRIVACY_POLICY)
    )
    two_kinds = _child(
        home,
        StandardPage,
        "two-kinds-of-signature",
        title="두 서명의 차이",
        **_texts(OFFICIAL_PETITION),
    )
    index = _child(
        home,
        CampaignIndexPage,
        "campaigns",
        title="캠페인",
        summary="지금 함께할 수 있는 일입니다.",
    )
    campaign = _campaign(index)
    petition = _petition(campaign)
    if home.lead_page_id is None:
        home.lead_page = campaign
        home.save_revision().publish()
    _settings(petition, about, index, privacy, two_kinds)
    return petition


def _texts(source: dict) -> dict:
    return {"summary": source["summary"], "body": source["body"]}


def _home() -> HomePage:
    existing = HomePage.objects.first()
    if existing:
        return existing
    root = Page.get_first_root_node()
    for welcome in root.get_children().filter(slug="home"):
        welcome.delete()
    root = Page.get_first_root_node()
    home = HomePage(
        title="사회적경제연대회의",
        slug="home",
        summary="협동조합, 사회적기업, 마을기업, 자활기업이 함께 만드는 연대입니다.",
    )
    root.add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": "연대"},
    )
    return home


def _child(parent, model, slug, **fields):
    existing = model.objects.child_of(parent).filter(slug=slug).first()
    if existing:
        return existing
    page = parent.add_child(instance=model(slug=slug, **fields))
    page.save_revision().publish()
    return page


def _campaign(index) -> CampaignPage:
    today = timezone.localdate()
    campaign = _child(
        index,
        CampaignPage,
        "basic-act",
        title="사회적경제기본법 시민행동",
        summary="흩어진 제도를 한데 모으고, 현장이 정책을 함께 정하는 법을 만듭니다.",
        asks=[("asks", ASKS)],
        body=CAMPAIGN_BODY,
        bill_name="사회적경제기본법안(예시)",
        bill_number="22-00000(예시)",
        bill_checked_on=today,
    )
    if not campaign.bill_stages.exists():
        for stage, days in ((Stage.PROPOSED, 82), (Stage.REFERRED, 81), (Stage.COMMITTEE, 14)):
            campaign.bill_stages.add(
                BillStage(stage=stage, reached_on=_working_day(today - timedelta(days=days)))
            )
        campaign.save_revision().publish()
    return campaign


def _working_day(day):
    """The day itself, or the Friday before a weekend: the Assembly does not sit then."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _petition(campaign) -> PetitionPage:
    existing = PetitionPage.objects.child_of(campaign).filter(slug="petition").first()
    if existing:
        return existing
    closing = timezone.localtime() + timedelta(days=12)
    closing = closing.replace(hour=18, minute=0, second=0, microsecond=0)
    page = PetitionPage(
        slug="petition",
        title="사회적경제기본법을 올해 안에 의결해 주십시오",
        summary="흩어진 제도를 한데 모으는 사회적경제기본법, 이번 회기에 의결하도록 함께 요구해 주세요.",
        addressees="국회의장, 기획재정위원회 위원 26명",
        body=PETITION_BODY,
        opens_at=timezone.now() - timedelta(days=30),
        closes_at=closing,
        hand_over_on=closing.date() + timedelta(days=2),
        roll_recipients="국회의장, 기획재정위원회",
    )
    definitions = {d.slug: d for d in ConsentDefinition.objects.filter(slug__in=CONSENTS)}
    page.petition_consents = [
        PetitionConsent(definition=definitions[slug], sort_order=position)
        for position, slug in enumerate(CONSENTS)
    ]
    campaign.add_child(instance=page)
    page.save_revision().publish()
    return page


def _settings(petition, about, index, privacy, two_kinds) -> None:
    site = Site.objects.get(is_default_site=True)
    settings, made = SiteSettings.objects.get_or_create(
        site=site,
        defaults={
            "organisation_name": "사회적경제연대회의",
            "short_name": "연대",
            "representatives": "김연대, 박협동",
            "registration_number": "000-82-00000",
            "address": "서울특별시 ○○구 이음로 12, 3층",
            "phone": "02-0000-0000",
            "email": "hello@yeondae.example",
            "privacy_officer": "이가온",
            "footer_note": "이 화면의 이름·단체·숫자는 모두 예시입니다.",
            "privacy_policy_page": privacy,
            "official_petition_help_page": two_kinds,
            "action_page": petition,
        },
    )
    if made:
        for position, (label, page) in enumerate(
            (("소개", about), ("캠페인", index), ("서명", petition))
        ):
            MenuItem.objects.create(settings=settings, label=label, page=page, sort_order=position)


def load_staff() -> None:
    """The demo's accounts: who keeps the site, who writes, approves and looks after signers."""
    _, email = ADMINISTRATOR
    if not User.objects.filter(email=email).exists():
        User.objects.create_superuser(email, demo_password(), first_name="협동", last_name="박")
    sync_roles()
    _employ(EDITOR, first_name="다솜", last_name="정")
    _employ(DIRECTOR, first_name="한결", last_name="오")
    _employ(CAMPAIGNER, first_name="이음", last_name="한")


def _employ(login: tuple[str, str], **names: str) -> None:
    role, email = login
    if not User.objects.filter(email=email).exists():
        user = User.objects.create_user(email, demo_password(), **names)
        user.groups.add(Group.objects.get(name=role))
