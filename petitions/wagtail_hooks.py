from wagtail import hooks

from .viewsets import ConfirmSelected, InvalidateSelected, SignatureViewSet, UndoSelected

signatures = SignatureViewSet()


@hooks.register("register_admin_viewset")
def list_signatures():
    return signatures


for action in (ConfirmSelected, InvalidateSelected, UndoSelected):
    hooks.register("register_bulk_action", action)
