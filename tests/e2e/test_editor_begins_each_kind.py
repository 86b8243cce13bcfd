"""The empty form of each kind of page, as the browser draws it."""

from wagtail.models import Page, get_page_models

from home.models import HomePage
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import CampaignPageFactory
from tests.factories.forums import ForumIndexPageFactory
from tests.factories.home import (
    HomePageFactory,
    NewsIndexPageFactory,
    OpEdIndexPageFactory,
    ReportIndexPageFactory,
    ResourceIndexPageFactory,
    StatementIndexPageFactory,
)

from .staff import OFFICE, come_in

LISTS = (
    *(NewsIndexPageFactory, StatementIndexPageFactory, ReportIndexPageFactory),
    *(OpEdIndexPageFactory, ResourceIndexPageFactory, ForumIndexPageFactory),
)
VALUES = """() => [...document.querySelectorAll("#page-edit-form :is(input, textarea, select)")]
    .map((field) => [field.name, field.value])"""


def test_no_field_of_a_new_page_says_undefined(open_page, home_page):
    addresses = where_each_kind_begins(home_page)
    office = open_page(OFFICE)
    come_in(office, UserFactory(administrator=True))

    found = {}
    for kind, address in addresses.items():
        office.goto(address)
        office.wait_for_load_state("networkidle")
        values = office.evaluate(VALUES)
        assert office.url.endswith(address)
        found[kind] = [name for name, value in values if value in ("undefined", "null", "None")]

    assert found == dict.fromkeys(found, [])


def where_each_kind_begins(home_page):
    """The form's address of every kind of page that can be made, below a page that may hold it."""
    for factory in LISTS:
        factory(parent=home_page)
    CampaignPageFactory(parent__parent=home_page)
    parents = {type(page): page for page in Page.objects.specific() if not page.is_root()}
    parents[HomePage] = HomePageFactory()  # There each list is still to be made.
    addresses = {}
    for model in get_page_models():
        if model in (Page, HomePage):  # There is one front page.
            continue
        above = next(parents[kind] for kind in model.allowed_parent_page_models())
        meta = model._meta
        addresses[meta.label] = f"/admin/pages/add/{meta.app_label}/{meta.model_name}/{above.pk}/"
    return addresses
