import pytest

from petitions import emails, services
from tests.petitions.citizen import attempt_key

from .conftest import PETITION

pytestmark = pytest.mark.integration


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize(
    ("state_of_row", "times"),
    [("unconfirmed", 50), ("confirmed", 50), ("withdrawn", 3), ("invalidated", 3)],
)
def test_opening_every_link_of_every_mail_fifty_times_changes_nothing(
    client, signature, petition_page, rows, state_of_row, times
):
    mails = [emails.answer_sign_attempt(attempt_key(petition_page))]
    if state_of_row != "unconfirmed":
        services.confirm_signature(signature.public_id)
        mails.append(emails.answer_sign_attempt(attempt_key(petition_page)))
        mails.append(emails.thank_signer(str(signature.public_id)))
    if state_of_row == "withdrawn":
        services.withdraw_signature(signature.public_id)
    if state_of_row == "invalidated":
        services.invalidate_signature(signature.public_id, actor="1", reason="중복")
    mailed = {address for mail in mails for address in links_of(mail)}
    below = {f"{a}{end}" for a in mailed if "/t/s/" in a for end in BELOW_SIGNER}
    assert len(mailed | below) >= (3 if state_of_row == "unconfirmed" else 14)
    opened = dict.fromkeys(mailed, times) | dict.fromkeys(below, 3)  # No mail links below.
    before = rows()

    for address, often in sorted(opened.items()):
        for time in range(often):
            (client.head if time % 2 else client.get)(address)

    assert rows() == before


BELOW_SIGNER = ("certificate/", "withdraw/", "not-mine/")


def links_of(mail):
    words = mail.text.split() + mail.html.replace('"', " ").split()
    return {
        word.removeprefix("http://testserver")
        for word in words
        if word.startswith("http://testserver/")
    } | {PETITION}


def test_no_link_of_a_mail_names_its_owner(signature, petition_page):
    mail = emails.answer_sign_attempt(attempt_key(petition_page))

    for address in links_of(mail):
        assert str(signature.public_id) not in address
        assert signature.reference not in address
        assert "garam" not in address
