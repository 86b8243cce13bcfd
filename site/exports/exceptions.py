class ExportError(Exception):
    """An export that was refused."""


class NotAllowedError(ExportError):
    """This person may not, or not any more, take this data out."""


class NotReadyError(ExportError):
    """There is nothing to download: it still runs, or it failed, was cancelled or is gone."""


class AlreadyOverError(ExportError):
    """It ended meanwhile, so there is nothing to cancel."""


class FileUnreadableError(ExportError):
    """The stored file can't be read: the key with this id is missing, or without one, damaged."""

    def __init__(self, key_id: str = "") -> None:
        super().__init__(key_id)
        self.key_id = key_id
