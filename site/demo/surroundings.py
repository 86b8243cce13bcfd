"""What stands around every page: settings, menu, footer, alert."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page, Site

from home.models import HomePage, MenuItem, PrivacyPolicyPage, SiteAlert, SiteSettings

from .tree import child

OLD_MENU = ["소개", "캠페인", "서명"]
# Label, the page's path, and the paths of what the menu opens.
MENU = (
    (
        "소개",
        "about",
        (
            *("about/history", "about/structure", "about/bodies", "about/organisations"),
            *("about/regions", "about/principles", "about/visit"),
        ),
    ),
    ("캠페인", "campaigns", ("campaigns/basic-act", "campaigns/basic-act/petition")),
    ("행사", "forums", ("campaigns/basic-act/forum-2026", "forums")),
    ("소식", "news", ("news", "statements", "op-eds")),
    ("자료", "resources", ("reports", "resources")),
)
# Where a page's title is too long for a menu.
LABELS = {
    "petition": "서명하기",
    "basic-act": "기본법 시민행동",
    "news": "현장 소식",
    "forums": "모든 행사",
}
FOOTER = ("terms", "no-address-harvesting")


def load_home() -> HomePage:
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


def complete_home(home, campaign) -> None:
    if home.lead_page_id is not None:
        return
    counted = (
        ("회원단체", "members", "곳"),
        ("소속 조직", "affiliates", "곳"),
        ("올해 회의", "meetings", "회"),
    )
    numbers = [
        {"label": label, "source": source, "unit": unit, "year": None, "number": None, "note": ""}
        for label, source, unit in counted
    ]
    handed_over = {"label": "전달한 종이 서명", "number": 8412, "unit": "명", "note": ""}
    home.numbers = [
        (
            "numbers",
            {
                "heading": "함께 만든 변화",
                "as_of": timezone.localdate(),
                "numbers": [*numbers, handed_over],
            },
        )
    ]
    home.lead_page = campaign
    home.save_revision().publish()


def load_settings(home, petition) -> None:
    site = Site.objects.get(is_default_site=True)
    found = {
        page.url_path.removeprefix(home.url_path).strip("/"): page
        for page in home.get_descendants()
    }
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
            "privacy_officer_office": "사무국",
            "privacy_officer_phone": "02-0000-0000",
            "privacy_officer_email": "privacy@yeondae.example",
            "footer_note": "이 화면의 이름·단체·숫자는 모두 예시입니다.",
            "security_contact": "security@yeondae.example",
            "privacy_policy_page": found.get("privacy"),
            "official_petition_help_page": found["two-kinds-of-signature"],
            "action_page": petition,
        },
    )
    old = list(settings.menu_items.values_list("label", flat=True)) == OLD_MENU
    if made or old:
        _write_menu(settings, found)
    if settings.privacy_policy_page_id is None:
        settings.privacy_policy_page = _load_policy(home)
        settings.save()
    if not SiteAlert.objects.exists():
        _announce(site, petition)


def _load_policy(home) -> PrivacyPolicyPage:
    """Its words are those every new policy starts with; its tables come from the site itself."""
    return child(
        home,
        PrivacyPolicyPage,
        "privacy",
        title="개인정보처리방침",
        summary="개인정보를 무엇에, 얼마 동안 쓰는지 알려 드립니다.",
    )


def _write_menu(settings, found) -> None:
    MenuItem.objects.filter(settings=settings).delete()
    for position, (label, path, below) in enumerate(MENU):
        MenuItem.objects.create(
            settings=settings,
            label=label,
            page=found[path],
            links=[_link(found[under]) for under in below if under in found],
            sort_order=position,
        )
    settings.footer_links = [_link(found[path]) for path in FOOTER if path in found]
    settings.save()


def _link(page):
    return ("link", {"page": page, "label": LABELS.get(page.slug, "")})


def _announce(site, petition) -> None:
    SiteAlert.objects.create(
        site=site,
        kind=SiteAlert.Kind.INFO,
        text="2차 서명을 곧 국회에 전달합니다. 마감 전에 함께해 주세요.",
        page=petition,
        link_label="서명하기",
        shows_until=timezone.now() + timedelta(days=12),
    )
