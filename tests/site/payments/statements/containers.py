"""Files made by hand around lines of text."""

import io
from html import escape

import openpyxl
import xlwt


def as_text(lines, delimiter=",", end="\r\n"):
    return "".join(
        delimiter.join(_quoted(cell, delimiter) for cell in line) + end for line in lines
    )


def as_html(lines):
    rows = "".join(
        "<tr>" + "".join(f"<td nowrap style='mso'>{escape(cell)}</td>" for cell in line) + "</tr>\n"
        for line in lines
    )
    return (
        "<html><head><style>td { color: #000 }</style></head><body>"
        f"<p>거래내역</p><table border=1>{rows}</table></body></html>\n"
    )


def as_xlsx(lines, convert=lambda cell: cell):
    book = openpyxl.Workbook()
    sheet = book.active
    for line in lines:
        sheet.append([convert(cell) for cell in line])
    return saved(book)


def as_xls(lines):
    book = xlwt.Workbook()
    sheet = book.add_sheet("거래내역")
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            sheet.write(row, column, cell)
    return saved(book)


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def all_lines(paper):
    return [*paper.above, paper.titles.split(","), *paper.lines, *paper.below]


def _quoted(cell, delimiter):
    if delimiter in cell or '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell
