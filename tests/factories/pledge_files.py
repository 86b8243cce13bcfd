"""Changes to a sealed PDF, as somebody could make them who has the file and no key of ours."""

import io
import zlib

from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import fields, signers

from campaigns.pledges.gateways.pdf_seal import _signer


def flip(content, place):
    """One bit of one byte changed."""
    changed = bytearray(content)
    changed[place] ^= 1
    return bytes(changed)


def stream_of(content, reference):
    """Where the bytes of an object's stream begin."""
    at = content.rindex(b"\n%d 0 obj" % reference.idnum)
    return content.index(b"stream\n", at) + len(b"stream\n")


def page_stream(content):
    page = PdfFileReader(io.BytesIO(content)).root["/Pages"]["/Kids"][0]
    return stream_of(content, page.raw_get("/Contents").reference) + 20


def attachment_stream(content):
    names = PdfFileReader(io.BytesIO(content)).root["/Names"]["/EmbeddedFiles"]["/Names"]
    return stream_of(content, names[1]["/EF"].raw_get("/F").reference) + 20


def seal_bytes(content, which):
    """Inside the hexadecimal digits of a seal."""
    seal = PdfFileReader(io.BytesIO(content)).embedded_signatures[which]
    return seal.byte_range[1] + 400


def changed_page(content):
    """Something written over the first page, appended as programs do that change a PDF."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    stream = generic.StreamObject(stream_data=b"q 1 0 0 rg 50 500 300 80 re f Q")
    page = writer.root["/Pages"]["/Kids"][0]
    contents = page.raw_get("/Contents")
    page["/Contents"] = generic.ArrayObject([contents, writer.add_object(stream)])
    writer.update_container(page)
    return written(writer)


def swapped_answers(content, answers=b'{"demands":[]}'):
    """Another agreement.json in the place of the one that was signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    data = embed.EmbeddedFileObject.from_file_data(writer, answers, mime_type="application/json")
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    spec = names[1]
    spec["/EF"] = embed.FileSpec("agreement.json", embedded_data=data).as_pdf_object()["/EF"]
    writer.update_container(spec)
    return written(writer)


def without_title(content):
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    info = writer.prev.trailer_view["/Info"]
    del info["/Title"]
    writer.update_container(info)
    return written(writer)


def attached(content):
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    data = embed.EmbeddedFileObject.from_file_data(writer, b"x", mime_type="text/plain")
    embed.embed_file(writer, embed.FileSpec("more.txt", embedded_data=data))
    return written(writer)


def signed_by(content, keys, field="Third"):
    """One more signature, by whoever has these keys."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    metadata = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    spec = fields.SigFieldSpec(field)
    return (
        signers.PdfSigner(metadata, _signer(keys), new_field_spec=spec).sign_pdf(writer).getvalue()
    )


def rewritten(content, *, with_seals):
    """Saved anew by another program, which may leave the seals out."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(content)))
    if not with_seals:
        del writer.root["/AcroForm"]
    return written(writer)


def cut_back_in_seal(content):
    """Up to the last seal, without what validators need for it later."""
    ends = [place for place in range(len(content)) if content.startswith(b"%%EOF\n", place)]
    return content[: ends[-2] + len(b"%%EOF\n")]


def written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def plain_pdf(*, names=b"<<>>"):
    """The smallest PDF there is; ``names`` is what its catalogue has there."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/Names 4 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        names,
    ]
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.7\n")
    for number, part in enumerate(parts, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    table = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows))
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, table))
    return out.getvalue()


def bomb(mebibytes=600):
    """A PDF of some hundred kilobytes whose table of objects is hundreds of megabytes."""
    press, pieces = zlib.compressobj(9), []
    for _ in range(mebibytes):
        pieces.append(press.compress(bytes(1024 * 1024)))
    data = b"".join(pieces) + press.flush()
    head = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    table = (
        b"3 0 obj\n<</Type/XRef/Size 90000000/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>\n"
        b"stream\n%s\nendstream\nendobj\n" % (len(data), data)
    )
    return head + table + b"startxref\n%d\n%%%%EOF\n" % len(head)


def nested(depth=200_000):
    """Lists in lists in lists."""
    return plain_pdf(names=b"[" * depth + b"]" * depth)
