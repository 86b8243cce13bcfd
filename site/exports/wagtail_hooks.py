from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .models import ExportJob
from .viewsets import ExportPolicy, ExportViewSet

register_permission_policy(ExportJob, ExportPolicy(ExportJob))
exports = ExportViewSet()


@hooks.register("register_admin_viewset")
def list_exports():
    return exports
