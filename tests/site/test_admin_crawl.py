"""Whoever logs in can follow every link of the admin, and reads Korean only."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import get_resolver, reverse
from wagtail.models import Workflow

from accounts import defaults
from accounts.defaults import (
    AUDITOR,
    CAMPAIGNER,
    DIRECTOR,
    EDITOR,
    MODERATOR,
    OFFICER,
    REGIONAL,
)
from campaigns.forums.apps import EVENTS
from campaigns.pledges.apps import PLEDGES, REPRESENTATIVE
from home.network.apps import SECRETARY
from payments.apps import TREASURER
from tests.conftest import publish
from tests.crawl import LEAVES, crawl
from tests.factories.accounts import UserFactory, limit_to
from tests.factories.desk import fill_desk
from tests.factories.home import (
    ContactFactory,
    DocumentFactory,
    ImageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OpEdPageFactory,
    ReportPageFactory,
    ResourcePageFactory,
    StandardPageFactory,
    StatementPageFactory,
)
from tests.factories.petitions import SignatureFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ADMINISTRATOR = "관리자"
ROLES = {
    "administrator": ADMINISTRATOR,
    "keeper": defaults.ADMINISTRATOR,
    "director": DIRECTOR,
    "editor": EDITOR,
    "campaigner": CAMPAIGNER,
    "moderator": MODERATOR,
    "regional": REGIONAL,
    "officer": OFFICER,
    "auditor": AUDITOR,
    "treasurer": TREASURER,
    "events": EVENTS,
}
EVERYBODY = {
    **ROLES,
    "secretary": SECRETARY,
    "pledges": PLEDGES,
    "representative": REPRESENTATIVE,
}
# Their lists are full, and they follow the side menu too.
KEEPERS = (ADMINISTRATOR, TREASURER, EVENTS)
# Who has few screens.
LITTLE = (MODERATOR, REGIONAL, OFFICER, AUDITOR, TREASURER)
SEE_SIGNERS = (
    *(ADMINISTRATOR, defaults.ADMINISTRATOR, DIRECTOR),
    *(CAMPAIGNER, MODERATOR, OFFICER, REGIONAL),
)
SIGNER = {"name": "남궁바다", "email": "bada.namgung@mail.example"}
# What stands in the screens as it is everywhere: names, endings of files, codes.
LATIN = re.compile(r"[A-Za-z]{2,}")
HANGUL = re.compile(r"[가-힣]")
ENGLISH_PLURAL = re.compile(r"[가-힣]s\b")
AS_IT_IS = re.compile(
    r"""^[\W\d]*(
        Wagtail|PDF|HWPX?|CSV|XLSX|URL|QR|ID|HTML|JPE?G|PNG|WebP|AVIF|Ctrl|Cmd|Alt|Shift|Enter|Esc
        |English|UTC|KB|MB|px|example|GIF|HEIC|Mac|Windows|Tab|Atom
        # A task force is called so; what Wagtail names the page that it brings, in a record of it.
        |TF|Welcome\ to\ your\ new\ Wagtail\ site
    )([\W\d]*|[\W\d]+(PDF|HWPX?|CSV|XLSX|Ctrl|Alt|Shift))*$""",
    re.VERBOSE,
)
MACHINE_WORDS = re.compile(
    r"@|https?:|/|^[\w-]+\.(pdf|hwp|png|jpg)$|^[a-z0-9]+([-.][a-z0-9]+)*$"
    r"|^[0-9A-Z]{4}-[0-9A-Z]{4}$"  # The number of a registration, a signature, a request.
)

UNSEEN = ["script", "style", "template", "noscript", "code", "pre", "kbd"]


@pytest.fixture
def site(home_page, petition_page):
    """One of everything: public, a draft, one in review."""
    news = publish(NewsPageFactory(parent=NewsIndexPageFactory(parent=home_page, slug="news")))
    for factory in (StatementPageFactory, OpEdPageFactory, ReportPageFactory, ResourcePageFactory):
        publish(factory(parent__parent=home_page))
    StandardPageFactory(parent=home_page, live=False).save_revision()
    waiting = NewsPageFactory(parent=news.get_parent(), live=False)
    waiting.save_revision()
    Workflow.objects.get().start(waiting, UserFactory(role=EDITOR))
    ContactFactory()
    ImageFactory()
    DocumentFactory()
    return SignatureFactory(petition=petition_page, confirmed=True, **SIGNER)


def user_of(role, region):
    if role == ADMINISTRATOR:
        return UserFactory(administrator=True)
    user = UserFactory(role=role)
    if role == REGIONAL:
        limit_to(user, role, region)
    return user


def english_in(soup):
    """Visible words, and labels of buttons and pictures, without a Hangul letter."""
    for hidden in [*soup.find_all(UNSEEN), *soup.find_all(hidden=True)]:
        hidden.decompose()
    said = list(soup.stripped_strings)
    for tag in soup.find_all(True):
        said += [
            tag[name] for name in ("aria-label", "title", "placeholder", "alt") if tag.get(name)
        ]
        if tag.name == "input" and tag.get("type") in ("submit", "button"):
            said.append(tag.get("value", ""))
    return {words for words in map(str.strip, said) if is_english(words)}


def is_english(words):
    if ENGLISH_PLURAL.search(words):
        return True
    if HANGUL.search(words) or not LATIN.search(words):
        return False
    return not (AS_IT_IS.match(words) or MACHINE_WORDS.search(words))


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_every_link_of_the_admin_opens_in_korean_and_names_no_signer(site, client, role):
    start, keeps = ["/admin/"], role in KEEPERS
    if keeps:
        pages = fill_desk(site.petition, UserFactory(administrator=True))
        start += [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in pages]
    client.force_login(user_of(role, site.region))
    broken, english, naming, untitled, opened = [], {}, [], [], 0

    for address, status, soup in crawl(client, start, menu=keeps):
        opened += 1
        if status not in (200, 302):
            broken.append((address, status))
        if any(secret in str(soup) for secret in SIGNER.values()):
            naming.append(address)
        if soup.title and soup.title.text.strip().startswith("-"):
            untitled.append(address)
        for words in english_in(soup):
            english.setdefault(words, address)

    assert broken == []
    # Even who may see all sees it only after giving a reason.
    assert naming == []
    assert untitled == []
    assert english == {}
    assert opened > (2 if role in LITTLE else 20)


def all_addresses(patterns, key, prefix="/"):
    """Every address of the admin, linked or not; what it names is a row that is there."""
    for pattern in patterns:
        address = prefix + re.sub(r"<[^>]*>", str(key), str(pattern.pattern))
        if not address.startswith("/admin/"[: len(address)]) or "(" in address:
            continue
        if hasattr(pattern, "url_patterns"):
            yield from all_addresses(pattern.url_patterns, key, address)
        elif address.startswith("/admin/") and not LEAVES.match(address):
            yield address


@pytest.mark.parametrize("role", EVERYBODY.values(), ids=EVERYBODY)
def test_no_address_at_all_fails_or_names_a_signer(site, client, role):
    client.force_login(user_of(role, site.region))
    client.raise_request_exception = False
    addresses = sorted(set(all_addresses(get_resolver().url_patterns, site.pk)))
    answers, naming = {}, []

    for address in addresses:
        response = client.get(address)
        answers.setdefault(response.status_code, []).append(address)
        text = b"" if response.streaming else response.content
        if any(secret in text.decode(errors="replace") for secret in SIGNER.values()):
            naming.append(address)

    assert len(addresses) > 200
    if role not in SEE_SIGNERS:
        assert f"/admin/signatures/{site.pk}/" in answers[302]
    assert set(answers) <= {200, 301, 302, 400, 403, 404, 405}, answers.get(500)
    assert naming == []


def test_the_log_in_is_korean(client, home_page):
    soup = BeautifulSoup(client.get("/admin/login/").content, "html.parser")

    assert english_in(soup) == set()
