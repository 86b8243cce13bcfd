"""The public page cache: whole answers kept in front of Django, as bytes.

Holds what Django marks ``Cache-Control: public`` for visitors without a log-in. An entry lives
for ``LIFETIME_SECONDS`` (numbers in the page grow old) or until something is published. While
Django can't answer, it gives what it has.
"""

from .application import PageCache

__all__ = ["PageCache"]
