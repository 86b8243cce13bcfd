from wagtail import hooks

from desk.panels import TODO_HOOK

from .panels import todo_items
from .viewsets import MailGroup

mail = MailGroup()


@hooks.register("register_admin_viewset")
def list_mail():
    return mail


hooks.register(TODO_HOOK, todo_items, order=20)
