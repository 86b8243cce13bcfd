"""What our sources and templates ask to have translated, read without GNU gettext."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

# What each argument of a translating function is.
FORMS = {
    "gettext": ("text",),
    "ngettext": ("text", "plural"),
    "pgettext": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
}
FUNCTIONS = {
    "_": FORMS["gettext"],
    **{
        f"{name}{ending}": form for name, form in FORMS.items() for ending in ("", "_lazy", "_noop")
    },
}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"(?<!\w)(_|n?p?gettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)")
TEMPLATES = {".html", ".txt", ".xml"}

Key = tuple[str | None, str]


@dataclass
class Extraction:
    """Each message by its context and text, with its plural; and what no catalogue can hold."""

    messages: dict[Key, str | None] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, form: tuple[str, ...], words: list[str]) -> None:
        given = dict(zip(form, words, strict=False))
        key = (given.get("context"), given["text"])
        self.messages[key] = given.get("plural") or self.messages.get(key)


def extract(root: Path, folders: list[str]) -> Extraction:
    """Read every module, template and script below the folders."""
    found = Extraction()
    for path in sorted(path for folder in folders for path in (root / folder).rglob("*")):
        name = path.relative_to(root)
        if "migrations" in name.parts or "dist" in name.parts:
            continue
        if path.suffix == ".py":
            read_module(path.read_text(encoding="utf-8"), str(name), found)
        elif path.suffix in TEMPLATES and "templates" in name.parts:
            read_template(path.read_text(encoding="utf-8"), str(name), found)
        elif path.suffix in {".js", ".ts"} and "gettext(" in path.read_text(encoding="utf-8"):
            found.problems.append(f"{name}: scripts get their words from data attributes")
    return found


def read_module(source: str, name: str, found: Extraction) -> None:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        form = FUNCTIONS.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
        if form is None:
            continue
        arguments = node.args[: len(form)]
        if all(isinstance(each, ast.Constant) for each in arguments):
            found.add(form, [each.value for each in arguments])
        elif any(isinstance(each, (ast.JoinedStr, ast.BinOp, ast.Call)) for each in arguments):
            found.problems.append(f"{name}:{node.lineno}: translate first, then fill in")


def read_template(source: str, name: str, found: Extraction) -> None:
    for token in Lexer(source).tokenize():
        opens = token.token_type == TokenType.BLOCK and token.contents.startswith("blocktrans")
        if opens and "trimmed" not in token.split_contents():
            found.problems.append(f"{name}:{token.lineno}: blocktranslate without trimmed")
    for function, words in CALL.findall(templatize(source)):
        found.add(FUNCTIONS[function], list(ast.literal_eval(f"({words},)")))
