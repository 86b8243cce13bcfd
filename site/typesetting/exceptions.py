class TypesettingError(Exception):
    """A document could not be set: its template refuses what it was given."""
