import pytest

from home.presenters.plain_text import text_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>하나</p><p>둘</p>", "하나\n\n둘"),
        ("<h2>제목</h2>\n  <p>가 <b>나</b>\n다</p>", "제목\n\n가 나 다"),
        ("<ul><li>하나</li><li>둘</li></ul>", "- 하나\n\n- 둘"),
        ("<p>가<br>나</p>", "가 나"),
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
