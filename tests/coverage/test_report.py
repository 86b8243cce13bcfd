"""The check of the coverage can fail, and says what is missing."""

import json

import pytest

from . import report

SERVICE, PAGE = "petitions/services/sign.py", "home/models/pages.py"


def noted(**files):
    """What a process of Slipcover notes: per file its lines and branches, reached and not."""
    names = ("executed_lines", "missing_lines", "executed_branches", "missing_branches")
    return {
        "meta": {"software": "slipcover", "branch_coverage": True},
        "files": {
            {"service": SERVICE, "page": PAGE}[name]: dict(zip(names, parts, strict=True))
            for name, parts in files.items()
        },
    }


def code():
    """Two files, of which nothing has run."""
    return noted(
        service=([], [1, 2, 3], [], [[1, 2], [1, 3]]), page=([], list(range(1, 101)), [], [])
    )


def reached(lines, branches=(), page=100):
    """By one process; of the page, so many lines of a hundred."""
    every = list(range(1, 101))
    return noted(
        service=(
            lines,
            [line for line in (1, 2, 3) if line not in lines],
            [list(each) for each in branches],
            [[1, to] for to in (2, 3) if (1, to) not in branches],
        ),
        page=(every[:page], every[page:], [], []),
    )


def test_what_one_process_reaches_is_reached():
    notes = [reached([1, 2], [(1, 2)], page=0), reached([1, 3], [(1, 3)])]

    measured = report.together(code(), notes)

    assert report.shortfall(measured) == ""
    assert measured["summary"]["percent_covered"] == 100


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ([], "Nothing was measured."),
        ([reached([1, 2], [(1, 2), (1, 3)])], "Critical: 1 "),
        ([reached([1, 2, 3], [(1, 2)])], "Critical: 1 "),
        ([reached([1, 2, 3], [(1, 2), (1, 3)], page=94)], "94.29 %"),
    ],
)
def test_what_is_missing_is_said(notes, words):
    assert report.shortfall(report.together(code(), notes)).startswith(words)


def test_a_gap_is_named_after_everything_else():
    found = report.shortfall(report.together(code(), [reached([1, 2], [(1, 2)])]))

    assert found.splitlines()[1:] == [f"  {SERVICE}: 3, 1->3"]


def test_a_page_may_have_a_few_lines_without_a_test():
    notes = [reached([1, 2, 3], [(1, 2), (1, 3)], page=95)]

    assert report.shortfall(report.together(code(), notes)) == ""


def test_a_process_that_is_killed_while_it_writes_leaves_nothing_half(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "NOTES", tmp_path / "notes")
    report.keep({"files": {}})
    (tmp_path / "notes/1.part").write_text("{")

    assert [json.loads(file.read_text()) for file in report.notes()] == [{"files": {}}]
    report.forget()
    assert report.notes() == []
