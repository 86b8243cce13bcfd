from django.urls import path
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup

from . import views
from .viewsets import CandidacyViewSet, ElectionViewSet


class PledgesViewSetGroup(ModelViewSetGroup):
    items = (ElectionViewSet, CandidacyViewSet)
    menu_label = pgettext_lazy("admin menu", "Elections and candidates")
    menu_name = "pledges"
    menu_icon = "list-ul"
    menu_order = 130


@hooks.register("register_admin_viewset")
def list_pledges():
    return PledgesViewSetGroup()


@hooks.register("register_admin_urls")
def open_elections():
    one, a_list = "elections/<int:pk>/", "candidate-lists/<uuid:public_id>/"
    return [
        path(f"{one}sheet/", views.show_election, name="pledges_election"),
        path(f"{one}lists/", views.upload_list, name="pledges_upload"),
        path(f"{one}contests/new/", views.open_contest, name="pledges_open_contest"),
        path(f"{one}contests/<int:key>/", views.edit_contest, name="pledges_contest"),
        path(a_list, views.show_list, name="pledges_list"),
        path(f"{a_list}apply/", views.apply_list, name="pledges_apply"),
        path(f"{a_list}discard/", views.discard_list, name="pledges_discard"),
    ]
