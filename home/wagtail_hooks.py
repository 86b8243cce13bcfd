from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.registry import SettingMenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from desk.panels import TODO_HOOK

from .content_checks import SAYS_NOTHING, Level, as_message, check_page
from .models import SiteAlert, SiteSettings
from .panels import NewTextPanel, todo_items
from .requests import DocumentLinkHandler, PageLinkHandler
from .services import is_offered
from .services.leading_on import holds_others
from .services.starts import prepare_copy
from .viewsets import SITE_MENU_HOOK, EditorsPageViewSet, SiteViewSetGroup

register_snippet(SiteViewSetGroup)


@hooks.register("register_admin_viewset", order=1)
def take_the_place_of_wagtails_page_screens():
    return EditorsPageViewSet()


@hooks.register("before_serve_page")
def tell_who_is_outside_the_group(page, request, _args, _kwargs):
    """The log-in would send somebody who is logged in back here, and here back to the log-in."""
    _refuse_outsiders(page.get_view_restrictions(), request)


@hooks.register("before_serve_document", order=-1)
def tell_who_is_outside_the_group_of_a_file(document, request):
    _refuse_outsiders(document.collection.get_view_restrictions(), request)


def _refuse_outsiders(restrictions, request):
    # Of pages for everybody nobody's log-in is looked at: they are kept by caches.
    is_kept_out = any(not restriction.accept_request(request) for restriction in restrictions)
    if is_kept_out and request.user.is_authenticated:
        raise PermissionDenied


@hooks.register("before_serve_document")
def keep_drafts_files_in_the_house(document, request):
    """A file becomes public with the first public text that offers it; staff see it before."""
    if not request.user.is_authenticated and not is_offered(document):
        raise Http404


@hooks.register("insert_global_admin_css")
def style_our_parts():
    """Our web font, so that Hangul is the same on every desk, and the look of our own parts."""
    sheets = ("vendor/pretendard/1.3.9/pretendard.css", "css/admin.css")
    return format_html_join("", '<link rel="stylesheet" href="{}">', [[static(s)] for s in sheets])


@hooks.register("insert_editor_js")
def read_what_is_pasted():
    told = {
        "tables": _("Tables were added as table blocks below. Please check their first row."),
        "tables-as-lines": _("No table can stand here: its rows became list items."),
        "headings": _("Headings were added as heading blocks, so that the page has an order."),
        "pictures": _("Pictures are not pasted. Please upload them as picture blocks."),
    }
    return _script("js/admin_paste_reading.js", {}) + _script("js/admin_paste.js", told)


def _script(path, told):
    """A script with the words it needs; the policy of the page allows none inside the HTML."""
    data = format_html_join(" ", 'data-{}="{}"', told.items())
    return format_html('<script src="{}" {}></script>', static(path), data)


@hooks.register("insert_global_admin_js")
def name_files_too_large():
    picture, document = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    message = _("The file is too large: %(most)s at most. Please make it smaller.")
    told = {
        **{"picture": picture, "document": document},
        "picture-too-large": message % {"most": filesizeformat(picture)},
        "document-too-large": message % {"most": filesizeformat(document)},
    }
    return _script("js/admin_uploads.js", told)


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


@hooks.register("before_publish_page")
def keep_page_back(request, page):
    """The draft is saved; it only does not go public."""
    stops = [finding for finding in check_page(page) if finding.level == Level.STOP]
    if not stops:
        return None
    intro = _("Nothing was published. Your text is saved as a draft. Please change this first:")
    messages.error(request, as_message(stops, intro))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_findings(request, page):
    """Said after a person saved or published; the automatic saving refreshes the list instead."""
    if not request.accepts("text/html"):
        return
    findings = [finding for finding in check_page(page) if finding.level < Level.HINT]
    if findings:
        messages.warning(request, as_message(findings, _("Please check before publishing:")))


hooks.register(TODO_HOOK, todo_items, order=5)


@hooks.register("construct_homepage_panels")
def offer_new_texts(_request, panels):
    panels.append(NewTextPanel())


@hooks.register("before_delete_page")
def keep_lists_of_others(request, page):
    if holds_others(page):
        text = _("“%(title)s” holds other pages. Move or delete those first.")
        messages.error(request, text % {"title": page.get_admin_display_title()})
        return redirect("wagtailadmin_explore", page.pk)
    return None


@hooks.register("before_bulk_action")
def keep_lists_in_bulk(request, action_type, objects, action):
    if action_type != "delete" or action.model is not Page:
        return None
    if kept := [page.get_admin_display_title() for page in objects if holds_others(page)]:
        text = _("Nothing was deleted. These hold other pages: %(titles)s.")
        messages.error(request, text % {"titles": ", ".join(kept)})
        return redirect(action.next_url)
    return None


@hooks.register("after_unpublish_page")
@hooks.register("after_delete_page")
def tell_where_the_address_leads(request, page):
    parts = page.get_url_parts()
    if not parts:  # It lay outside the site.
        return
    redirects = Redirect.objects.filter(old_path=Redirect.normalise_path(parts[2]))
    if found := redirects.select_related("redirect_page").first():
        target = found.redirect_page
        values = {"old": found.old_path, "title": target.title if target else found.redirect_link}
        text = _("Who opens %(old)s is led on to “%(title)s”. Settings, Redirects change that.")
        messages.info(request, text % values)


@hooks.register("after_copy_page")
def date_copy_anew(_request, _page, copy):
    prepare_copy(copy)


class KoreanContentChecker(ContentCheckerItem):
    """Wagtail's checker in the preview; it also knows what describes no picture in Korean."""

    axe_custom_checks = [
        {"id": "check-image-alt-text", "options": {"pattern": SAYS_NOTHING}},
        {"id": "check-empty-meta-description"},
    ]


@hooks.register("construct_wagtail_userbar")
def check_in_korean(_request, items, _page):
    items[:] = [
        KoreanContentChecker(in_editor=item.in_editor)
        if isinstance(item, ContentCheckerItem)
        else item
        for item in items
    ]


@hooks.register("register_rich_text_features", order=10)  # After Wagtail's own.
def link_without_asking(features):
    features.register_link_type(PageLinkHandler)
    features.register_link_type(DocumentLinkHandler)
