"""The sites, read in one query with the pages; Wagtail would ask for them by itself."""

from dataclasses import dataclass

from django.core.cache import cache
from wagtail.models import Site
from wagtail.models.sites import (
    SITE_ROOT_PATHS_CACHE_KEY,
    SITE_ROOT_PATHS_CACHE_VERSION,
    SiteRootPath,
)

SITE_COLUMNS = (
    *("sites_rooted_here__id", "sites_rooted_here__hostname", "sites_rooted_here__port"),
    *("sites_rooted_here__is_default_site", "locale__language_code"),
)
HOUR = 3600


@dataclass(frozen=True)
class KnownSite:
    root_path: str
    pk: int
    hostname: str
    port: int
    is_default: bool
    language: str

    @property
    def as_wagtail_has_it(self):
        url = Site(hostname=self.hostname, port=self.port).root_url
        return SiteRootPath(self.pk, self.root_path, url, self.language)


def keep_root_paths(sites):
    """Put what Wagtail's ``Site.get_site_root_paths`` would read where it looks first."""
    by_host = sorted(sites, key=lambda site: (not site.is_default, site.hostname))
    in_order = sorted(by_host, key=lambda site: site.root_path, reverse=True)
    paths = [site.as_wagtail_has_it for site in in_order]
    cache.add(SITE_ROOT_PATHS_CACHE_KEY, paths, HOUR, version=SITE_ROOT_PATHS_CACHE_VERSION)
