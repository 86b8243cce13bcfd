import pytest
from django.core.exceptions import ValidationError

from petitions.validators import read_goal_steps, validate_goal_steps

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("500", [500]),
        ("1000, 5000,20000", [1000, 5000, 20000]),
        (" 1 000 , 5 000 ,", [1000, 5000]),
        ("１００, ２００", [100, 200]),
    ],
)
def test_goals_are_rising_numbers(text, steps):
    validate_goal_steps(text)

    assert read_goal_steps(text) == steps


@pytest.mark.parametrize(
    "text", ["", " , ", "천", "1000; 5000", "5000, 1000", "500, 500", "0, 10", "-5", "1.5", "1e3"]
)
def test_anything_else_is_no_list_of_goals(text):
    with pytest.raises(ValidationError):
        validate_goal_steps(text)
