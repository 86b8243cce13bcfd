import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from home.blocks import BodyStreamBlock
from home.presenters.plain_text import text_of
from tests.factories.home import ContactFactory, DocumentFactory, ImageFactory

BLOCKS = BodyStreamBlock().child_blocks
WITH_UNIT = ["12,345명", "48회"]  # Numbers and what they count, in the example of a block.


@pytest.mark.unit
@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>하나</p><p>둘</p>", "하나\n\n둘"),
        ("<h2>제목</h2>\n  <p>가 <b>나</b>\n다</p>", "제목\n\n가 나 다"),
        ("<p>사회적<b>경제</b>를</p>", "사회적경제를"),
        ("<ul><li>하나</li><li>둘</li></ul>", "- 하나\n\n- 둘"),
        ("<ol><li>하나</li><li><p>둘</p><p>셋</p></li></ol>", "1. 하나\n\n2. 둘\n\n셋"),
        ("<ol><li>하나<ul><li>가</li></ul></li><li>둘</li></ol>", "1. 하나\n\n- 가\n\n2. 둘"),
        ('<ol class="timeline"><li>봄</li></ol>', "- 봄"),
        ("<ul><li></li></ul><p>글</p>", "글"),
        ("<li>하나</li>", "- 하나"),
        ("<p>가<br>나</p>", "가 나"),
        ("<p>12월\u00a01일\u2060(화)\u2060부터</p>", "12월 1일(화)부터"),
        ("<p>A &amp; B &lt;C&gt;</p>", "A & B <C>"),
        ("<svg><path/><p>그림</p></svg><p>글</p>", "글"),
        ("<details><summary>펼치기</summary><p>안</p></details>", "안"),
        ("<table><tr><th>기구</th><td>12회</td></tr></table>", "기구 12회"),
        ("글만", "글만"),
        ("", ""),
    ],
)
def test_words_remain_and_paragraphs_stand_apart(html, text):
    assert text_of(html) == text


class _Pieces(HTMLParser):
    """The texts between the tags of a block."""

    def __init__(self):
        super().__init__()
        self.pieces = []

    def handle_data(self, data):
        if data.strip():
            self.pieces.append(" ".join(data.split()))


@pytest.mark.integration
@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
def test_no_words_of_a_block_run_together(name):
    ContactFactory(), DocumentFactory(), ImageFactory(credit="사진 김연대")
    html = BLOCKS[name].render(BLOCKS[name].get_preview_value())
    shown = _Pieces()
    shown.feed(re.sub(r"(?s)<(svg|summary|picture)\b.*?</\1>", " ", html))
    text = text_of(html)

    assert shown.pieces
    together = [a + b for a, b in pairwise(shown.pieces) if a + b in text]
    assert [words for words in together if words not in WITH_UNIT] == []
