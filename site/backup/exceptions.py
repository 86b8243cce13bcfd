"""What the backup room refuses. The message of each is for the administrator who reads it."""


class BackupError(Exception):
    """Base of every refusal of this app."""


class PassphraseMissingError(BackupError):
    """Nobody said with which passphrase the file is sealed."""


class WeakPassphraseError(BackupError):
    """The passphrase could be guessed."""


class WrongSecretError(BackupError):
    """Neither the passphrase nor a key at hand opens the file."""


class ForeignFileError(BackupError):
    """The file is no backup of this site's software."""


class DamagedFileError(BackupError):
    """The file is cut off, or was changed."""


class NewerFileError(BackupError):
    """A newer version of the software made the file."""


class OtherDatabaseError(BackupError):
    """The backup is of SQLite and the site is on PostgreSQL, or the other way round."""


class TargetNotEmptyError(BackupError):
    """There is a site already where the backup is to be restored."""


class SiteRunningError(BackupError):
    """The site that would be replaced is at work."""


class AlreadyRunningError(BackupError):
    """Another backup is being made."""


class DiskFullError(BackupError):
    """There is no room for the file."""


class DatabaseToolError(BackupError):
    """PostgreSQL's own tools are missing, or refused."""


class MistypedKeyError(BackupError):
    """A line of the printed sheet was not typed as it stands there."""
