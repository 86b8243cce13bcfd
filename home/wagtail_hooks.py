from django.templatetags.static import static
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail.contrib.settings.registry import SettingMenuItem
from wagtail.snippets.models import register_snippet

from .models import SiteAlert, SiteSettings
from .viewsets import SITE_MENU_HOOK, SiteViewSetGroup

register_snippet(SiteViewSetGroup)


@hooks.register("insert_global_admin_css")
def style_our_parts():
    """Our web font, so that Hangul is the same on every desk, and the look of our own parts."""
    sheets = ("vendor/pretendard/1.3.9/pretendard.css", "css/admin.css")
    return format_html_join("", '<link rel="stylesheet" href="{}">', [[static(s)] for s in sheets])


@hooks.register("construct_help_menu")
def leave_out_english_news(_request, menu_items):
    """Wagtail's news for developers and its English guide mean nothing to our editors."""
    menu_items[:] = [
        item for item in menu_items if not item.name.startswith(("whats-new", "editor-guide"))
    ]


@hooks.register(SITE_MENU_HOOK)
def list_site_settings():
    return SettingMenuItem(SiteSettings, icon="cog", order=0)


@hooks.register(SITE_MENU_HOOK)
def list_alert():
    return SettingMenuItem(SiteAlert, icon="warning", order=0)


@hooks.register("construct_settings_menu")
def keep_site_settings_in_one_place(_request, menu_items):
    """They stand in the menu "Site", beside the contacts and words that editors keep."""
    models = (SiteSettings, SiteAlert)
    menu_items[:] = [item for item in menu_items if getattr(item, "model", None) not in models]
