"""Every word on screen is Korean, and the check that says so cannot be fooled."""

import json
import shutil

import polib
import pytest
from django.apps import apps
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import trans_real
from django.views.i18n import JSONCatalog

from tests.messages import (
    OURS,
    ROOT,
    THEIRS,
    asked_by_packages,
    catalogues_of,
    foreign_catalogue,
    main,
    said_by_packages,
    translations,
)

pytestmark = pytest.mark.unit

MODULE = """
from django.utils.translation import gettext as _, ngettext, pgettext
def words(name, count):
    return _("Dear %(name)s"), ngettext("one", "%(count)d ones", count), pgettext("day", "Sun")
"""
TEMPLATE = "{% blocktranslate trimmed %}\n  Read <b>{{ title }}</b>\n{% endblocktranslate %}"
KOREAN = {
    "Dear %(name)s": "%(name)s 님",
    "one": "%(count)d개",
    "Sun": "해",
    "Read <b>%(title)s</b>": "<b>%(title)s</b> 읽기",
}


@pytest.fixture(scope="module")
def complete_tree(tmp_path_factory):
    """A small site of ours with a complete catalogue, beside the admin's real one."""
    root = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "site/locale_wagtail", root / "site/locale_wagtail")
    write(root / "home/words.py", MODULE)
    write(root / "templates/home/read.html", TEMPLATE)
    main(["--write"], root=root)
    for entry in rewriting(root / OURS):
        if entry.msgid_plural:
            entry.msgstr_plural = {0: KOREAN[entry.msgid]}
        else:
            entry.msgstr = KOREAN[entry.msgid]
    main(["--write"], root=root)
    return root


@pytest.fixture
def tree(complete_tree, tmp_path):
    return shutil.copytree(complete_tree, tmp_path / "tree")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def rewriting(path):
    """Each entry, to be changed; saved without a word to the compiled file."""
    catalogue = polib.pofile(str(path))
    yield from catalogue
    catalogue.save(str(path))


def change(path, **fields):
    """The first plain entry of a catalogue gets these fields; the compiled file follows."""
    catalogue = polib.pofile(str(path))
    entry = next(each for each in catalogue if each.msgid in KOREAN and not each.msgid_plural)
    for name, value in fields.items():
        setattr(entry, name, value)
    catalogue.save(str(path))
    path.with_suffix(".mo").write_bytes(catalogue.to_binary())


def add(path, **fields):
    catalogue = polib.pofile(str(path))
    catalogue.append(polib.POEntry(**fields))
    catalogue.save(str(path))
    path.with_suffix(".mo").write_bytes(catalogue.to_binary())


def test_catalogues_are_complete(capsys):
    assert main([]) == 0, capsys.readouterr().out


def test_small_tree_is_complete(tree, capsys):
    assert (main([], root=tree), capsys.readouterr().out) == (0, "")


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("home/more.py", '_("Good day")', f"{OURS}: missing: 'Good day'"),
        ("home/more.py", '_(f"Dear {name}")', "home/more.py:1: translate first, then fill in"),
        ("home/more.py", '_("Dear %s" % name)', "home/more.py:1: translate first, then fill in"),
        ("static/js/more.js", 'gettext("Hi")', "static/js/more.js: scripts get their words"),
        (
            "templates/more.html",
            "{% blocktranslate %}Hi{% endblocktranslate %}",
            "templates/more.html:1: blocktranslate without trimmed",
        ),
        ("templates/more.txt", '{% translate "Hi" %}', f"{OURS}: missing: 'Hi'"),
        ("templates/more.html", '{% panel heading=_("Hi") %}', f"{OURS}: missing: 'Hi'"),
        ("templates/more.html", '{{ x|default:_("Hi") }}', f"{OURS}: missing: 'Hi'"),
    ],
)
def test_words_without_korean_are_told(tree, capsys, path, text, told):
    write(tree / path, text)

    assert main([], root=tree) == 1
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"flags": ["fuzzy"]}, "fuzzy: 'Dear %(name)s'"),
        ({"msgstr": ""}, "untranslated: 'Dear %(name)s'"),
        ({"msgstr": "님"}, "placeholders differ: 'Dear %(name)s'"),
        ({"msgstr": "%(nmae)s 님"}, "placeholders differ: 'Dear %(name)s'"),
        ({"msgstr": "<b>%(name)s 님"}, "tags differ: 'Dear %(name)s'"),
        ({"msgid": "Hello %(name)s"}, "stale: 'Hello %(name)s'"),
    ],
)
def test_spoilt_entry_is_told(tree, capsys, fields, told):
    change(tree / OURS, **fields)

    assert main([], root=tree) == 1
    assert f"{OURS}: {told}" in capsys.readouterr().out


def test_entry_nobody_asks_for_is_stale_even_when_commented_out(tree, capsys):
    add(tree / OURS, msgid="Good night", msgstr="안녕히", obsolete=True)

    assert main([], root=tree) == 1
    assert f"{OURS}: stale: 'Good night'" in capsys.readouterr().out


def test_lost_plural_is_told(tree, capsys):
    for entry in rewriting(tree / OURS):
        if entry.msgid_plural:
            entry.msgid_plural, entry.msgstr, entry.msgstr_plural = "", "하나", {}

    assert main([], root=tree) == 1
    assert f"{OURS}: plural differs: 'one'" in capsys.readouterr().out


def test_catalogue_that_is_not_compiled_is_told(tree, capsys):
    for entry in rewriting(tree / OURS):
        entry.msgstr = entry.msgstr.replace("님", "씨")

    assert main([], root=tree) == 1
    assert "django.mo: not compiled from its catalogue" in capsys.readouterr().out


def test_missing_catalogue_is_told(tree, capsys):
    (tree / THEIRS / "djangojs.po").unlink()

    assert main([], root=tree) == 1
    assert "djangojs.po: no such catalogue" in capsys.readouterr().out


def test_admin_entry_is_told_when_it_goes_missing_or_nobody_asks_for_it(tree, capsys):
    path = tree / THEIRS / "django.po"
    catalogue = polib.pofile(str(path))
    gone = next(each for each in catalogue if each.msgid == "Save schedule")
    gone.msgid = "Save shedule"
    catalogue.save(str(path))

    assert main([], root=tree) == 1
    told = capsys.readouterr().out
    assert "missing: 'Save schedule'" in told
    assert "stale: 'Save shedule'" in told


def test_word_that_would_change_the_admin_needs_a_context(tree, capsys):
    write(tree / "home/more.py", '_("Comment")')
    add(tree / OURS, msgid="Comment", msgstr="한마디")

    assert main([], root=tree) == 1
    assert "'Comment' says '한마디', the admin says '댓글'" in capsys.readouterr().out


def test_write_keeps_korean_drops_stale_and_compiles(tree):
    write(tree / "home/more.py", '_("Good day")')
    add(tree / OURS, msgid="Good night", msgstr="안녕히 주무세요")

    main(["--write"], root=tree)

    entries = {each.msgid: each for each in polib.pofile(str(tree / OURS))}
    assert entries.keys() == KOREAN.keys() | {"Good day"}
    assert entries["Dear %(name)s"].msgstr == "%(name)s 님"
    assert entries["Good day"].msgstr == ""
    assert "#:" not in (tree / OURS).read_text()
    compiled = polib.mofile(str((tree / OURS).with_suffix(".mo")))
    assert {each.msgid for each in compiled} == KOREAN.keys()


def test_write_changes_nothing_when_nothing_changed(tree):
    before = (tree / OURS).read_bytes()

    main(["--write"], root=tree)

    assert (tree / OURS).read_bytes() == before


def heard(key):
    """What the running site says in Korean for a message, or nothing."""
    context, text = key
    spoken = trans_real.translation("ko")._catalog
    name = f"{context}\x04{text}" if context else text
    return spoken.get(name) or spoken.get((name, 0))


def test_admin_is_korean_word_for_word():
    folders = [config.path for config in apps.get_app_configs()]
    asked = {
        (each.msgctxt, each.msgid)
        for path in catalogues_of("django", "en")
        if str(path.parents[3]) in folders
        for each in polib.pofile(str(path))
    }

    assert len(asked) > 1000
    assert [key for key in asked if not heard(key)] == []


def test_our_words_win_over_those_of_the_admin():
    theirs = said_by_packages("django")
    ours = translations(ROOT / THEIRS / "django.po")
    better = {key: words for key, words in ours.items() if theirs.get(key, words) != words}

    assert len(better) > 300
    assert {key: heard(key) for key in better} == better


def test_scripts_of_the_admin_are_korean():
    with translation.override("ko"):
        answer = JSONCatalog.as_view(packages=["wagtail.admin"])(RequestFactory().get("/"))
    spoken = json.loads(answer.content)["catalog"]

    assert [text for _, text in asked_by_packages("djangojs") if not spoken.get(text)] == []
    assert spoken["Save error"] == "저장하지 못했습니다"
    assert foreign_catalogue("djangojs").needed
