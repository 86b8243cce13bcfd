"""Which bank prints which titles. From public projects: no bank publishes a specification."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CURRENCY = "(원)"
ANYWHERE = {"계좌번호": "account"}


@dataclass(frozen=True)
class Layout:
    """``required`` titles tell the bank, ``others`` may be missing. ``channel`` is how the money
    came, never who sent it.
    """

    key: str
    bank: str | Promise
    required: Mapping[str, str]
    others: Mapping[str, str]


@dataclass(frozen=True)
class Columns:
    """Where a file keeps what. ``titles`` are as printed, for messages."""

    layout: Layout
    places: Mapping[str, int]
    titles: Mapping[str, str]
    channels: tuple[int, ...]
    width: int

    def cell(self, cells: Sequence[str], field: str) -> str:
        place = self.places.get(field, len(cells))
        return cells[place] if place < len(cells) else ""


KB, WOORI = _("KB Kookmin Bank"), _("Woori Bank")
LAYOUTS = (
    Layout(
        "kb",
        KB,
        {"거래일시": "date", "보낸분/받는분": "name", "출금액": "withdrawal", "입금액": "deposit"},
        {
            "적요": "channel",
            "송금메모": "memo",
            "잔액": "balance",
            "거래점": "branch",
            "구분": "channel",
        },
    ),
    Layout(
        "kb_old",
        KB,
        {
            "거래일시": "date",
            "기재내용": "name",
            "찾으신금액": "withdrawal",
            "맡기신금액": "deposit",
        },
        {"적요": "channel", "잔액": "balance", "거래점": "branch"},
    ),
    Layout(
        "shinhan",
        _("Shinhan Bank"),
        {"거래일자": "date", "출금": "withdrawal", "입금": "deposit", "내용": "name"},
        {"거래시간": "time", "적요": "channel", "잔액": "balance", "거래점": "branch"},
    ),
    Layout(
        "nh",
        _("NH Bank"),
        {
            "거래일시": "date",
            "출금금액": "withdrawal",
            "입금금액": "deposit",
            "거래기록사항": "name",
        },
        {
            "거래후잔액": "balance",
            "거래내용": "channel",
            "거래점": "branch",
            "거래메모": "memo",
        },
    ),
    Layout(
        "nh_business",
        _("NH Bank"),
        {
            "거래일자": "date",
            "출금금액": "withdrawal",
            "입금금액": "deposit",
            "거래기록사항": "name",
        },
        {
            "구분": "channel",
            "거래후잔액": "balance",
            "거래내용": "channel",
            "거래점": "branch",
            "거래시간": "time",
            "이체메모": "memo",
        },
    ),
    Layout(
        "hana",
        _("Hana Bank"),
        {"거래일시": "date", "의뢰인/수취인": "name", "입금": "deposit", "출금": "withdrawal"},
        {
            "적요": "channel",
            "거래후잔액": "balance",
            "구분": "channel",
            "거래점": "branch",
            "거래특이사항": "memo",
        },
    ),
    Layout(
        "woori",
        WOORI,
        {
            "거래일자": "date",
            "거래시간": "time",
            "적요": "name",
            "출금금액": "withdrawal",
            "입금금액": "deposit",
            "잔액": "balance",
        },
        {},
    ),
    Layout(
        "woori_paid",
        WOORI,
        {"거래일시": "date", "기재내용": "name", "지급": "withdrawal", "입금": "deposit"},
        {"적요": "channel", "거래후잔액": "balance", "취급점": "branch", "메모": "memo"},
    ),
    Layout(
        "woori_entrusted",
        WOORI,
        {
            "거래일시": "date",
            "기재내용": "name",
            "찾으신금액": "withdrawal",
            "맡기신금액": "deposit",
            "거래후잔액": "balance",
        },
        {"적요": "channel", "취급기관": "branch", "메모": "memo"},
    ),
    Layout(
        "ibk",
        _("IBK"),
        {
            "거래일시": "date",
            "출금": "withdrawal",
            "입금": "deposit",
            "상대계좌예금주명": "name",
        },
        {"거래후잔액": "balance", "거래내용": "memo", "거래구분": "channel", "상대은행": "branch"},
    ),
    Layout(
        "mg",
        _("MG Community Credit Cooperatives"),
        {
            "거래일시": "date",
            "적요": "name",
            "출금금액": "withdrawal",
            "입금금액": "deposit",
            "잔액": "balance",
        },
        {},
    ),
    Layout(
        "jeonbuk",
        _("Jeonbuk Bank"),
        {
            "거래일자": "date",
            "거래시간": "time",
            "출금금액": "withdrawal",
            "입금금액": "deposit",
            "적요": "name",
            "취급은행(지점)": "branch",
        },
        {"거래후잔액": "balance"},
    ),
)


def recognise(cells: Sequence[str]) -> Columns | None:
    """The columns of the bank whose titles these cells are; None where they are no titles."""
    titles = [_compact(cell) for cell in cells]
    fitting = [layout for layout in LAYOUTS if _fits(layout, titles)]
    if not fitting:
        return None
    # The bank that knows most of the titles: one bank's may be a part of another's.
    layout = max(fitting, key=lambda layout: len(_fields(layout).keys() & set(titles)))
    return _columns(layout, titles, cells)


def merged(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Titles on two lines, where cells are merged: what stands below, else above."""
    width = max(len(above), len(below))
    pairs = zip(_padded(above, width), _padded(below, width), strict=True)
    return [lower or upper for upper, lower in pairs]


def _fits(layout: Layout, titles: Sequence[str]) -> bool:
    return all(titles.count(title) == 1 for title in layout.required)


def _columns(layout: Layout, titles: Sequence[str], cells: Sequence[str]) -> Columns:
    fields = _fields(layout)
    found = [(fields[title], place) for place, title in enumerate(titles) if title in fields]
    # The first of two with the same title; the dictionary keeps the last it is given.
    places = dict(reversed(found))
    named = {field: cells[place] for field, place in places.items()}
    channels = tuple(place for field, place in found if field == "channel")
    # A title merged over two cells leaves the second, the time's, without one.
    beside_date = places["date"] + 1
    if titles[beside_date : beside_date + 1] == [""]:
        places["untitled"] = beside_date
    return Columns(layout, places, named, channels, len(titles))


def _fields(layout: Layout) -> dict[str, str]:
    return {**ANYWHERE, **layout.required, **layout.others}


def _compact(title: str) -> str:
    return "".join(title.split()).replace(CURRENCY, "")


def _padded(cells: Iterable[str], width: int) -> list[str]:
    padded = list(cells)
    return padded + [""] * (width - len(padded))
