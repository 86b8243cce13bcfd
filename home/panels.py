"""What editors find on their first screen beside the list of today."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page, get_page_models

from desk.panels import AHEAD, MOST, TodoItem, editable_pages

from .models import BasePage, SiteAlert, StatementPage


@dataclass(frozen=True)
class NewText:
    label: str
    url: str


class NewTextPanel(Component):
    """A button for each kind of text that this person may write, straight to its form."""

    name = "new_texts"
    template_name = "home/admin/new_text_panel.html"
    order = 45

    def get_context_data(self, parent_context):
        return {"new_texts": new_texts(parent_context["request"].user)}

    def render_html(self, parent_context=None):
        if not new_texts(parent_context["request"].user):
            return ""
        return super().render_html(parent_context)


def new_texts(user) -> list[NewText]:
    """In the order of the lists below which the texts lie."""
    models = {model: ContentType.objects.get_for_model(model).pk for model in _lists()}
    kinds = {pk: model.allowed_subpage_models()[0] for model, pk in models.items()}
    lists = Page.objects.filter(content_type_id__in=kinds).order_by("path")
    return [
        NewText(str(kind.get_verbose_name()), _add_url(kind, page))
        for page, kind in ((page, kinds[page.content_type_id]) for page in lists)
        if page.permissions_for_user(user).can_add_subpage()
    ]


def _lists():
    """Page types that hold one kind of text and stand once below their parent."""
    return [
        model
        for model in get_page_models()
        if issubclass(model, BasePage)
        and model.max_count_per_parent == 1
        and len(model.allowed_subpage_models()) == 1
    ]


def _add_url(kind, page):
    names = (kind._meta.app_label, kind._meta.model_name)
    return reverse("wagtailadmin_pages:add", args=[*names, page.pk])


def todo_items(user) -> list[TodoItem]:
    """Embargoes that end before their text is approved, and an alert above every page."""
    return [*_unapproved_embargoes(user), *_alerts(user)]


def _unapproved_embargoes(user):
    now = timezone.now()
    waiting = StatementPage.objects.filter(
        live=False, embargo_at__gt=now, embargo_at__lte=now + AHEAD
    ).exclude(latest_revision__approved_go_live_at__isnull=False)
    pages = list(waiting.order_by("embargo_at")[:MOST])
    mine = editable_pages(user, [page.pk for page in pages])
    for page in pages:
        if page.pk in mine:
            label = _("Not approved yet, embargo ends: %(title)s") % {"title": page.draft_title}
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            yield TodoItem(label, url, due_at=page.embargo_at)


def _alerts(user):
    if not user.has_perm("home.change_sitealert"):
        return
    up = Q(shows_until=None) | Q(shows_until__gt=timezone.now())
    for alert in SiteAlert.objects.filter(up, site__is_default_site=True).exclude(text=""):
        label = _("The alert is up: %(text)s") % {"text": alert.text}
        url = reverse("wagtailsettings:edit", args=["home", "sitealert", alert.site_id])
        yield TodoItem(label, url, due_at=alert.shows_until)
