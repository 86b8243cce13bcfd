from wagtail import hooks

from desk.panels import TODO_HOOK

from .panels import BackupPanel, todo_items
from .viewsets import BackupViewSet

backups = BackupViewSet()


@hooks.register("register_admin_viewset")
def list_backups():
    return backups


@hooks.register("construct_homepage_panels")
def show_last_backup(_request, panels):
    panels.append(BackupPanel())


hooks.register(TODO_HOOK, todo_items, order=60)
