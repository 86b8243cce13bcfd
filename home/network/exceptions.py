class RegionFileError(Exception):
    """The table of regions contradicts itself; nothing was written."""

    def __init__(self, line: int, reason: str):
        self.line = line
        self.reason = reason
        super().__init__(f"regions.csv, line {line}: {reason}")
