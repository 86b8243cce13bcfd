import pytest

from home.forms import FilterForm

pytestmark = pytest.mark.unit

FACETS = {
    "kind": [],
    "year": [("2026", "2026년"), ("2025", "2025년")],
    "theme": [("care", "돌봄")],
}


def test_only_filters_with_values_are_offered():
    assert list(FilterForm({}, FACETS).fields) == ["year", "theme"]


def test_nothing_chosen_narrows_nothing():
    form = FilterForm({}, FACETS)

    assert form.chosen == {}
    assert not form.refused


def test_what_occurs_is_chosen():
    form = FilterForm({"year": "2025", "theme": "care"}, FACETS)

    assert form.chosen == {"year": "2025", "theme": "care"}
    assert not form.refused


@pytest.mark.parametrize("bad", ["1999", "'; drop table", "2025 ", "\x00", "스물"])
def test_what_does_not_occur_is_left_out_and_the_others_hold(bad):
    form = FilterForm({"year": bad, "theme": "care", "page": "x"}, FACETS)

    assert form.chosen == {"theme": "care"}
    assert form.refused


def test_a_filter_that_the_list_has_not_is_left_out_too():
    form = FilterForm({"region": "11"}, FACETS)

    assert form.chosen == {}
    assert form.refused
