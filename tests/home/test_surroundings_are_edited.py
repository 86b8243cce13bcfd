"""An editor changes what stands around every page: menu, footer, alert, contact cards."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    streamfield,
)

from home.models import Contact
from home.publishing import forget_everything
from tests.factories.accounts import UserFactory
from tests.factories.home import StandardPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def editor(client, home_page):
    client.force_login(UserFactory(role="편집자"))
    return client


@pytest.fixture
def about(home_page):
    page = StandardPageFactory(parent=home_page, title="연대회의 소개")
    page.save_revision().publish()
    return page


def settings_of(model):
    site = Site.objects.get(is_default_site=True)
    return reverse("wagtailsettings:edit", args=["home", model, site.pk])


def filled(editor, address):
    """What the form on this page would send, untouched."""
    soup = BeautifulSoup(editor.get(address).content, "html.parser")
    form = soup.select_one("main form:has([name=csrfmiddlewaretoken])")
    data = {}
    for field in form.select("input[name], textarea[name]"):
        if field.get("type") not in ("checkbox", "radio", "file", "submit") or field.has_attr(
            "checked"
        ):
            data[field["name"]] = field.get("value", field.text.lstrip("\n"))
    for field in form.select("select[name]"):
        chosen = field.select_one("option[selected]")
        data[field["name"]] = chosen["value"] if chosen else ""
    return data


def link(page, label):
    return {"page": page.pk, "url": "", "label": label}


def test_menu_and_footer(editor, client, about):
    address = settings_of("sitesettings")
    told = nested_form_data(
        {
            "organisation_name": "가온 연대회의",
            "phone": "02-000-0000",
            "footer_links": streamfield([("link", link(about, "이용 안내"))]),
            "election_days": streamfield([]),
            "menu_items": inline_formset(
                [
                    {
                        "label": "소개",
                        "page": about.pk,
                        "links": streamfield([("link", link(about, "걸어온 길"))]),
                    }
                ]
            ),
        }
    )
    response = editor.post(address, {**filled(editor, address), **told})
    assert response.status_code == 302, response.context["form"].errors
    forget_everything()
    client.logout()

    page = BeautifulSoup(client.get(about.url).content, "html.parser")

    assert (
        page.select_one(".site-menu--wide a", string="소개")
        or "소개" in page.select_one(".site-menu--wide").text
    )
    footer = page.select_one("footer").text
    for words in ("가온 연대회의", "02-000-0000", "이용 안내", "걸어온 길"):
        assert words in footer, words


def test_alert_above_every_page(editor, client, about):
    address = settings_of("sitealert")
    told = {
        "text": "오늘 자정까지 모입니다.",
        "kind": "urgent",
        "page": about.pk,
        "link_label": "보기",
    }
    response = editor.post(address, {**filled(editor, address), **told})
    assert response.status_code == 302, response.context["form"].errors
    forget_everything()
    client.logout()

    alert = BeautifulSoup(client.get(about.url).content, "html.parser").select_one(".site-alert")

    assert "오늘 자정까지 모입니다." in alert.text
    assert alert.select_one("a")["href"] == about.url


def test_contact_card(editor):
    name = "한마루"
    add = reverse(Contact.snippet_viewset.get_url_name("add"))
    told = {"name": name, "role": "정책 담당", "email": "policy@yeondae.example"}
    assert editor.post(add, {**filled(editor, add), **told}).status_code == 302
    contact = Contact.objects.get(name=name)
    edit = reverse(Contact.snippet_viewset.get_url_name("edit"), args=[contact.pk])

    assert editor.post(edit, {**filled(editor, edit), "name": "새마루"}).status_code == 302

    contact.refresh_from_db()
    assert contact.name == "새마루"
    assert contact.email == "policy@yeondae.example"
