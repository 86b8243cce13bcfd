"""Names of files: in one form, and short enough for every disk."""

from pathlib import PurePath

from privacy.text import clean_text

MAX_BYTES = 180  # A disk takes 255 bytes; a Hangul syllable needs three, a repeated name a suffix.


def clean_name(name: str, ending: str | None = None) -> str:
    """The name composed (NFC), without what cannot be seen; with ``ending`` instead of its own."""
    path = PurePath(clean_text(name))
    ending = path.suffix.lower() if ending is None else f".{ending}"
    stem = path.stem.encode()[: MAX_BYTES - len(ending)].decode(errors="ignore").strip(" .")
    return f"{stem or 'file'}{ending}"
