from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Fault(TextChoices):
    """Why nothing of a line can be read, and what to do."""

    SIGNS = "signs", _("Some letters cannot be read. Download the file again.")
    QUOTE = "quote", _("A quotation mark is not closed. Download the file again.")
    CUT_OFF = "cut_off", _("The file ends in the middle. Download it again.")


class Line(NamedTuple):
    """One line of a file, counted as a spreadsheet counts it; ``fault`` is a Fault or empty."""

    number: int
    cells: list[str]
    fault: str = ""
    is_ended: bool = True  # False where a file stops without a line break
    is_divided: bool = False  # by a sign that may also stand within a cell
