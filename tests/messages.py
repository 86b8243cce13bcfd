"""``python -m tests.messages``: is every word on screen Korean? ``--write`` brings files up to date.

Two sets of catalogues: ``site/locale`` holds our own strings, ``site/locale_wagtail`` what the
packages behind the admin leave in English, and better words for some of what they translate.
After an upgrade of Wagtail run ``make messages``, then translate the empty entries.
"""

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
import wagtail

from tests.catalogue import check, write
from tests.extraction import Key, extract

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = Path(wagtail.__file__).resolve().parents[1]
FOLDERS = ["home", "campaigns", "petitions", "site", "templates", "static"]
CATALOGUED = ["wagtail", "taggit"]
# These ship no English catalogue to compare with: their sources are read.
UNCATALOGUED = ["django_filters", "django_tasks", "django_tasks_db", "modelsearch"]
OURS = Path("site/locale/ko/LC_MESSAGES/django.po")
THEIRS = Path("site/locale_wagtail/ko/LC_MESSAGES")


@dataclass(frozen=True)
class Catalogue:
    path: Path
    needed: dict[Key, str | None]
    allowed: set[Key]


def main(arguments: list[str], root: Path = ROOT) -> int:
    own = extract(root, FOLDERS)
    catalogues = [
        Catalogue(OURS, own.messages, set()),
        foreign_catalogue("django"),
        foreign_catalogue("djangojs"),
    ]
    if "--write" in arguments:
        for each in catalogues:
            write(root / each.path, each.needed, each.allowed)
    return report(own.problems + clashes(root, catalogues[1]), catalogues, root)


def report(problems: list[str], catalogues: list[Catalogue], root: Path) -> int:
    found = list(problems)
    for each in catalogues:
        found += [
            fault.replace(f"{root}/", "")
            for fault in check(root / each.path, each.needed, each.allowed)
        ]
    for fault in found:
        print(fault)
    return 1 if found else 0


def clashes(root: Path, admin: Catalogue) -> list[str]:
    """Words of ours that would replace other words all over the admin: they need a context."""
    theirs = said_by_packages("django") | translations(root / admin.path)
    return [
        f"{OURS}: {key[1]!r} says {words!r}, the admin says {theirs[key]!r}: give it a context"
        for key, words in translations(root / OURS).items()
        if theirs.get(key, words) != words
    ]


@cache
def foreign_catalogue(domain: str) -> Catalogue:
    """What the packages behind the admin say, and which of it they do not say in Korean."""
    asked, answered = asked_by_packages(domain), said_by_packages(domain)
    needed = {key: plural for key, plural in asked.items() if key not in answered}
    if domain == "django":
        needed |= extract(PACKAGES, UNCATALOGUED).messages
    return Catalogue(THEIRS / f"{domain}.po", needed, asked.keys() - needed.keys())


@cache
def asked_by_packages(domain: str) -> dict[Key, str | None]:
    return {
        (each.msgctxt, each.msgid): each.msgid_plural or None
        for path in catalogues_of(domain, "en")
        for each in polib.pofile(str(path))
    }


@cache
def said_by_packages(domain: str) -> dict[Key, str]:
    return {
        key: words
        for path in catalogues_of(domain, "ko")
        for key, words in translations(path).items()
    }


def translations(path: Path) -> dict[Key, str]:
    return {
        (each.msgctxt, each.msgid): each.msgstr or each.msgstr_plural[0]
        for each in (polib.pofile(str(path)) if path.exists() else [])
        if each.translated() and not each.obsolete
    }


def catalogues_of(domain: str, language: str) -> list[Path]:
    pattern = f"**/locale/{language}/LC_MESSAGES/{domain}.po"
    return sorted(path for name in CATALOGUED for path in (PACKAGES / name).glob(pattern))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
