"""What other rooms tell this one: which rights, and which screens, open personal data."""

from collections.abc import Iterable

# app_label.codename: whoever has one of them logs in with a second factor.
personal_rights: set[str] = set()
# Beginnings of addresses: these screens end sooner when nobody touches them.
_personal_screens: set[str] = set()


def register_personal_data(*rights: str, screens: Iterable[str] = ()) -> None:
    """Say that ``rights`` open personal data, and that addresses under ``screens`` show it."""
    personal_rights.update(rights)
    _personal_screens.update(screens)


def is_personal_screen(path: str) -> bool:
    """Whether the screen at this address shows personal data."""
    return path.startswith(tuple(_personal_screens))
