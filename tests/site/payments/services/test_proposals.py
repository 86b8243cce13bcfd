import pytest

from payments.models import Match
from payments.services import undo_match
from payments.services.proposals import match_automatically, propose, waiting_deposits
from tests.factories.payments import BankAccountFactory, DepositFactory, PaymentFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("memo", "decision"), [("", "automatic"), ("포럼 박순이", "automatic"), ("홍길동", "suggest")]
)
def test_memo_that_names_somebody_else_is_left_to_a_person(things, memo, decision):
    account = BankAccountFactory()
    for name in ("박순이", "홍길동"):
        things.name(PaymentFactory(account=account), name, words=("포럼",))
    DepositFactory(account=account, name="박순이", memo=memo, amount_krw=20_000)

    (proposal,) = propose(account, waiting_deposits(account))

    assert (proposal.decision, len(proposal.targets)) == (decision, 1)


def test_what_a_person_parted_is_not_matched_by_itself_again(things, treasurer):
    account = BankAccountFactory()
    things.name(PaymentFactory(account=account), "박순이", words=("포럼",))
    DepositFactory(account=account, name="포럼 박순이", amount_krw=20_000)
    assert match_automatically(account) == 1
    undo_match(Match.objects.get(), user=treasurer)

    assert match_automatically(account) == 0

    assert things.settled == set()
    assert not Match.objects.filter(undone_at=None).exists()
