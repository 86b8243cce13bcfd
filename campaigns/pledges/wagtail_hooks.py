from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup

from desk.panels import TODO_HOOK

from . import views
from .panels import (
    ElectionLawPanel,
    agreement_items,
    contact_items,
    demand_items,
    law_items,
    seal_items,
)
from .views import (
    asking,
    contact_lists,
    demands,
    law,
    law_steps,
    letters,
    outreach,
    papers,
    takedowns,
)
from .viewsets import (
    AgreementViewSet,
    CandidacyViewSet,
    DelegationViewSet,
    DemandSetViewSet,
    ElectionViewSet,
    ResponseViewSet,
)


class PledgesViewSetGroup(ModelViewSetGroup):
    items = (
        *(ElectionViewSet, CandidacyViewSet, DemandSetViewSet),
        *(ResponseViewSet, DelegationViewSet, AgreementViewSet),
    )
    menu_label = pgettext_lazy("admin menu", "Elections and candidates")
    menu_name = "pledges"
    menu_icon = "list-ul"
    menu_order = 130

    def get_submenu_items(self):
        url = reverse("pledges_law")
        item = LawMenuItem(_("Election law"), url, name="election-law", icon_name="lock", order=90)
        return [*super().get_submenu_items(), item]


class LawMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(law.VIEW)


hooks.register(TODO_HOOK, law_items, order=4)
hooks.register(TODO_HOOK, agreement_items, order=5)
hooks.register(TODO_HOOK, demand_items, order=6)
hooks.register(TODO_HOOK, contact_items, order=7)
hooks.register(TODO_HOOK, seal_items, order=8)


@hooks.register("construct_homepage_panels")
def warn_before_elections(_request, panels):
    panels.append(ElectionLawPanel())


@hooks.register("register_admin_urls")
def open_election_law():
    one = "elections/<int:pk>/law/"
    takedown = f"{one}takedowns/<uuid:public_id>/"
    return [
        path("elections/law/", law.find_law, name="pledges_law"),
        path(one, law.show_law, name="pledges_law_of"),
        path(f"{one}papers.zip", law.download_package, name="pledges_law_package"),
        path(f"{one}inquiries/", law_steps.ask_commission, name="pledges_law_ask"),
        path(
            f"{one}inquiries/<int:key>/answer/",
            law_steps.answer_inquiry,
            name="pledges_law_answer",
        ),
        path(f"{one}override/", law_steps.override, name="pledges_law_override"),
        path(f"{one}release/", law_steps.release, name="pledges_law_release"),
        path(f"{one}approvals/", law_steps.ask_for_approval, name="pledges_law_ask_approval"),
        path(f"{one}approvals/<int:key>/", law_steps.decide, name="pledges_law_decide"),
        path(f"{one}hosts/", law_steps.add_host, name="pledges_law_add_host"),
        path(
            f"{one}hosts/<int:key>/remove/", law_steps.remove_host, name="pledges_law_remove_host"
        ),
        path(f"{one}takedowns/new/", takedowns.take_down, name="pledges_take_down"),
        path(takedown, takedowns.show_takedown, name="pledges_takedown"),
        path(f"{takedown}tell/", takedowns.tell, name="pledges_takedown_tell"),
        path(f"{takedown}object/", takedowns.object_to, name="pledges_takedown_object"),
        path(f"{takedown}decide/", takedowns.decide, name="pledges_takedown_decide"),
    ]


@hooks.register("register_admin_viewset")
def list_pledges():
    return PledgesViewSetGroup()


@hooks.register("register_admin_urls")
def open_elections():
    one, a_list = "elections/<int:pk>/", "candidate-lists/<uuid:public_id>/"
    return [
        *_demand_urls(),
        path("outreach/<int:pk>/", outreach.show_outreach, name="pledges_outreach"),
        path("outreach/<int:pk>/ask/", outreach.ask_all, name="pledges_ask_all"),
        path(
            "outreach/respondents/<uuid:public_id>/",
            outreach.show_respondent,
            name="pledges_respondent",
        ),
        *_contact_urls(),
        path("outreach/<int:pk>/letters/", letters.print_all, name="pledges_letters"),
        path(
            "outreach/respondents/<uuid:public_id>/letter/",
            letters.print_one,
            name="pledges_letter",
        ),
        path(f"{one}round/", asking.edit_round, name="pledges_round"),
        path(f"{one}regions/", asking.show_regions, name="pledges_regions"),
        path(f"{one}parties/new/", asking.add_party, name="pledges_add_party"),
        path(
            f"{one}parties/<uuid:public_id>/remove/",
            asking.remove_party,
            name="pledges_remove_party",
        ),
        path(f"{one}sheet/", views.show_election, name="pledges_election"),
        path(f"{one}lists/", views.upload_list, name="pledges_upload"),
        path(f"{one}contests/new/", views.open_contest, name="pledges_open_contest"),
        path(f"{one}contests/<int:key>/", views.edit_contest, name="pledges_contest"),
        path(a_list, views.show_list, name="pledges_list"),
        path(f"{a_list}apply/", views.apply_list, name="pledges_apply"),
        path(f"{a_list}discard/", views.discard_list, name="pledges_discard"),
    ]


def _contact_urls():
    one = "outreach/contact-lists/<uuid:public_id>/"
    return [
        path(
            "outreach/<int:pk>/contact-lists/",
            contact_lists.upload_contacts,
            name="pledges_upload_contacts",
        ),
        path(one, contact_lists.show_contacts, name="pledges_contacts"),
        path(f"{one}apply/", contact_lists.apply_contacts, name="pledges_apply_contacts"),
        path(f"{one}discard/", contact_lists.discard_contacts, name="pledges_discard_contacts"),
    ]


def _demand_urls():
    sets = "demand-sets/"
    version = f"{sets}<int:pk>/versions/<int:number>/"
    demand = f"{version}demands/<uuid:key>/"
    return [
        path(f"{sets}new/", demands.new_demand_set, name="pledges_new_demands"),
        path(f"{sets}<int:pk>/", demands.show_demands, name="pledges_demands"),
        path(f"{sets}<int:pk>/begin/", demands.begin_version, name="pledges_begin_version"),
        path(version, demands.show_demands, name="pledges_demands_version"),
        path(f"{version}preview/", demands.preview_demands, name="pledges_demands_preview"),
        path(f"{version}publish/", demands.publish_demands, name="pledges_demands_publish"),
        path(f"{version}demands/new/", demands.write_demand, name="pledges_demand_new"),
        path(demand, demands.write_demand, name="pledges_demand"),
        path(f"{demand}<slug:step>/", demands.move_demand, name="pledges_demand_step"),
        path(f"{version}<slug:step>/", demands.move_version, name="pledges_demands_step"),
    ]


@hooks.register("register_admin_urls")
def open_countersigning():
    batch = "agreements/batches/<uuid:public_id>/"
    return [
        path("elections/<int:pk>/ceremony/", views.open_ceremony, name="pledges_ceremony"),
        path("ceremony/<uuid:public_id>/", views.receive, name="pledges_receive"),
        path("agreements/countersign/", views.choose_agreements, name="pledges_countersign"),
        path(batch, views.show_batch, name="pledges_batch"),
        path(f"{batch}sign/", views.sign_batch, name="pledges_sign_batch"),
    ]


@hooks.register("register_admin_urls")
def open_papers():
    one = "papers/<uuid:public_id>/"
    return [
        path("papers/", papers.list_papers, name="pledges_papers"),
        path("papers/new/<uuid:public_id>/", papers.enter, name="pledges_enter_paper"),
        path(one, papers.show_paper, name="pledges_paper"),
        path(f"{one}scan/", papers.download_scan, name="pledges_scan"),
        path(f"{one}decide/", papers.decide_paper, name="pledges_decide_paper"),
    ]
