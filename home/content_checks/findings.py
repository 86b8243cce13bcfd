from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    STOP = 1  # Not published before it is gone.
    WARNING = 2
    HINT = 3


@dataclass(frozen=True)
class Finding:
    level: Level
    message: str
    where: str = ""
