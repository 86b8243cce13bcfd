"""What machines read: feeds with full text, the sitemap, and files that browsers look for."""

from .site_files import favicon, manifest, security, sitemap
from .subscriptions import atom, rss

__all__ = ["atom", "favicon", "manifest", "rss", "security", "sitemap"]
