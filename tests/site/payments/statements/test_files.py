"""Files that are broken, foreign, hostile or very large."""

import dataclasses
import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from payments.exceptions import DamagedStatementError, UnknownStatementError
from payments.gateways.bank_statements import read_statement, reading
from tables import LARGEST

from .containers import all_lines, as_html, as_text, as_xlsx, saved
from .more_papers import WOORI
from .papers import HANA, KB, NH, SHINHAN

pytestmark = [pytest.mark.unit]
TITLES = KB.titles.split(",")


def zipped(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"", DamagedStatementError, "empty"),
        (b" \r\n ", DamagedStatementError, "empty"),
        (b"x" * (LARGEST + 1), UnknownStatementError, "20 MB"),
        (b"%PDF-1.7 ...", UnknownStatementError, "PDF"),
        (zipped({"word/document.xml": "<a/>"}), UnknownStatementError, "no Excel file"),
        (zipped({"xl/workbook.xml": "<a/>"}), DamagedStatementError, "damaged"),
        (b"PK\x03\x04 and no more", DamagedStatementError, "damaged"),
        (as_xlsx([["이름", "금액"], ["홍길동", "1"]]), UnknownStatementError, "column titles"),
        ("이름,금액\n홍길동,20000\n".encode("cp949"), UnknownStatementError, "column titles"),
        (b"<html><body>Log in again</body></html>", UnknownStatementError, "column titles"),
        (bytes(range(256)) * 40, UnknownStatementError, "column titles"),
        (b'"' * 5_000, UnknownStatementError, "column titles"),
    ],
)
def test_file_that_nobody_can_read_is_refused_with_what_to_do(content, error, words):
    with pytest.raises(error, match=rf"^june\.xls: .*{words}") as refused:
        read_statement(content, "C/june.xls")

    assert len(str(refused.value)) <= 200 + len("june.xls: ")


def test_file_name_says_nothing():
    statement = read_statement(as_text(all_lines(KB)).encode("cp949"), "hana_bank.pdf")

    assert (statement.layout, statement.bank) == ("kb", "KB Kookmin Bank")


def test_half_a_text_file_is_read_as_far_as_it_is_whole():
    content = as_text(all_lines(KB)).encode("cp949")
    end = content.index("문구점".encode("cp949"))
    statement = read_statement(content[: end + 1], "a.csv")

    assert [row.line for row in statement.rows] == [6, 7, 8]
    assert [(one.line, one.code) for one in statement.problems] == [(9, "signs")]
    whole_letters = read_statement(content[: end + 2], "a.csv")
    assert [(one.line, one.code) for one in whole_letters.problems] == [(9, "cut_off")]
    in_a_cell = read_statement(content[: content.index(b'"45,') + 3], "a.csv")
    assert [(one.line, one.code) for one in in_a_cell.problems] == [(9, "cut_off")]


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-16"])
@pytest.mark.parametrize("paper", [KB, SHINHAN, NH, HANA, WOORI], ids=lambda paper: paper.layout)
def test_text_that_ends_anywhere_tells_nothing_that_is_not_so(paper, encoding):
    content = as_text(all_lines(paper)).encode(encoding)
    whole = {without_memo(row) for row in read_statement(content, "a.csv").rows}
    first = len(as_text([*paper.above, paper.titles.split(","), *paper.lines[:2]]).encode(encoding))

    for end in range(first, len(content), 3):
        statement = read_statement(content[:end], "a.csv")
        invented = {without_memo(row) for row in statement.rows} - whole
        assert invented == set(), content[:end][-30:]


def test_branch_that_is_cut_off_is_not_read():
    content = as_text(all_lines(SHINHAN)[:-1]).encode("cp949").rstrip()
    cut = read_statement(content[:-2], "a.csv")

    assert len(read_statement(content, "a.csv").rows) == 2
    assert ([row.name for row in cut.rows], cut.problems[0].code) == (["김철수"], "cut_off")


def without_memo(row):
    """What the row's identity is made of; the end of a memo may be lost."""
    return dataclasses.replace(row, memo="", kind="")


@pytest.mark.parametrize("end", ["<td nowrap style='mso'>문구점", "문구점</td>", "</tr>\n</table>"])
def test_half_a_web_page_is_read_as_far_as_it_is_whole(end):
    content = as_html(all_lines(KB))
    statement = read_statement(content[: content.rindex(end)].encode(), "a.xls")

    assert len(statement.rows) >= 3
    assert [one.code for one in statement.problems] == ["cut_off"]


def test_half_a_workbook_is_refused():
    content = as_xlsx(all_lines(KB))

    with pytest.raises(DamagedStatementError):
        read_statement(content[: len(content) // 2], "a.xlsx")


def test_sheet_that_breaks_off_is_read_as_far_as_it_is_whole():
    source = zipfile.ZipFile(io.BytesIO(as_xlsx(all_lines(KB))))
    parts = {name: source.read(name) for name in source.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet[: sheet.index(b'<row r="9"') + 40]
    statement = read_statement(zipped(parts), "a.xlsx")

    assert [row.line for row in statement.rows] == [6, 7, 8]
    assert [one.code for one in statement.problems] == ["cut_off"]


def test_whole_won_with_decimals_are_whole_won():
    def convert(cell):
        return 20_000 if cell == "20,000" else cell

    source = zipfile.ZipFile(io.BytesIO(as_xlsx(all_lines(KB), convert)))
    parts = {name: source.read(name) for name in source.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<v>20000</v>", b"<v>20000.0</v>")

    assert parts["xl/worksheets/sheet1.xml"] != sheet
    assert read_statement(zipped(parts), "a.xlsx").rows[0].deposit_krw == 20_000


def test_workbook_that_grows_by_its_own_words_is_not_grown():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    sheet = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><worksheet><x>&l11;</x></worksheet>'
    source = zipfile.ZipFile(io.BytesIO(as_xlsx(all_lines(KB))))
    parts = {name: source.read(name) for name in source.namelist()}

    with pytest.raises((DamagedStatementError, UnknownStatementError)):
        read_statement(zipped(parts | {"xl/worksheets/sheet1.xml": sheet}), "a.xlsx")


def test_workbook_that_unpacks_to_far_more_is_refused_before_it_is_unpacked():
    bomb = zipped({"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": b" " * 101 * 1024 * 1024})
    tracemalloc.start()
    with pytest.raises(DamagedStatementError, match="unpacks"):
        read_statement(bomb, "a.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(bomb) < 200_000
    assert peak < 5_000_000


def test_workbook_of_very_many_parts_is_refused():
    parts = {"xl/workbook.xml": "<a/>"} | {f"xl/media/{number}.png": "" for number in range(600)}

    with pytest.raises(DamagedStatementError, match="unpacks"):
        read_statement(zipped(parts), "a.xlsx")


def test_lines_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_LINES", 50)

    with pytest.raises(UnknownStatementError, match="200,000 lines"):
        read_statement(b"\n" * 10 + b"x\n" * 50, "a.csv")


def test_cell_far_to_the_right_makes_no_row_endless():
    book = openpyxl.Workbook()
    for line in all_lines(KB):
        book.active.append(line)
    book.active["XFD7"] = "x"

    assert len(read_statement(saved(book), "a.xlsx").rows) == 5


def test_letters_that_are_lost_are_a_problem_of_their_line():
    content = as_text(all_lines(KB)).encode("cp949")
    damaged = content.replace("김철수".encode("cp949"), b"\xff\xff\xff")
    statement = read_statement(damaged, "a.csv")
    in_a_page = as_html(all_lines(KB)).encode().replace("김철수".encode(), b"\xff\xff")

    assert [row.line for row in statement.rows] == [6, 7, 9, 10]
    assert [(one.line, one.code) for one in statement.problems] == [(8, "signs")]
    assert [one.code for one in read_statement(in_a_page, "a.xls").problems] == ["signs"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_letters_are_known_without_their_mark(encoding):
    assert len(read_statement(as_text(all_lines(KB)).encode(encoding), "a.csv").rows) == 5
