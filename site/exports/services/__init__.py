from .fetch import fetch_file
from .jobs import cancel_export, purge_expired, request_export
from .run import run_export

__all__ = [
    "cancel_export",
    "fetch_file",
    "purge_expired",
    "request_export",
    "run_export",
]
