import pytest

from privacy.masking import mail_provider, mask_email, mask_name, surname_only


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("", ""),
        ("홍", "홍*"),
        ("홍동", "홍*"),
        ("홍길동", "홍*동"),
        ("남궁민수", "남**수"),
        ("Garam Kim", "G***"),
        ("A", "A***"),
    ],
)
def test_staff_see_a_masked_name(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("yeondae@naver.com", "yeo****@naver.com"),
        ("garam@naver.com", "ga****@naver.com"),
        ("ab@naver.com", "a****@naver.com"),
        ("a@naver.com", "****@naver.com"),
        ("longlonglong@naver.com", "lon****@naver.com"),
    ],
)
def test_staff_see_a_masked_address(email, masked):
    assert mask_email(email) == masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("김가람", "김○○"),
        ("김솔", "김○○"),
        ("남궁민", "남궁○○"),
        ("황보", "황○○"),
        ("제갈공명", "제갈○○"),
        ("Kim", "K○○"),
    ],
)
def test_strangers_see_a_family_name(name, shown):
    assert surname_only(name) == shown


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("a@naver.com", "네이버 메일"),
        ("a@HANMAIL.net", "다음 메일"),
        ("a@gmail.com", "Gmail"),
        ("naver.com@mail.example", None),
        ("a@naver.com.example", None),
    ],
)
def test_a_known_mailbox_can_be_opened(email, name):
    provider = mail_provider(email)

    assert (provider and provider.name) == name
