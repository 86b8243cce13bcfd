from .site import SITE_MENU_HOOK, EditorsPageViewSet, SiteViewSetGroup

__all__ = ["SITE_MENU_HOOK", "EditorsPageViewSet", "SiteViewSetGroup"]
