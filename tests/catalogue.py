"""One catalogue of messages: does it say everything, in Korean, and is it compiled?"""

import re
from collections import Counter
from pathlib import Path

import polib

from tests.extraction import Key

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")
TAG = re.compile(r"</?\w+")
HEADER = {
    "Language": "ko",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def check(path: Path, needed: dict[Key, str | None], allowed: set[Key]) -> list[str]:
    """Name everything that keeps this catalogue from being complete, exact and compiled.

    Needed messages must be there; allowed ones may be, to say better what others said.
    """
    if not path.exists():
        return [f"{path}: no such catalogue"]
    catalogue = polib.pofile(str(path))
    entries = {(each.msgctxt, each.msgid): each for each in catalogue if not each.obsolete}
    faults = [(key, "missing") for key in needed.keys() - entries.keys()]
    faults += [(key, "stale") for key in entries.keys() - needed.keys() - allowed]
    faults += [(key, fault) for key, each in entries.items() for fault in entry_faults(each)]
    faults += [
        (key, "plural differs")
        for key in entries.keys() & needed.keys()
        if (entries[key].msgid_plural or None) != needed[key]
    ]
    faults += [((each.msgctxt, each.msgid), "stale") for each in catalogue.obsolete_entries()]
    found = [f"{path}: {fault}: {key[1]!r}" for key, fault in sorted(faults, key=str)]
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        found.append(f"{compiled}: not compiled from its catalogue")
    return found


def entry_faults(entry: polib.POEntry) -> list[str]:
    if entry.fuzzy:
        return ["fuzzy"]
    if not entry.translated():
        return ["untranslated"]
    said = [entry.msgstr_plural[number] for number in entry.msgstr_plural] or [entry.msgstr]
    asked = [text for text in (entry.msgid, entry.msgid_plural) if text]
    faults = []
    for fault, pattern in (("placeholders differ", PLACEHOLDER), ("tags differ", TAG)):
        expected = [Counter(pattern.findall(text)) for text in asked]
        if any(Counter(pattern.findall(text)) not in expected for text in said):
            faults.append(fault)
    return faults


def write(path: Path, needed: dict[Key, str | None], allowed: set[Key]) -> None:
    """Bring the catalogue up to date, keeping what is translated, and compile it."""
    known = {}
    if path.exists():
        known = {(each.msgctxt, each.msgid): each for each in polib.pofile(str(path))}
    catalogue = polib.POFile(wrapwidth=98)
    catalogue.metadata = HEADER
    for key in sorted(needed.keys() | (known.keys() & allowed), key=lambda key: (key[1], str(key))):
        plural = needed[key] if key in needed else known[key].msgid_plural
        catalogue.append(entry(key, plural, known.get(key)))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    path.with_suffix(".mo").write_bytes(catalogue.to_binary())


def entry(key: Key, plural: str | None, known: polib.POEntry | None) -> polib.POEntry:
    said = ""
    if known and not known.obsolete:
        said = known.msgstr or known.msgstr_plural.get(0, "")
    made = polib.POEntry(msgctxt=key[0], msgid=key[1], msgid_plural=plural or "")
    if plural:
        made.msgstr_plural = {0: said}
    else:
        made.msgstr = said
    if known and known.fuzzy:
        made.flags.append("fuzzy")
    if "%" in key[1] and PLACEHOLDER.search(key[1]):
        made.flags.append("python-format")
    return made
