from types import SimpleNamespace

import pytest

from petitions.services import PetitionState
from petitions.views.petition import make_form
from privacy.defaults import CONSENTS
from privacy.models import ConsentDefinition, ConsentVersion
from tests.petitions import citizen

VERSION = "0123456789abcdef"


def typed(**changes):
    return citizen.typed(form_version=VERSION, **changes)


@pytest.fixture
def state():
    """A petition with the usual consents, as the form needs it; no database behind it."""
    consents = [_consent(fields) for fields in CONSENTS if fields["slug"] != "sensitive"]
    return PetitionState(
        page=SimpleNamespace(asks_comment=True),
        path="/petition/",
        revision_id=None,
        consents=tuple(enumerate(consents)),
        regions=(("11", "서울특별시"), ("26", "부산광역시")),
        region_ids={"11": 1, "26": 2},
    )


def _consent(fields):
    words = {name: value for name, value in fields.items() if name != "slug"}
    version = ConsentVersion(definition=ConsentDefinition(slug=fields["slug"]), **words)
    return version.render(petition="의결해 주십시오", recipients="국회의장", retention="6")


@pytest.fixture
def form(state):
    """Fills in the petition's form: ``form(name=…)``."""

    def fill(**changes):
        filled = make_form(state, typed(**changes))
        filled.is_valid()
        return filled

    return fill


def codes(form):
    """Every field with an error, and the kinds of error."""
    return {
        field: [error.code for error in errors] for field, errors in form.errors.as_data().items()
    }
