from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup

from .viewsets import BodyViewSet, MeetingViewSet, OrganisationViewSet, RegionViewSet


class NetworkViewSetGroup(ModelViewSetGroup):
    items = (OrganisationViewSet, BodyViewSet, MeetingViewSet)
    menu_label = pgettext_lazy("admin menu", "The coalition")
    menu_name = "network"
    menu_icon = "group"
    menu_order = 650


regions = RegionViewSet()


@hooks.register("register_admin_viewset")
def list_network():
    return NetworkViewSetGroup()


@hooks.register("register_admin_viewset")
def list_regions():
    return regions
