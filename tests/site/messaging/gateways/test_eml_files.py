import re
from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMultiAlternatives

from messaging.gateways.eml_files import EmailBackend


@pytest.fixture
def mail():
    mail = EmailMultiAlternatives(
        "서명을 확인해 주세요",
        "본문입니다.\n",
        "연대 <no-reply@yeondae.example>",
        ["garam@mail.example"],
        headers={"Message-ID": "<1f2e3d4c-aaaa@yeondae.example>"},
    )
    mail.attach_alternative("<p>본문입니다.</p>", "text/html")
    return mail


def test_each_mail_is_a_file_that_mail_programs_open(tmp_path, mail, clock):
    backend = EmailBackend(file_path=str(tmp_path / "deep" / "mail"))

    assert backend.send_messages([mail]) == 1

    files = list((tmp_path / "deep" / "mail").iterdir())
    assert [file.name for file in files] == ["20261124-120000-000000-1f2e3d4c.eml"]
    raw = files[0].read_bytes()
    assert not re.search(rb"(?<!\r)\n", raw)
    read = message_from_bytes(raw, policy=policy.default)
    assert read["Subject"] == "서명을 확인해 주세요"
    assert read["From"] == "연대 <no-reply@yeondae.example>"
    assert read.get_body(("plain",)).get_content() == "본문입니다.\r\n"
    assert read.get_body(("html",)).get_content().strip() == "<p>본문입니다.</p>"


def test_mails_of_one_moment_have_a_file_each(tmp_path, mail, clock):
    backend = EmailBackend(file_path=str(tmp_path))
    mail.extra_headers["Message-ID"] = "<aaaaaaaa-1@yeondae.example>"
    backend.send_messages([mail])
    mail.extra_headers["Message-ID"] = "<bbbbbbbb-1@yeondae.example>"
    backend.send_messages([mail])

    assert len(list(tmp_path.iterdir())) == 2


def test_no_message_id_leads_out_of_the_folder(tmp_path, mail):
    mail.extra_headers["Message-ID"] = "<../../../etc/passwd>"

    EmailBackend(file_path=str(tmp_path / "mail")).send_messages([mail])

    assert [file.name.rpartition("-")[2] for file in (tmp_path / "mail").iterdir()] == [
        "etcpassw.eml"
    ]


def test_the_folder_is_that_of_the_settings(settings, tmp_path, mail):
    settings.EMAIL_FILE_PATH = str(tmp_path / "var" / "mail")

    EmailBackend().send_messages([mail])

    assert len(list((tmp_path / "var" / "mail").glob("*.eml"))) == 1


def test_no_mail_is_no_file(tmp_path):
    assert EmailBackend(file_path=str(tmp_path / "mail")).send_messages([]) == 0
