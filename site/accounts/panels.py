"""The first thing staff see: what waits for them today."""

from dataclasses import dataclass
from datetime import datetime

from wagtail import hooks
from wagtail.admin.ui.components import Component

# Apps answer this hook with the items for a user: ``fn(user) -> list[TodoItem]``, cheaply.
TODO_HOOK = "register_todo_items"


@dataclass(frozen=True)
class TodoItem:
    """One line of the list. ``number`` counts what waits; ``due_at`` is when time is up."""

    label: str
    url: str
    number: int | None = None
    due_at: datetime | None = None


class TodayPanel(Component):
    """What waits for this user today, or that nothing does."""

    name = "today"
    template_name = "accounts/today_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        items = [item for fn in hooks.get_hooks(TODO_HOOK) for item in fn(user)]
        return {"items": items}
