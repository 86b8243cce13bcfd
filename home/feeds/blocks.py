"""Blocks as plain HTML for feed readers.

Links, files and pictures stay as references (``linktype``, ``embedtype``), so that those of all
texts of a feed can be looked up at once. Everything is built from what is stored.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import TextChoices
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ..blocks import Part, Progress
from ..dates import korean_partial
from ..publishing import UntilPublished
from ..registry import read_figure, read_table

Value = dict
NOTHING = mark_safe("")

_figure = UntilPublished(read_figure)
_table = UntilPublished(read_table)


def stream_html(blocks: Iterable[Value]) -> SafeString:
    return format_html_join(
        "\n", "{}", ([BLOCKS[b["type"]](b["value"])] for b in blocks if b["type"] in BLOCKS)
    )


def items(stored: list) -> list:
    """The values of a stored list, with or without the wrapper that later versions put round."""
    return [
        i["value"] if isinstance(i, dict) and i.get("type") == "item" else i for i in stored or []
    ]


def trusted(html: str) -> SafeString:
    """What an editor wrote; the feed cleans the whole before it leaves."""
    return mark_safe(html or "")  # noqa: S308 (see content.clean)


def heading(text: str, level: int = 2) -> SafeString:
    return format_html("<h{}>{}</h{}>", level, text, level) if text else NOTHING


def picture(stored: Value, caption: str = "") -> SafeString:
    number = stored.get("image") if stored else None
    if not number:
        return NOTHING
    alt = "" if stored.get("decorative") else stored.get("alt_text") or ""
    shown = format_html('<embed embedtype="image" id="{}" alt="{}"/>', number, alt)
    said = format_html("<figcaption>{}</figcaption>", caption) if caption else NOTHING
    return format_html("<figure>{}{}</figure>", shown, said)


def file_list(files: Iterable[Value]) -> SafeString:
    links = [
        (number, f"{file['title']}{note}")
        for file in files
        for number, note in ((file.get("document"), ""), (file.get("pdf"), " (PDF)"))
        if number
    ]
    return listed(format_html('<a linktype="document" id="{}">{}</a>', *link) for link in links)


def listed(lines: Iterable[object], tag: str = "ul") -> SafeString:
    found = format_html_join("", "<li>{}</li>", ([line] for line in lines if line))
    return format_html("<{}>{}</{}>", tag, found, tag) if found else NOTHING


def table(rows: Iterable[Iterable[object]], head: Iterable[object] = ()) -> SafeString:
    top = format_html_join("", "<th>{}</th>", ([cell] for cell in head))
    body = format_html_join(
        "",
        "<tr>{}</tr>",
        (
            [format_html_join("", "<td>{}</td>", (["" if c is None else c] for c in row))]
            for row in rows
        ),
    )
    return format_html("<table>{}{}</table>", format_html("<tr>{}</tr>", top), body)


def _quote(v: Value) -> SafeString:
    said = format_html("<p>{}</p>", v["text"])
    source = format_html("<p>{}</p>", v["source"]) if v.get("source") else NOTHING
    return format_html("<blockquote>{}{}</blockquote>", said, source)


def _asks(v: Value) -> SafeString:
    lines = (
        format_html("<strong>{}</strong> {}", ask["title"], ask.get("text") or "")
        for ask in items(v["asks"])
    )
    return heading(v.get("heading")) + listed(lines, "ol")


def _call_out(v: Value) -> SafeString:
    return heading(v["title"], 3) + trusted(v.get("text"))


def _photo_story(v: Value) -> SafeString:
    shown = ([picture(p["picture"], p.get("caption") or "")] for p in items(v["pictures"]))
    return heading(v.get("heading")) + format_html_join("", "{}", shown)


def _video(v: Value) -> SafeString:
    link = format_html('<p><a href="{}">{}</a></p>', v["url"], v["title"])
    return link + trusted(v.get("transcript"))


def _timeline(v: Value) -> SafeString:
    lines = (
        format_html("{} {} {}", _when(e), _to_page(e.get("page"), e["title"]), e.get("text") or "")
        for e in items(v["entries"])
    )
    return heading(v.get("heading")) + listed(lines)


def _when(entry: Value) -> str:
    day = entry.get("day")
    return korean_partial(date.fromisoformat(str(day)), entry.get("precision")) if day else ""


def _to_page(number: int | None, title: str) -> SafeString:
    return (
        format_html('<a linktype="page" id="{}">{}</a>', number, title)
        if number
        else format_html("{}", title)
    )


def _numbers(v: Value) -> SafeString:
    rows = []
    for number in items(v["numbers"]):
        counted = _figure(number.get("source"), number.get("year"))
        shown = number.get("number") if counted is None else counted
        if shown is not None:
            rows.append((number["label"], f"{shown:,}{number.get('unit') or ''}"))
    return heading(v.get("heading")) + (table(rows) if rows else NOTHING)


def _bars(v: Value) -> SafeString:
    counted = _table(v.get("source"), v.get("year")) or []
    written = [(b["label"], b["number"], b.get("note") or "") for b in items(v.get("bars"))]
    head = (v["label_heading"], v["number_heading"], v.get("note_heading") or "")
    return heading(v.get("heading")) + table([*counted, *written], head)


def _progress(v: Value) -> SafeString:
    rows = (
        (row["demand"], row.get("so_far") or "", _label(Progress, row.get("progress")))
        for row in items(v["rows"])
    )
    return heading(v.get("heading")) + table(rows)


def _label(choices: type[TextChoices], value: str | None) -> str:
    """Nothing for a word that is no choice: one odd text must not end the whole feed."""
    return str(choices(value).label) if value in choices.values else ""


def _table_block(v: Value) -> SafeString:
    head = [column.get("heading") or "" for column in v.get("columns", [])]
    kinds = [column["type"] for column in v.get("columns", [])]
    rows = (
        [
            trusted(cell) if kind == "rich_text" else cell
            for kind, cell in zip(kinds, row["values"], strict=False)
        ]
        for row in v.get("rows", [])
    )
    return heading(v.get("caption"), 3) + table(rows, head)


def _call_to_action(v: Value) -> SafeString:
    said = format_html("<p><strong>{}</strong> {}</p>", v["title"], v.get("text") or "")
    if v.get("page"):
        return said + format_html("<p>{}</p>", _to_page(v["page"], v["label"]))
    return said + format_html('<p><a href="{}">{}</a></p>', v.get("url") or "", v["label"])


def _people(v: Value) -> SafeString:
    lines = (
        ", ".join(p[name] for name in ("name", "affiliation", "role") if p.get(name))
        for p in items(v["people"])
    )
    return heading(v.get("heading")) + listed(lines)


def _section(v: Value) -> SafeString:
    title = heading(v.get("heading") or _label(Part, v.get("part")))
    claim = format_html("<p><strong>{}</strong></p>", v["claim"]) if v.get("claim") else NOTHING
    return title + claim + stream_html(v.get("body") or [])


BLOCKS: dict[str, Callable[[Value], SafeString]] = {
    "heading": heading,
    "text": trusted,
    "quote": _quote,
    "asks": _asks,
    "call_out": _call_out,
    "picture": picture,
    "photo_story": _photo_story,
    "file_list": lambda v: heading(v.get("heading")) + file_list(items(v["files"])),
    "video": _video,
    "timeline": _timeline,
    "numbers": _numbers,
    "bars": _bars,
    "progress_table": _progress,
    "table": _table_block,
    "call_to_action": _call_to_action,
    "people": _people,
    "section": _section,
    "file": lambda v: file_list([v]),
    "version": lambda v: file_list([v]),
}
