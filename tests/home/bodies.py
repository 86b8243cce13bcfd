"""Texts that hold ``number`` of everything that an editor can put into a page."""

from datetime import date

from tests.factories.home import (
    ContactFactory,
    DocumentFactory,
    ImageFactory,
    NewsPageFactory,
    StandardPageFactory,
)
from tests.home.images import note_renditions


def write_body(number, *, home_page, news_index):
    """``number`` blocks of each kind; each points at something of its own."""
    return [block for n in range(number) for block in _blocks(n, home_page, news_index)]


def _picture():
    return {"image": note_renditions(ImageFactory()), "decorative": False, "alt_text": "광장"}


def _blocks(n, home_page, news_index):
    page = StandardPageFactory(parent=home_page, title=f"쪽 {n}")
    news = NewsPageFactory(parent=news_index)
    document = DocumentFactory()
    file = {"title": "자료", "document": DocumentFactory(), "pdf": DocumentFactory()}
    link = f'<a linktype="page" id="{page.pk}">쪽</a>'
    download = f'<a linktype="document" id="{document.pk}">파일</a>'
    return [
        ("heading", f"왜 지금입니까 {n}"),
        ("text", f"<p>{link} {download}</p>"),
        ("quote", {"text": "함께 갑시다", "source": "시민"}),
        ("call_out", {"kind": "info", "title": "알림", "text": f"<p>{link}</p>"}),
        ("picture", _picture()),
        ("photo_story", {"heading": "", "pictures": [{"picture": _picture()}] * 2}),
        ("file_list", {"heading": "자료", "files": [file]}),
        ("video", {"title": "영상", "url": "https://video.example/1", "poster": _picture()}),
        (
            "timeline",
            {
                "heading": "일정",
                "entries": [
                    {"day": date(2026, 1, 1), "precision": "day", "title": "총회", "page": news}
                ],
            },
        ),
        ("call_to_action", {"title": "읽기", "page": page, "label": "읽기", "url": ""}),
        ("contact", ContactFactory()),
    ]
