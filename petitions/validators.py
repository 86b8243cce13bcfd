from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def read_goal_steps(text: str) -> list[int]:
    """The numbers of a goal list such as "1000, 5000". Raises ValueError on anything else."""
    return [int(part.replace(" ", "")) for part in text.split(",") if part.strip()]


def validate_goal_steps(text: str) -> None:
    """Refuse what is not a rising list of whole numbers."""
    try:
        steps = read_goal_steps(text)
    except ValueError:
        steps = []
    if not steps or steps[0] < 1 or any(a >= b for a, b in zip(steps, steps[1:], strict=False)):
        raise ValidationError(
            _("Write rising whole numbers with commas between, for example 1000, 5000, 20000.")
        )
