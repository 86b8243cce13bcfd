"""Reads our pictures as a browser with a strict content policy would."""

import xml.etree.ElementTree as ET

SAFE_TAGS = {"svg", "g", "rect", "path"}


def read(picture):
    return ET.fromstring(picture)  # noqa: S314 (our own drawing)


def strokes(picture):
    """The lines in the order in which they are drawn: (path, colour, width)."""
    return [
        (line.get("d"), line.get("stroke"), float(line.get("stroke-width")))
        for line in read(picture).iter("path")
    ]


def is_decorative_and_inert(picture):
    """Hidden from assistive technology, out of the tab order, and nothing but shapes."""
    root = read(picture)
    attributes = {name for element in root.iter() for name in element.attrib}
    return (
        root.get("aria-hidden") == "true"
        and root.get("focusable") == "false"
        and {element.tag for element in root.iter()} <= SAFE_TAGS
        and not attributes & {"style", "href", "id"}
        and not any(name.startswith("on") for name in attributes)
    )
