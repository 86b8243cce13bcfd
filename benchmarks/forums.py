"""Forums to register for: free of charge and to be paid without a limit of seats, and a full one.

What is sold out in the benchmark of contention gets its capacity there.
"""

from home.models import HomePage
from tests.factories.forums import ForumPageFactory

FORUMS = {
    "forum-free": {"fee_krw": 0, "capacity": None},
    "forum-paid": {"fee_krw": 20_000, "capacity": None},
    "forum-sold": {"fee_krw": 0, "capacity": 1},
}


def make_forums() -> None:
    home = HomePage.objects.get()
    for slug, first in FORUMS.items():
        ForumPageFactory(parent=home, alone=True, first={**first, "meal": ""}, slug=slug)
