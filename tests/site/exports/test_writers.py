import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.services.writers import Buffer, CsvWriter, XlsxWriter

pytestmark = pytest.mark.unit

FORMULAS = ["=1+1", "+82 10", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1"]


def written(writer_class, rows, title="서명부"):
    stream = Buffer()
    writer = writer_class(stream, title)
    for row in rows:
        writer.write(row)
    writer.close()
    return stream.take(len(stream))


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()], sheet


def test_csv_starts_with_a_byte_order_mark_and_ends_lines_as_the_rfc_wants():
    content = written(CsvWriter, [["이름", "지역"], ["홍길동", "전북"]])

    assert content == "\ufeff이름,지역\r\n홍길동,전북\r\n".encode()


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_makes_no_formula_of_what_people_typed(text):
    (row,) = read_csv(written(CsvWriter, [[text]]))

    assert row[0] == f"'{text}"


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_holds_text_even_where_it_looks_like_a_formula(text):
    rows, sheet = read_xlsx(written(XlsxWriter, [[text]]))

    assert rows[0][0].strip() == text.strip()
    assert sheet["A1"].data_type == "s"


def test_xlsx_names_its_sheet_whatever_the_title_holds():
    _rows, sheet = read_xlsx(
        written(
            XlsxWriter, [["가"]], title='서명부: 전북/전남 [1차] "임시" 아주 긴 이름의 서명부 목록'
        )
    )

    assert sheet.title.startswith("서명부  전북 전남")
    assert len(sheet.title) <= 31


def test_xlsx_leaves_out_what_xml_cannot_hold():
    rows, _sheet = read_xlsx(written(XlsxWriter, [["가\x00나\x0b<&>\"'"]]))

    assert rows == [["가나<&>\"'"]]


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


@given(st.lists(st.lists(TEXT, min_size=2, max_size=3), min_size=1, max_size=5))
def test_csv_can_be_read_back(rows):
    read = read_csv(written(CsvWriter, rows))

    assert [len(row) for row in read] == [len(row) for row in rows]
    for read_row, row in zip(read, rows, strict=True):
        for read_cell, cell in zip(read_row, row, strict=True):
            assert read_cell in (cell, f"'{cell}")


def test_a_cut_name_of_many_signs_stays_within_what_excel_holds():
    rows, _sheet = read_xlsx(written(XlsxWriter, [["가" * 40_000]]))

    assert len(rows[0][0]) == 32_767
