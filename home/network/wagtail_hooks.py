from wagtail import hooks

from .viewsets import RegionViewSet

regions = RegionViewSet()


@hooks.register("register_admin_viewset")
def list_regions():
    return regions
