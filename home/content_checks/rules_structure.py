"""Links that say where they lead, headings in their order, and words for lists and sharing."""

import re

from django.utils.translation import gettext as _

from .findings import Finding, Level

EMPTY_NAMES = (
    *("여기", "이곳", "저기", "이 ?링크", "링크", "클릭", "바로 ?가기", "자세히(?: ?보기)?"),
    *("더 ?보기", "보기", "here", "click here", "link", "more"),
)
PARTICLES = ("를", "을", "에서", "에", "로", "으로")
REQUESTS = (
    *("클릭(?:하세요|해 ?주세요)?", "누르세요", "눌러 ?주세요", "보세요", "확인(?:하세요)?"),
    *("참고(?:하세요)?", "하세요", "해 ?주세요"),
)
EMPTY_WORDS = re.compile(
    rf"(?:{'|'.join(EMPTY_NAMES)})(?:{'|'.join(PARTICLES)})?(?: ?(?:{'|'.join(REQUESTS)}))?",
    re.IGNORECASE,
)
BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
BRACKETS = " \u00a0[](){}<>「」『』《》→▶<>‹›«»·.,!?~:"


def check_links(_page, contents):
    for link in contents.links:
        text = link.text.strip(BRACKETS)
        if not text:
            yield Finding(Level.WARNING, _("A link without words."), link.where)
        elif EMPTY_WORDS.fullmatch(text):
            message = _(
                "The link says “%(text)s”. Say where it leads, for example “의안 원문 보기”."
            )
            yield Finding(Level.WARNING, message % {"text": link.text}, link.where)
        elif BARE_ADDRESS.fullmatch(link.text):
            message = _("The link is a bare address. Say in words where it leads.")
            yield Finding(Level.WARNING, message, link.where)


def check_structure(page, contents):
    yield from _check_headings(contents.headings)
    if hasattr(page, "summary") and not page.summary and not page.search_description:
        message = _("Without a summary, lists, search engines and KakaoTalk show only the title.")
        yield Finding(Level.HINT, message, str(page._meta.get_field("summary").verbose_name))
    if page.slug and not page.slug.isascii():
        message = _(
            "The address has Hangul: shared in KakaoTalk it becomes a long row of percent signs. "
            "Write it in small Latin letters, for example basic-act."
        )
        yield Finding(Level.HINT, message, str(page._meta.get_field("slug").verbose_name))


def _check_headings(headings):
    level = 1
    for heading in headings:
        if not heading.text:
            yield Finding(Level.WARNING, _("An empty heading."), heading.where)
        if heading.level > level + 1:
            message = _("A smaller heading without the larger one above it: a level is skipped.")
            yield Finding(Level.WARNING, message, heading.where)
        level = heading.level
