"""A statement as plain text: what a newsroom pastes into its own editor."""

from html.parser import HTMLParser

from django.template.loader import render_to_string

from privacy.text import clean_text

from .articles import StatementPresenter

PARAGRAPHS = {"p", "h2", "h3", "h4", "li", "tr", "dt", "dd", "blockquote", "footer", "figcaption"}
BULLET = "- "
SILENT = {"svg", "script", "style", "picture", "summary"}
IN_ORDER_OF_TIME = {"timeline", "photo-story"}  # Lists whose entries carry no numbers.


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self.marker = ""
        self.numbers: list[int | None] = []  # How far each list has come; None has no numbers.
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag in {"ol", "ul"}:
            has_numbers = tag == "ol" and not IN_ORDER_OF_TIME & _classes(attrs)
            self.numbers.append(0 if has_numbers else None)
        elif tag in PARAGRAPHS:
            self.paragraphs.append("")
            if tag == "li":
                self.marker = self._next_marker()
        elif tag == "br":
            self.handle_data("\n")
        elif tag in {"td", "th"}:
            self.handle_data(" ")

    def _next_marker(self) -> str:
        number = self.numbers[-1] if self.numbers else None
        if number is None:
            return BULLET
        self.numbers[-1] = number + 1
        return f"{number + 1}. "

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent -= 1
        elif tag in {"ol", "ul"}:
            self.numbers.pop()
        elif tag in PARAGRAPHS:
            self.paragraphs.append("")
            if tag == "li":
                self.marker = ""

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if not self.paragraphs:
            self.paragraphs.append("")
        if self.marker and data.strip():
            data, self.marker = f"{self.marker}{data.lstrip()}", ""
        self.paragraphs[-1] += data


def _classes(attrs: list[tuple[str, str | None]]) -> set[str]:
    return set((dict(attrs).get("class") or "").split())


def text_of(html: str) -> str:
    """The words of our own HTML, a blank line between paragraphs; spaces as they are typed."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = map(clean_text, parser.paragraphs)
    return "\n\n".join(line for line in lines if line)


def statement_as_text(presenter: StatementPresenter, organisation: str) -> str:
    context = {
        "page": presenter.page,
        "article": presenter,
        "body": text_of(presenter.body),
        "organisation": organisation,
    }
    # What holds a line together on our pages has no place in somebody's editor.
    return clean_text(render_to_string("home/statement_page.txt", context), keep_lines=True) + "\n"
