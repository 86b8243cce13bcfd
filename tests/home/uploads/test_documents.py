import unicodedata

import pytest
from django.core.exceptions import ValidationError

from home.uploads import take_document

from .files import OLE_HEADER, docx, hwp, hwpx, upload, with_broken_mimetype, zipped

PDF = b"%PDF-1.7\n%%EOF"
ODT = zipped(mimetype="application/vnd.oasis.opendocument.text")
XLSX = zipped(**{"[Content_Types].xml": "", "xl/workbook.xml": ""})


def refusal(name, content):
    with pytest.raises(ValidationError) as caught:
        take_document(upload(name, content))
    return caught.value


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("성명.pdf", PDF),
        ("성명.hwp", hwp()),
        ("성명.hwp", hwp(bytes(1024 * 1024 - 512 - 5))),  # The mark lies across two reads.
        ("성명.hwp", b"HWP Document File V3.00 \x1a\1\2\3\4\5"),
        ("성명.hwpx", hwpx()),
        ("성명.docx", docx()),
        ("표.xlsx", XLSX),
        ("성명.odt", ODT),
        ("명단.csv", "이름,단체\n김연대,가온".encode("cp949")),
        ("글.txt", "안녕하세요".encode()),
        ("사진.zip", zipped(**{"a.jpg": "x"})),
    ],
)
def test_document_that_is_what_it_says_is_taken(name, content):
    file = upload(name, content)

    take_document(file)

    assert file.name == name
    assert file.read() == content


def test_name_is_composed_and_its_ending_small():
    file = upload(unicodedata.normalize("NFD", "성명서 최종.PDF"), PDF)

    take_document(file)

    assert file.name == "성명서 최종.pdf"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("성명.pdf", hwp(), "HWP"),
        ("성명.hwp", PDF, "PDF"),
        ("성명.hwp", OLE_HEADER, "DOC, XLS · PPT"),
        ("성명.hwpx", docx(), "DOCX"),
        ("성명.docx", zipped(a="x"), "ZIP"),
        ("성명.pdf", b"MZ\x90\0", "EXE"),
        ("글.txt", b"<html><script>alert(1)</script>", "HTML"),
        ("글.csv", b"a <script>", "HTML"),
    ],
)
def test_document_that_is_something_else_is_refused_with_what_it_is(name, content, told):
    error = refusal(name, content)

    assert error.code == "content"
    assert told in error.message


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("글.txt", b"\0\1\2", "content"),
        ("글.txt", b"\xff\xfe\xfd\x80", "content"),
        ("성명.pdf", b"", "empty"),
        ("글.txt", b"", "empty"),
        ("성명.docx", b"PK\x03\x04 and nothing more", "content"),
        ("성명.hwpx", zipped(mimetype="application/epub+zip"), "content"),
        ("성명.hwpx", with_broken_mimetype(), "content"),
        ("성명.docx", zipped(**{"[Content_Types].xml": "", "visio/a.xml": ""}), "content"),
        ("성명.docx", docx(**{"word/vbaProject.bin": "x"}), "macros"),
        ("성명.odt", zipped(**{"mimetype": "x", "Basic/Standard/a.xml": "x"}), "macros"),
        ("성명.docm", docx(), "ending"),
        ("성명.exe", b"MZ", "ending"),
        ("성명", PDF, "ending"),
        ("자료.zip", zipped(**{"설치.EXE": "x"}), "programs"),
        ("자료.zip", zipped(**{f"{n}": "" for n in range(5_001)}), "entries"),
    ],
)
def test_hostile_document_is_refused(name, content, code):
    assert refusal(name, content).code == code


def test_heavy_file_is_refused(settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10

    assert refusal("a.pdf", b"x" * 11).code == "file_too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("홍길동,900101-1234567", "resident_number"),
        ("홍길동,국민은행 123456-01-123456", "account_number"),
    ],
)
def test_a_list_with_numbers_of_people_is_not_published(line, code, encoding):
    content = f"이름,번호\n{line}\n".encode(encoding)

    assert refusal("명단.csv", content).code == code
