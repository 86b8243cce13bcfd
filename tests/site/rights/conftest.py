import pytest
from django.utils import timezone

from petitions import services as petitions
from petitions.models import Signature
from rights.registry import (
    Basis,
    DataSet,
    Erasure,
    Fact,
    Holding,
    _data_sets,
    register_data_set,
)
from rights.services import remember_mailbox
from rights.tokens import mint_my_token, my_path
from tests.factories.kept_by_law import registered_payments
from tests.petitions.citizen import EMAIL, cleaned


@pytest.fixture
def signature(petition_page):
    """A confirmed signature with a comment and a name that shows."""
    state = petitions.petition_state("campaigns/basic-act/petition")
    values = cleaned(comment="한마디", name_display="surname", consent_news=True)
    attempt = petitions.sign_petition(state, values)
    petitions.confirm_signature(attempt.public_id)
    petitions.fold_counts()
    return Signature.objects.get()


@pytest.fixture
def token(db):
    """The secret of a link in the signer's mailbox."""
    return mint_my_token(remember_mailbox(EMAIL))


@pytest.fixture
def mine(token):
    """The address of the page behind that link."""
    return my_path(token)


@pytest.fixture
def row(mine, signature):
    """Where the pages about the signature begin."""
    return f"{mine}petitions.signatures/{signature.public_id}/"


@pytest.fixture
def ledger():
    """A data set of another tool that can be neither corrected nor erased at once."""
    fact = Fact("sum", "금액", "20,000원")
    rows = [Holding("7", "참가비 입금", timezone.now(), [fact], erasure=Erasure.BY_STAFF)]

    def find(address):
        return rows if address == EMAIL else []

    data_set = DataSet(
        name="tests.ledger",
        label="참가비",
        purpose="정산",
        items="금액",
        basis=Basis.LAW,
        people="참가자",
        find=find,
    )
    register_data_set(data_set)
    yield rows

    del _data_sets["tests.ledger"]


@pytest.fixture
def payments(db):
    """A tool whose rows a law wants kept."""
    with registered_payments() as tool:
        yield tool
