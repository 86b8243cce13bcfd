"""What stands on a page's share card, and the picture made of it."""

import base64
import hashlib
import io
import json
import re
import unicodedata
from dataclasses import asdict, dataclass

from PIL import Image
from wagtail.models import Page

from typesetting.services import render_png

from ..artwork import draw_cloth, draw_mark, draw_plait, draw_rings
from ..artwork.svg import (
    ACT_PALE,
    BRAND_50,
    BRAND_100,
    BRAND_700,
    DEEP,
    PAPER,
    PLUM,
    PLUM_PALE,
    WHITE,
)

TEMPLATE = "home/share_card.typ"
# Raised when the design changes, so that every card is drawn anew.
DESIGN = 1
ART_SIZE = (400, 600)
TITLE_LENGTH, WORD_LENGTH = 100, 40
# KakaoTalk asks for at most 500 KB; photographs pass it, our drawings never.
LARGE = 400_000

INK, MUTED, ACT_HOVER = "#1B1F23", "#566069", "#963614"
LIGHT = {"ink": INK, "muted": MUTED, "tag": BRAND_100, "tag_ink": BRAND_700, "name": DEEP}
LOOKS = {
    "paper": LIGHT | {"ground": PAPER},
    "cloth": LIGHT | {"ground": BRAND_50},
    "act": LIGHT | {"ground": ACT_PALE, "tag": WHITE, "tag_ink": ACT_HOVER},
    "plum": LIGHT | {"ground": PLUM_PALE, "tag": WHITE, "tag_ink": PLUM},
    "dark": {
        **{"ground": DEEP, "ink": WHITE, "muted": BRAND_100},
        **{"tag": BRAND_700, "tag_ink": WHITE, "name": WHITE},
    },
}
ART = {
    "paper": lambda seed: draw_plait(seed, "side"),
    "cloth": draw_cloth,
    "act": lambda seed: draw_plait(seed, "card"),
    "plum": lambda seed: draw_rings(seed, plum=True),
    "dark": lambda seed: draw_plait(seed, "hero"),
}


@dataclass(frozen=True)
class Card:
    """All that a card shows. Two cards with the same digest are the same picture."""

    look: str
    seed: int
    title: str
    tag: str
    note: str
    organisation: str
    picture: str  # What tells one picture, and its focal point, from another.

    @property
    def digest(self) -> str:
        told = json.dumps([DESIGN, asdict(self)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def card_of(page: Page, organisation: str) -> Card:
    """The card that ``page`` should have."""
    picture = page.share_picture
    return Card(
        look=page.share_look,
        seed=page.pk,
        title=one_line(page.share_title, TITLE_LENGTH),
        tag=one_line(page.share_tag, WORD_LENGTH),
        note=one_line(page.share_note, WORD_LENGTH),
        organisation=one_line(organisation, WORD_LENGTH),
        picture=f"{picture.file.name} {picture.get_focal_point()}" if picture else "",
    )


def draw_card(card: Card, photo: bytes | None = None) -> bytes:
    """The card as PNG, 1200 × 600; the same card gives the same bytes."""
    art = _photo_as_svg(photo) if photo else _framed(ART[card.look](card.seed))
    picture = render_png(
        TEMPLATE,
        {
            "colours": LOOKS[card.look],
            "title": card.title,
            "tag": card.tag,
            "note": card.note,
            "organisation": card.organisation,
            "art": art,
            "mark": _with_namespace(draw_mark(dark=card.look == "dark")),
        },
    )
    return picture if len(picture) < LARGE else _with_fewer_colours(picture)


UNSEEN = re.compile(
    r"[\U00010000-\U0001FFFF\uFE00-\uFE0F\u20E3]"
)  # Emoji: no font of ours has them.
KEPT_CONTROLS = "\u2060"  # The word joiner keeps a date in one piece.


def one_line(text: str, length: int) -> str:
    """``text`` as it may stand on a card: composed, not too long, with visible signs only."""
    composed = unicodedata.normalize("NFC", UNSEEN.sub("", str(text)))
    shown = "".join(
        " " if sign.isspace() and sign != "\u00a0" else sign
        for sign in composed
        if sign.isspace() or sign in KEPT_CONTROLS or unicodedata.category(sign)[0] != "C"
    )
    line = re.sub(" +", " ", shown).strip()
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    words, _space, _rest = cut.rpartition(" ")
    return f"{words if len(words) > length // 2 else cut}…"


def _with_namespace(svg: str, more: str = "") -> str:
    return svg.replace("<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" {more}', 1)


def _framed(svg: str) -> str:
    width, height = ART_SIZE
    return _with_namespace(svg, f'width="{width}" height="{height}" ')


def _photo_as_svg(photo: bytes) -> str:
    width, height = ART_SIZE
    data = base64.b64encode(photo).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'preserveAspectRatio="xMidYMid slice" href="data:image/jpeg;base64,{data}"/></svg>'
    )


def _with_fewer_colours(picture: bytes) -> bytes:
    smaller = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as opened:
        opened.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT).save(
            smaller, "PNG", optimize=True
        )
    return smaller.getvalue()
