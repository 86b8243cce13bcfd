"""Files as people and attackers make them, built byte by byte or by the libraries they use."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

GPS = 0x8825
SECRET = "김연대의 집"
OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def upload(name, content):
    return SimpleUploadedFile(name, content)


def encoded(kind, size=(64, 48), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, "#0c5b55").save(out, kind, **options)
    return out.getvalue()


def hollow_avif():
    """One with all that tells of a picture, and no picture."""
    content = encoded("AVIF")
    start = content.index(b"mdat") + 4
    return content[:start] + bytes(len(content) - start)


def exif(orientation=1):
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010E] = SECRET.encode()
    data.get_ifd(GPS)[2] = (37.0, 33.0, 59.0)
    data[GPS] = {1: "N", 2: (37.0, 33.0, 59.0)}
    return data


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width=10_000, height=10_000):
    """Black, one bit per pixel: some kilobytes that unfold to 100 million pixels."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])
    chunks = [png_chunk(b"IHDR", header), png_chunk(b"IDAT", data), png_chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def gif(frames, comment=b"", application=b"", side=1):
    """``frames`` pictures of one pixel on a canvas of ``side`` × ``side``."""
    head = b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + bytes(6)
    loops = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    note = b"\x21\xfe" + bytes([len(comment)]) + comment + b"\x00" if comment else b""
    extra = b"\x21\xff\x0b" + application + b"\x00" if application else b""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x4c\x01\x00"
    return head + loops + note + extra + frame * frames + b"\x3b"


def hwp(body=b""):
    """An OLE file as 한글 5 writes it: the mark stands in a sector of its own."""
    return OLE_HEADER + body + b"HWP Document File" + bytes(239)


def zipped(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_broken_mimetype():
    """A ZIP whose first file says that it is compressed, and is not."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        start = archive.getinfo("mimetype").FileHeader()
    content = bytearray(out.getvalue())
    content[len(start) : len(start) + 4] = b"\xff\xff\xff\xff"
    return bytes(content)


def hwpx():
    return zipped(**{"mimetype": "application/hwp+zip", "Contents/section0.xml": "<hs:sec/>"})


def docx(**more):
    return zipped(
        **{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>", **more}
    )
