"""Whoever fills in a form is told in words what the database would refuse."""

from contextlib import suppress

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F, Q
from django.db.models.constraints import BaseConstraint
from django.forms import ModelForm
from django.urls import get_resolver
from wagtail.admin.viewsets import viewsets
from wagtail.models import Page

pytestmark = pytest.mark.integration

# One of their fields is refused before the constraint is asked.
SAID_BEFORE = {
    "forums_forum_closes_after_opening",
    "forums_session_ends_after_start",
    "petitions_petition_closes_after_opening",
    "pledges_override_is_named",
}


def test_no_form_names_a_constraint():
    nameless = BaseConstraint.default_violation_error_message
    found = {
        constraint.name
        for form in forms()
        for constraint in form._meta.model._meta.constraints
        if constraint.violation_error_message == nameless and is_asked(constraint, form)
    }

    assert found == SAID_BEFORE


def forms():
    """Every form that writes a row: of screens, snippets, pages and their parts."""
    pages = [model for model in apps.get_models() if issubclass(model, Page) and model is not Page]
    # Held, or they are gone before anybody has looked at them.
    made = [model.get_edit_handler().get_form_class() for model in pages]
    for viewset in viewsets.viewsets:
        with suppress(ImproperlyConfigured, AttributeError):
            made.append(viewset.get_form_class())
    get_resolver().reverse_dict  # noqa: B018 (it imports the views, and they their forms)
    return [form for form in {*made, *subclasses(ModelForm)} if form._meta.model]


def subclasses(form):
    for one in form.__subclasses__():
        yield one
        yield from subclasses(one)


def is_asked(constraint, form):
    """Django asks where the form has all its fields; what concerns one alone, that one refuses.

    Uniqueness of plain fields Django says in words.
    """
    expressions = getattr(constraint, "expressions", ())
    condition = getattr(constraint, "condition", None)
    if not expressions and condition is None:
        return False
    names = {*getattr(constraint, "fields", ())} | named_in([*expressions, condition or Q()])
    return names <= {*form.base_fields} and (bool(expressions) or len(names) > 1)


def named_in(parts):
    """The fields that expressions and conditions speak of."""
    names = set()
    for part in parts:
        if isinstance(part, F):
            names.add(part.name.split("__")[0])
        elif isinstance(part, tuple):
            names |= {part[0].split("__")[0]} | named_in([part[1]])
        elif isinstance(part, Q):
            names |= named_in(part.children)
        elif hasattr(part, "get_source_expressions"):
            names |= named_in(part.get_source_expressions())
    return names
