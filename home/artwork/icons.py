"""Icons on a 24 px grid with a round line of 1.75 px; always beside a word."""

PATHS = {
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.3 15.3L20 20",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "close": "M6 6l12 12M18 6L6 18",
    "chevron-right": "M9.5 6l6 6l-6 6",
    "chevron-down": "M6 9.5l6 6l6-6",
    "arrow-right": "M5 12h14M13 6l6 6l-6 6",
    "mail": "M4 6h16v12H4zM4.5 6.5L12 13l7.5-6.5",
    "check": "M5.5 12.5l4.2 4.2L18.5 8",
    "check-circle": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M8.3 12.3l2.6 2.6l4.8-5.2",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M12 11v5.2M12 7.7v.1",
    "warning": "M12 4L3.5 19h17zM12 10v4.2M12 16.6v.1",
    "alert": "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 7.6v5.2M12 16.2v.1",
    "download": "M12 4v10.5M7.5 10.5l4.5 4.5l4.5-4.5M5 19.5h14",
    "link": "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3"
    "a4 4 0 0 0 5.7 5.7l1-1",
    "message": "M4 5.5h16v11h-8.5L7 20v-3.5H4zM8.5 11v.1M12 11v.1M15.5 11v.1",
    "share": "M12 15V4M8 7.5L12 3.5l4 4M7 10.5H5.5v9.5h13v-9.5H17",
    "talk": "M12 4.5c-5 0-8.5 3-8.5 6.8c0 2.4 1.5 4.5 3.8 5.7L6.5 20.5l4-2.6c.5.1 1 .1 1.5.1"
    "c5 0 8.5-3 8.5-6.7S17 4.5 12 4.5",
    "band": "M8 4v16M8 12.5a4.5 4 0 1 1 0 3.5",
    "x": "M5 5l14 14M19 5L5 19",
    "facebook": "M14 21v-8h3l.5-3.5H14V7.5c0-1.2.5-1.8 1.9-1.8h1.8V3.1C17 3 16.2 3 15.4 3"
    "C12.7 3 11 4.6 11 7.2v2.3H8V13h3v8",
    "pencil": "M5 19l1-4.2L16 4.8l3.2 3.2L9.2 18zM13.5 7.3l3.2 3.2",
    "external": "M13 5h6v6M19 5l-8 8M10 6H5v13h13v-5",
    "calendar": "M4.5 6h15v14h-15zM4.5 10h15M8.5 3.5V7M15.5 3.5V7",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17M12 7.5V12l3 2",
    "file": "M6.5 3.5h7l4.5 4.5v12.5H6.5zM13.5 3.5V8H18",
    "copy": "M9 9h10.5v11H9zM15 9V4H4.5v11H9",
    "plus": "M12 5v14M5 12h14",
    "minus": "M5 12h14",
    "play": "M8 5.5v13l10.5-6.5z",
    "print": "M7 8.5V4h10v4.5M7 16.5H4.5v-8h15v8H17M7 14h10v6H7z",
    "feed": "M5 12a7 7 0 0 1 7 7M5 6a13 13 0 0 1 13 13M6 17.9v.1",
    "arrow-left": "M19 12H5M11 6l-6 6l6 6",
    "phone": "M6 4h3.5l1.5 4.5l-2.2 1.7a12 12 0 0 0 5 5l1.7-2.2l4.5 1.5V18a2 2 0 0 1-2.2 2A15.8 "
    "15.8 0 0 1 4 6.2A2 2 0 0 1 6 4",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "trash": "M5 7h14M9.5 7V4.5h5V7M7 7l.8 13h8.4L17 7M10 11v5.5M14 11v5.5",
}


def draw_icon(name: str) -> str:
    """The icon as SVG. Raises KeyError for a name we do not have."""
    return (
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" '
        'stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
        'stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f'<path d="{PATHS[name]}"/></svg>'
    )
