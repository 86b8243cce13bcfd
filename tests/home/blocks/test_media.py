import pytest
from wagtail import blocks

from home.blocks import FileBlock, VideoBlock
from tests.factories.home import DocumentFactory

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://www.youtube.com/watch?v=abc_DEF-123", "youtube-nocookie.com/embed/abc_DEF-123?"),
        (
            "https://m.youtube.com/watch?t=3&v=abcdefghijk",
            "youtube-nocookie.com/embed/abcdefghijk?",
        ),
        ("https://youtu.be/abcdefghijk?si=1", "youtube-nocookie.com/embed/abcdefghijk?"),
        ("https://www.youtube.com/shorts/abcdefghijk", "youtube-nocookie.com/embed/abcdefghijk?"),
        ("https://vimeo.com/123456789", "player.vimeo.com/video/123456789?"),
    ],
)
def test_a_video_of_a_known_host_plays_here_when_pressed(url, player):
    assert player in VideoBlock().to_python({"title": "영상", "url": url}).player_url


@pytest.mark.parametrize(
    "url",
    [
        "https://tv.naver.com/v/123",
        "https://youtube.com.evil.example/watch?v=abcdefghijk",
        "https://evil.example/?u=https://youtu.be/abcdefghijk",
        "https://notyoutu.be/abcdefghijk",
        "https://www.youtube.com/@yeondae",
        "",
    ],
)
def test_any_other_video_is_a_link_only(url):
    assert VideoBlock().to_python({"title": "영상", "url": url}).player_url == ""


def test_a_page_loads_nothing_of_a_video_before_it_is_pressed():
    block = VideoBlock()
    value = block.to_python({"title": "영상", "url": "https://youtu.be/abcdefghijk"})

    html = block.render(value)

    assert "<iframe" not in html
    assert 'href="https://youtu.be/abcdefghijk"' in html
    assert "youtu.be" in html.split('video__where">')[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("filename", "extra", "accepted"),
    [
        ("a.pdf", {}, True),
        ("a.hwp", {}, False),
        ("a.HWPX", {}, False),
        ("a.hwp", {"no_pdf_reason": "작성할 서식입니다"}, True),
    ],
)
def test_an_hwp_file_is_asked_for_its_pdf(filename, extra, accepted):
    block = FileBlock()
    document = DocumentFactory(file__filename=filename)
    value = block.normalize({"title": "자료", "document": document, "pdf": None, **extra})

    if accepted:
        assert block.clean(value)["title"] == "자료"
    else:
        with pytest.raises(blocks.StructBlockValidationError):
            block.clean(value)


@pytest.mark.django_db
def test_an_hwp_file_with_its_pdf_offers_the_pdf_first():
    hwp, pdf = DocumentFactory(file__filename="a.hwp"), DocumentFactory()
    value = FileBlock().normalize({"title": "자료", "document": hwp, "pdf": pdf})

    assert FileBlock().clean(value).documents == [pdf, hwp]


def refusals(block, **values):
    with pytest.raises(blocks.StructBlockValidationError) as caught:
        block.clean(block.to_python(values))
    return caught.value.block_errors


@pytest.mark.parametrize("url", ["https://example.org/v/1", "HTTPS://example.org/영상"])
def test_video_elsewhere_is_taken(url):
    block = VideoBlock()

    cleaned = block.clean(block.to_python({"title": "설명", "url": url}))

    assert cleaned["url"] == url


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.org/v/1", "javascript:alert(1)", "data:text/html,<script>", "//a.b/c"),
        *(
            "ftp://example.org/v",
            "file:///etc/passwd",
            "example",
            '<iframe src="https://a.b/">',
            "",
        ),
    ],
)
def test_odd_address_of_a_video_is_refused(url):
    assert list(refusals(VideoBlock(), title="설명", url=url)) == ["url"]


def test_a_file_chosen_as_its_own_pdf_is_offered_once(db):
    document = DocumentFactory()
    file = FileBlock().to_python(
        {"title": "안내문", "document": document.pk, "pdf": document.pk, "no_pdf_reason": ""}
    )
    assert file.documents == [document]
