"""Tables that people send in: CSV, Excel, web pages named .xls. Bytes in, lines out."""

from .exceptions import DamagedTableError, TableError, UnknownTableError
from .files import LARGEST, Lines, ways_to_read
from .lines import Fault, Line

__all__ = [
    "LARGEST",
    "DamagedTableError",
    "Fault",
    "Line",
    "Lines",
    "TableError",
    "UnknownTableError",
    "ways_to_read",
]
