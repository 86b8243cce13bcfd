from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def style_our_parts():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("construct_help_menu")
def leave_out_english_news(_request, menu_items):
    """Wagtail's news for developers and its English guide mean nothing to our editors."""
    menu_items[:] = [
        item for item in menu_items if not item.name.startswith(("whats-new", "editor-guide"))
    ]
