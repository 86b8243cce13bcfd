"""What the first screen of the admin says: what waits for this person today."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

# Apps answer this hook with the items for a user: ``fn(user) -> list[TodoItem]``, cheaply.
TODO_HOOK = "register_todo_items"


@dataclass(frozen=True)
class TodoItem:
    """One line of the list.

    ``number`` counts what waits, ``due_at`` is when time is up, ``note`` what somebody said.
    """

    label: str
    url: str
    number: int | None = None
    due_at: datetime | None = None
    note: str = ""


MOST = 10  # Lines of one kind; who has more works from the lists.
AHEAD = timedelta(days=7)


class TodayPanel(Component):
    """What waits for this user today, or that nothing does."""

    name = "today"
    template_name = "desk/today_panel.html"
    order = 30

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        items = [item for fn in hooks.get_hooks(TODO_HOOK) for item in fn(user)]
        return {"items": items}


def editable_pages(user, ids: list[int]) -> set[int]:
    """Those of these pages that this person may change; one query for all."""
    policy = policy_registry.get_by_type(Page)
    pages = policy.instances_user_has_permission_for(user, "change")
    return set(pages.filter(pk__in=ids).values_list("pk", flat=True))
