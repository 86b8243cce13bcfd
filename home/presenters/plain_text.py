"""A statement as plain text: what a newsroom pastes into its own editor."""

from html.parser import HTMLParser

from django.template.loader import render_to_string

from .articles import StatementPresenter

PARAGRAPHS = {"p", "h2", "h3", "h4", "li", "tr", "dt", "dd", "blockquote", "footer", "figcaption"}
ITEMS = {"li": "- "}
SILENT = {"svg", "script", "style", "picture", "summary"}


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag in PARAGRAPHS:
            self.paragraphs.append(ITEMS.get(tag, ""))
        elif tag == "br":
            self.handle_data("\n")
        elif tag in {"td", "th"}:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent -= 1
        elif tag in PARAGRAPHS:
            self.paragraphs.append("")

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if not self.paragraphs:
            self.paragraphs.append("")
        self.paragraphs[-1] += data


def text_of(html: str) -> str:
    """The words of our own HTML, a blank line between paragraphs."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (" ".join(paragraph.split()) for paragraph in parser.paragraphs)
    return "\n\n".join(line for line in lines if line.strip("- "))


def statement_as_text(presenter: StatementPresenter, organisation: str) -> str:
    context = {
        "page": presenter.page,
        "article": presenter,
        "body": text_of(presenter.body),
        "organisation": organisation,
    }
    return render_to_string("home/statement_page.txt", context)
