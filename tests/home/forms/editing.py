"""What a browser sends from the editor of a page."""

from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

STREAMS = ("body", "files", "sections", "versions", "asks", "questions", "toolkit", "milestones")


def add_address(model, parent):
    return f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{parent.pk}/"


def typed(browser, address, **changes):
    """What the browser posts after an editor changed some fields; blocks are left out."""
    html = browser.get(address).content.decode()
    fields = querydict_from_html(html, form_id="page-edit-form").dict()
    fields |= nested_form_data({name: streamfield([]) for name in STREAMS})
    return fields | changes


def save(browser, address, action="", **changes):
    extra = {action: action} if action else {}
    return browser.post(address, typed(browser, address, **changes) | extra)


def errors_of(response):
    return response.context["form"].errors if response.context else {}
