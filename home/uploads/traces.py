"""Take out of a picture what it tells of the photographer: place, camera, time, comments."""

import io
import struct

from PIL import ImageOps

ORIENTATION = 0x0112
PNG_TRACES = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
WEBP_TRACES = {b"EXIF", b"XMP "}
WEBP_TRACE_FLAGS = 0x08 | 0x04
GIF_IMAGE, GIF_EXTENSION, GIF_TRAILER = 0x2C, 0x21, 0x3B
GIF_COMMENT, GIF_APPLICATION = 0xFE, 0xFF
# Loops of an animation; any other application's block is XMP or worse.
GIF_KEPT_APPLICATIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def without_traces(picture, content: bytes) -> bytes:
    """The same picture, upright, with its colours and frames and nothing else."""
    turned = picture.getexif().get(ORIENTATION, 1) != 1
    if turned or picture.format in ("JPEG", "MPO", "AVIF"):
        return _encode_again(picture, turned)
    return {"PNG": _strip_png, "WEBP": _strip_webp, "GIF": _strip_gif}[picture.format](content)


def _encode_again(picture, turned: bool) -> bytes:
    kind = "JPEG" if picture.format == "MPO" else picture.format
    options = {"icc_profile": picture.info.get("icc_profile"), "exif": b""}
    if kind == "JPEG":
        keeps = picture.format == "JPEG" and not turned
        options |= {"quality": "keep" if keeps else 92, "comment": b""}
        options["progressive"] = bool(picture.info.get("progressive"))
    elif kind in ("AVIF", "WEBP"):
        options |= {"quality": 85, "xmp": b""}
        options["save_all"] = getattr(picture, "n_frames", 1) > 1 and not turned
    upright = ImageOps.exif_transpose(picture) if turned else picture
    out = io.BytesIO()
    upright.save(out, kind, **options)
    return out.getvalue()


def _strip_png(content: bytes) -> bytes:
    kept, position = [content[:8]], 8
    while position < len(content):
        (length,) = struct.unpack_from(">I", content, position)
        kind = content[position + 4 : position + 8]
        end = position + 12 + length
        if kind not in PNG_TRACES:
            kept.append(content[position:end])
        if kind == b"IEND":
            break
        position = end
    return b"".join(kept)


def _strip_webp(content: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", content, 4)
    kept, position = [], 12
    while position + 8 <= min(len(content), size + 8):
        kind = content[position : position + 4]
        (length,) = struct.unpack_from("<I", content, position + 4)
        end = position + 8 + length + length % 2
        chunk = content[position:end]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_TRACE_FLAGS]) + chunk[9:]
        if kind not in WEBP_TRACES:
            kept.append(chunk)
        position = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _strip_gif(content: bytes) -> bytes:
    start = _after_colours(content, 10, 13)
    kept = [content[:start]]
    for kind, begin, end in gif_blocks(content):
        name = content[begin + 3 : begin + 14]
        is_trace = kind == GIF_COMMENT or (
            kind == GIF_APPLICATION and name not in GIF_KEPT_APPLICATIONS
        )
        if not is_trace:
            kept.append(content[begin:end])
    return b"".join([*kept, bytes([GIF_TRAILER])])


def gif_blocks(content: bytes):
    """``(kind, begin, end)`` of each block; an extension's kind is its label."""
    position = _after_colours(content, 10, 13)
    while content[position] != GIF_TRAILER:
        begin = position
        if content[position] == GIF_IMAGE:
            kind, position = GIF_IMAGE, _after_colours(content, position + 9, position + 10) + 1
        elif content[position] == GIF_EXTENSION:
            kind, position = content[position + 1], position + 2
        else:
            raise ValueError("no block of a GIF begins like this")
        while content[position]:
            position += content[position] + 1
        position += 1
        yield kind, begin, position


def _after_colours(content: bytes, flags_at: int, colours_at: int) -> int:
    flags = content[flags_at]
    return colours_at + (3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0)
