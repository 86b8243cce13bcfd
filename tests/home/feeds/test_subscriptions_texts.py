from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import (
    OpEdPage,
    StatementPage,
)

from .articles import write
from .conftest import CONTENT, content, read, titles

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def content_of_first(client):
    return next(read(client).iter(CONTENT)).text


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


def test_joint_statement_names_who_signs(client, home_page):
    write(home_page, StatementPage, signatories="한빛연합회\n가온돌봄협동조합")

    assert content(client).strip() == "<p>가온돌봄협동조합, 한빛연합회</p>"
