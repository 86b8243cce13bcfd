import pytest

from home import registry
from home.blocks import BodyStreamBlock, ReportSectionBlock
from home.feeds.blocks import BLOCKS, stream_html
from home.publishing import forget_everything

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def item(value):
    return {"type": "item", "value": value, "id": "1"}


# As stored. What is written with <> must come out escaped.
STORED = {
    "heading": ("왜 <지금>입니까", "<h2>왜 &lt;지금&gt;입니까</h2>"),
    "text": ("<p>글</p>", "<p>글</p>"),
    "quote": (
        {"text": "함께", "source": "시민"},
        "<blockquote><p>함께</p><p>시민</p></blockquote>",
    ),
    "asks": (
        {"heading": "요구", "asks": [item({"title": "하나", "text": "설명"}), {"title": "둘"}]},
        "<h2>요구</h2><ol><li><strong>하나</strong> 설명</li><li><strong>둘</strong> </li></ol>",
    ),
    "call_out": ({"title": "알림", "text": "<p>글</p>"}, "<h3>알림</h3><p>글</p>"),
    "picture": (
        {"image": 3, "decorative": False, "alt_text": "광장"},
        '<figure><embed embedtype="image" id="3" alt="광장"/></figure>',
    ),
    "photo_story": (
        {
            "heading": "",
            "pictures": [item({"picture": {"image": 3, "decorative": True}, "caption": "첫날"})],
        },
        '<figure><embed embedtype="image" id="3" alt=""/><figcaption>첫날</figcaption></figure>',
    ),
    "file_list": (
        {"heading": "자료", "files": [item({"title": "안", "document": 5, "pdf": 6})]},
        '<h2>자료</h2><ul><li><a linktype="document" id="5">안</a></li>'
        '<li><a linktype="document" id="6">안 (PDF)</a></li></ul>',
    ),
    "video": (
        {"title": "영상", "url": "https://v.example/1", "transcript": "<p>말</p>"},
        '<p><a href="https://v.example/1">영상</a></p><p>말</p>',
    ),
    "timeline": (
        {
            "heading": "연혁",
            "entries": [
                item({"day": "2017-05-01", "precision": "month", "title": "협약", "page": 7}),
                item({"day": None, "precision": "day", "title": "미정", "text": "알림"}),
            ],
        },
        '<h2>연혁</h2><ul><li>2017년\u00a05월 <a linktype="page" id="7">협약</a> </li>'
        "<li> 미정 알림</li></ul>",
    ),
    "numbers": (
        {
            "heading": "숫자",
            "numbers": [
                item({"label": "서명", "number": 12345, "unit": "명"}),
                item({"label": "회의", "source": "meetings-of-tests", "year": 2026}),
                item({"label": "없음", "number": None}),
            ],
        },
        "<h2>숫자</h2><table><tr></tr><tr><td>서명</td><td>12,345명</td></tr>"
        "<tr><td>회의</td><td>48</td></tr></table>",
    ),
    "bars": (
        {
            "heading": "회의",
            "label_heading": "기구",
            "number_heading": "횟수",
            "source": "bodies-of-tests",
            "bars": [item({"label": "총회", "number": 2, "note": None})],
        },
        "<h2>회의</h2><table><tr><th>기구</th><th>횟수</th><th></th></tr>"
        "<tr><td>운영위원회</td><td>12</td><td>매월</td></tr>"
        "<tr><td>총회</td><td>2</td><td></td></tr></table>",
    ),
    "progress_table": (
        {"heading": "반영", "rows": [item({"demand": "기본법", "progress": "adopted"})]},
        "<h2>반영</h2><table><tr></tr><tr><td>기본법</td><td></td><td>반영</td></tr></table>",
    ),
    "table": (
        {
            "caption": "수입",
            "columns": [{"type": "text", "heading": "항목"}, {"type": "rich_text", "heading": ""}],
            "rows": [{"values": ["회비", "<b>61</b>"]}, {"values": [None, ""]}],
        },
        "<h3>수입</h3><table><tr><th>항목</th><th></th></tr>"
        "<tr><td>회비</td><td><b>61</b></td></tr><tr><td></td><td></td></tr></table>",
    ),
    "call_to_action": (
        {"title": "함께", "page": 7, "label": "서명하기"},
        '<p><strong>함께</strong> </p><p><a linktype="page" id="7">서명하기</a></p>',
    ),
    "people": (
        {
            "heading": "토론자",
            "people": [item({"name": "김연대", "affiliation": "", "role": "발제"})],
        },
        "<h2>토론자</h2><ul><li>김연대, 발제</li></ul>",
    ),
}


@pytest.fixture(autouse=True)
def _counted(monkeypatch):
    monkeypatch.setattr(registry, "_figures", {})
    monkeypatch.setattr(registry, "_tables", {})
    registry.register_figure("meetings-of-tests", label="회의", read=lambda year: 48)
    registry.register_table(
        "bodies-of-tests", label="기구", read=lambda year: [("운영위원회", 12, "매월")]
    )
    forget_everything()


@pytest.mark.parametrize("kind", STORED)
def test_block_becomes_plain_html(kind):
    stored, html = STORED[kind]

    shown = stream_html([{"type": kind, "value": stored}])

    if kind == "progress_table":  # The word is translated.
        shown = shown.replace("Adopted", "반영")
    assert shown == html


def test_every_block_of_a_text_has_its_html():
    """Contacts are left out: a feed is read long after a telephone number has changed."""
    known = {*BLOCKS, "contact"}

    assert set(BodyStreamBlock().child_blocks) <= known
    assert set(ReportSectionBlock().child_blocks["body"].child_blocks) <= known


def test_call_to_another_site_and_empty_things():
    html = stream_html(
        [
            {
                "type": "call_to_action",
                "value": {"title": "밖", "url": "https://e.example/", "label": "가기"},
            },
            {"type": "picture", "value": None},
            {"type": "numbers", "value": {"heading": "", "numbers": []}},
            {"type": "file_list", "value": {"heading": "", "files": [{"title": "안"}]}},
            {"type": "contact", "value": 1},
            {"type": "quote", "value": {"text": "함께", "source": ""}},
        ]
    )

    assert html == (
        '<p><strong>밖</strong> </p><p><a href="https://e.example/">가기</a></p>\n\n\n\n'
        "<blockquote><p>함께</p></blockquote>"
    )


def test_part_of_a_report_has_its_name_its_claim_and_its_text():
    part = {
        "part": "tasks",
        "claim": "할 일이 남았습니다.",
        "body": [{"type": "text", "value": "<p>글</p>"}],
    }
    named = {"part": "tasks", "heading": "남은 과제"}

    shown = stream_html([{"type": "section", "value": value} for value in (part, named)])

    assert "<p><strong>할 일이 남았습니다.</strong></p><p>글</p>" in shown
    assert "<h2>남은 과제</h2>" in shown


def test_a_choice_that_is_none_is_left_out():
    rows = [item({"demand": "기본법", "so_far": "", "progress": "gone"})]

    table = stream_html([{"type": "progress_table", "value": {"heading": "", "rows": rows}}])

    assert table == "<table><tr></tr><tr><td>기본법</td><td></td><td></td></tr></table>"
    assert stream_html([{"type": "section", "value": {"part": None}}]) == ""
