from .pages import EditorsPageViewSet
from .site import SITE_MENU_HOOK, SiteViewSetGroup

__all__ = ["SITE_MENU_HOOK", "EditorsPageViewSet", "SiteViewSetGroup"]
