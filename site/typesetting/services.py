"""Documents as PDF and cards as PNG, set by typst with our own fonts."""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from .exceptions import TypesettingError

FONTS = Path(__file__).parent / "fonts"

_one_at_a_time = threading.Lock()


def render_pdf(template: str, values: Mapping[str, object], *, made_at: datetime) -> bytes:
    """A PDF/UA-1 document from ``templates/<template>``; the same input gives the same bytes.

    ``values`` reach the template as JSON in ``sys.inputs.values`` and never as its source, so
    what people typed stays text. A script that our fonts lack is set in the machine's fonts, then
    without the promise of PDF/UA.
    """
    source = settings.BASE_DIR / "templates" / template
    inputs = {"values": json.dumps(values, ensure_ascii=False, default=str)}
    with _one_at_a_time:
        try:
            return _compile(source, inputs, made_at, own_fonts_only=True)
        except typst.TypstError:
            return _compile(source, inputs, made_at, own_fonts_only=False)


def _compile(
    source: Path, inputs: dict[str, str], made_at: datetime, *, own_fonts_only: bool
) -> bytes:
    document = _compiler(own_fonts_only).compile(
        input=source,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["ua-1"] if own_fonts_only else [],
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(document, bytes)
    return document


def render_png(template: str, values: Mapping[str, object]) -> bytes:
    """A picture of the template's one page, a pixel to a point; the same input, the same bytes.

    ``values`` reach the template as with ``render_pdf``; drawings among them as SVG text. Raises
    TypesettingError where the template can't be set with them.
    """
    with _one_at_a_time:
        try:
            picture = _compiler(own_fonts_only=False).compile(
                input=settings.BASE_DIR / "templates" / template,
                format="png",
                ppi=72,
                sys_inputs={"values": json.dumps(values, ensure_ascii=False, default=str)},
            )
        except typst.TypstError as error:
            raise TypesettingError(template) from error
    assert isinstance(picture, bytes)
    return picture


@cache
def _compiler(own_fonts_only: bool) -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=not own_fonts_only,
        include_embedded_fonts=False,
        font_paths=[FONTS],
    )
    return typst.Compiler(root=settings.BASE_DIR / "templates", font_paths=fonts)
