import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import cycle, islice
from xml.etree import ElementTree as ET

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from home.models import (
    NewsPage,
    OpEdPage,
    ReportPage,
    ResourcePage,
    SiteDocument,
    SiteImage,
    SiteSettings,
    StatementPage,
)
from home.page_cache.entries import is_storable
from home.publishing import forget_everything
from tests.factories.tree import publish

from .articles import list_of, write

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
BOTH = pytest.mark.parametrize("address", ["/feed/", "/feed/atom/"])


def read(client, address="/feed/"):
    response = client.get(address)
    assert response.status_code == 200
    return ET.fromstring(response.content)  # noqa: S314 (our own answer)


def titles(client, address="/feed/"):
    tree = read(client, address)
    return [e.findtext("title") for e in tree.iter("item")] or [
        e.findtext(f"{ATOM}title") for e in tree.iter(f"{ATOM}entry")
    ]


def content(client, address="/feed/"):
    tree = read(client, address)
    (found,) = [e.text for e in tree.iter(CONTENT)] or [e.text for e in tree.iter(f"{ATOM}content")]
    return found


def content_of_first(client):
    return next(read(client).iter(CONTENT)).text


@BOTH
def test_feed_of_an_empty_site_is_valid(client, home_page, address):
    assert titles(client, address) == []


def test_rss_tells_all_that_a_reader_shows(client, home_page):
    settings, _made = SiteSettings.objects.get_or_create(site=home_page.get_site())
    settings.organisation_name = "사회적경제연대회의"
    settings.save()
    forget_everything()
    news = write(home_page, title="광장에서", summary="모였습니다.", body=[("text", "<p>글</p>")])

    channel = read(client).find("channel")
    item = channel.find("item")

    assert channel.findtext("title") == "사회적경제연대회의"
    assert channel.findtext("link") == "http://testserver/"
    assert channel.findtext("language") == "ko"
    assert item.findtext("title") == "광장에서"
    assert item.findtext("link") == "http://testserver/news/text-1/"
    assert item.findtext("description") == "모였습니다."
    assert item.findtext(CONTENT).strip() == "<p>글</p>"
    assert item.findtext("category") == "소식"
    guid = item.find("guid")
    assert guid.get("isPermaLink") == "false"
    assert guid.text.startswith("tag:testserver,")
    assert guid.text.endswith(f":page-{news.pk}")


def test_atom_tells_the_same(client, home_page):
    news = write(home_page, title="광장에서", body=[("text", "<p>글</p>")])

    feed = read(client, "/feed/atom/")
    entry = feed.find(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == "광장에서"
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert entry.findtext(f"{ATOM}content").strip() == "<p>글</p>"
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == news.last_published_at
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://testserver/feed/atom/"


def test_name_of_an_item_stays_when_the_page_moves(client, home_page):
    news = write(home_page)
    before = read(client).find("channel/item/guid").text
    news.slug = "moved"
    publish(news)

    item = read(client).find("channel/item")
    assert item.findtext("guid") == before
    assert item.findtext("link").endswith("/moved/")


def test_an_old_text_entered_today_keeps_its_day(client, home_page):
    write(home_page, published_on=date(2017, 7, 21))
    write(home_page, published_on=timezone.localdate())

    today, old = (
        parsedate_to_datetime(item.findtext("pubDate")) for item in read(client).iter("item")
    )
    assert timezone.localtime(old).date() == date(2017, 7, 21)
    assert timezone.localtime(old).hour == 9
    assert timezone.now() - today < timedelta(minutes=5)


@BOTH
def test_all_kinds_come_together_newest_first(client, home_page, address):
    for day, model in enumerate((NewsPage, StatementPage, ReportPage, OpEdPage, ResourcePage), 1):
        write(home_page, model, title=model.__name__, published_on=date(2026, 11, day))

    assert titles(client, address) == [
        *("ResourcePage", "OpEdPage", "ReportPage", "StatementPage", "NewsPage")
    ]


def test_twenty_at_most(client, home_page):
    for number in range(22):
        write(home_page, title=str(number), published_on=date(2026, 11, 1))

    assert titles(client)[0] == "21"
    assert len(titles(client)) == 20


@pytest.mark.parametrize("suffix", ["feed/", "feed/atom/"])
def test_list_has_a_feed_of_its_own(client, home_page, suffix):
    write(home_page, title="소식")
    write(home_page, StatementPage, title="성명")

    assert titles(client, f"/news/{suffix}") == ["소식"]
    assert titles(client, f"/statement/{suffix}") == ["성명"]


def test_feed_of_a_list_carries_the_name_of_the_list(client, home_page):
    list_of(NewsPage, home_page)
    channel = read(client, "/news/feed/").find("channel")

    assert channel.findtext("title").endswith(" news")
    assert channel.findtext("link") == "http://testserver/news/"
    assert channel.findtext("description") == "목록입니다."


def test_what_is_no_public_list_has_no_feed(client, home_page):
    news = write(home_page)
    index = list_of(StatementPage, home_page)
    index.unpublish()

    for address in ("/nothing/feed/", f"/news/{news.slug}/feed/", "/statement/feed/"):
        assert client.get(address).status_code == 404
    PageViewRestriction.objects.create(page=list_of(NewsPage, home_page), restriction_type="login")
    assert client.get("/news/feed/").status_code == 404


def test_without_a_site_there_is_no_list(client, home_page):
    home_page.get_site().delete()

    assert client.get("/news/feed/").status_code == 404


def test_only_what_everybody_may_read_is_in_the_feed(client, home_page):
    write(home_page, title="공개")
    write(home_page, title="내림").unpublish()
    PageViewRestriction.objects.create(
        page=write(home_page, title="회원"), restriction_type="login"
    )
    write(
        *(home_page, StatementPage),
        title="엠바고",
        live=True,
        embargo_at=timezone.now() + timedelta(hours=1),
    )
    write(home_page, StatementPage, title="지난", embargo_at=timezone.now() - timedelta(hours=1))

    assert sorted(titles(client)) == ["공개", "지난"]


@pytest.mark.parametrize("address", ["/feed/", "/feed/atom/"])
def test_control_characters_do_not_break_the_feed(client, home_page, address):
    write(
        home_page,
        title="제목\x0b끝",
        summary="요약\x1f",
        body=[("text", "<p>글\x08\ufffe ]]> &amp; 끝</p>"), ("heading", "머리\x02글")],
    )

    assert titles(client, address) == ["제목끝"]
    assert "머리글" in content(client, address)


def test_op_ed_without_permission_gives_its_excerpt_only(client, home_page):
    op_ed = write(
        *(home_page, OpEdPage),
        excerpt="마을이 은행이 되는 날을 그려 봅니다.",
        original_url="https://news.example/1",
        gist="첫째\n둘째",
        body=[("text", "<p>전문입니다</p>")],
        may_reprint=True,
    )
    OpEdPage.objects.filter(pk=op_ed.pk).update(may_reprint=False)
    told = content(client)

    assert "전문입니다" not in told
    assert "마을이 은행이 되는 날을 그려 봅니다." in told
    assert '<a href="https://news.example/1">' in told
    assert "<li>첫째</li><li>둘째</li>" in told


def test_op_ed_with_permission_gives_all(client, home_page):
    write(home_page, OpEdPage, body=[("text", "<p>전문입니다</p>")], may_reprint=True)

    assert "전문입니다" in content(client)
    assert read(client).find("channel/item/author") is None


def test_nothing_that_runs_leaves_in_a_feed(client, home_page):
    write(
        home_page,
        body=[
            (
                "text",
                '<p onclick="x()">글<script>alert(1)</script><iframe src="//e.example"></iframe>'
                '<a href="javascript:alert(1)">가</a></p><!-- 쪽지 -->',
            )
        ],
    )

    assert content(client).strip() == "<p>글<a>가</a></p>"


@pytest.fixture
def full(home_page):
    """Texts with as many links, files and pictures as an editor likes."""
    linked = write(home_page, ResourcePage, title="자료", published_on=date(2020, 1, 1))
    document = SiteDocument.objects.create(title="안", file=ContentFile(b"%PDF-", name="a.pdf"))
    image = SiteImage.objects.create(title="광장", file=get_test_image_file(size=(900, 600)))

    body = [
        (
            "text",
            f'<p><a linktype="page" id="{linked.pk}">자료</a> '
            f'<a linktype="document" id="{document.pk}">안</a> '
            '<a id="999999" linktype="page">없음</a> <a href="/about/">소개</a> '
            '<a href="//cdn.example/x">밖</a></p>',
        ),
        ("picture", {"image": image, "decorative": False, "alt_text": "모인 <사람>"}),
    ]
    files = [("file", {"title": "요구안", "document": document})]
    kinds = cycle([NewsPage, StatementPage, ReportPage, OpEdPage])

    def make(number):
        for model in islice(kinds, number):
            permitted = {"may_reprint": True} if model is OpEdPage else {}
            write(home_page, model, picture=image, files=files, body=body, **permitted)
        return image, document

    return make


def test_addresses_in_a_text_lead_from_anywhere(client, full):
    image, document = full(1)
    told = content_of_first(client)

    for address in (
        "http://testserver/resource/text-1/",
        f"http://testserver/documents/{document.pk}/",
        "http://testserver/about/",
        "//cdn.example/x",
    ):
        assert f'<a href="{address}' in told
    assert "<a>없음</a>" in told
    assert f'src="http://testserver/media/{image.file.name}"' in told
    assert 'alt="모인 &lt;사람&gt;"' in told
    assert "요구안" in told


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_stored_size_of_a_picture_is_preferred(client, full):
    image, _document = full(1)
    rendition = image.get_rendition("width-400|format-webp")
    image.get_rendition("width-200|format-avif")

    told = content_of_first(client)

    assert rendition.file.name in told
    assert image.file.name not in told


@BOTH
@pytest.mark.parametrize("number", [1, 20])
def test_queries_do_not_grow_with_the_texts(
    client, full, number, address, django_assert_max_num_queries
):
    full(number)
    client.get(address)

    with django_assert_max_num_queries(10):
        assert len(re.findall("<(?:item|entry)>", client.get(address).text)) == min(number + 1, 20)


@BOTH
def test_feed_is_kept_by_the_page_cache(client, home_page, address):
    response = client.get(address)

    assert is_storable("200 OK", list(response.items()))
    assert client.post(address).status_code == 405


def test_joint_statement_names_who_signs(client, home_page):
    write(home_page, StatementPage, signatories="한빛연합회\n가온돌봄협동조합")

    assert content(client).strip() == "<p>가온돌봄협동조합, 한빛연합회</p>"
