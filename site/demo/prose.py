"""Blocks as the demo's texts write them."""


def h(text):
    return ("heading", text)


def p(*paragraphs):
    return ("text", "".join(f"<p>{text}</p>" for text in paragraphs))


def ul(*lines):
    return ("text", f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>")


def q(text, source=""):
    return ("quote", {"text": text, "source": source})


def asks(heading, *titles):
    return ("asks", {"heading": heading, "asks": [{"title": t, "text": e} for t, e in titles]})


def note(title, text):
    return ("call_out", {"kind": "info", "title": title, "text": f"<p>{text}</p>"})


def people(heading, *rows):
    names = ("name", "affiliation", "role")
    return (
        "people",
        {"heading": heading, "people": [dict(zip(names, row, strict=True)) for row in rows]},
    )
