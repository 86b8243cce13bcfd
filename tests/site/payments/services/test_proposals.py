import pytest

from payments.services.proposals import propose, waiting_deposits
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
