"""The command ``load_regions``."""

import pytest
from django.core.management import CommandError, call_command

from home.network.models import Region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def run(capsys, *arguments):
    call_command("load_regions", *arguments)
    return capsys.readouterr().out.splitlines()


def test_command_tells_what_happened(capsys):
    Region.objects.filter(code="28177").delete()

    first, second = run(capsys), run(capsys)

    assert first == [
        "added: 28177 미추홀구 since 2018-07-01",
        "changed: 28170 남구 since 1948-08-15",
        "1 added, 1 changed, 352 unchanged, 0 not in the file (kept).",
    ]
    assert second == ["0 added, 0 changed, 354 unchanged, 0 not in the file (kept)."]


def test_check_only_tells(capsys):
    Region.objects.filter(code="28177").delete()

    lines = run(capsys, "--check")

    assert lines[0] == "added: 28177 미추홀구 since 2018-07-01"
    assert not Region.objects.filter(code="28177").exists()


def test_bad_file_is_told_with_its_line(tmp_path):
    path = tmp_path / "regions.csv"
    path.write_text("code\n11\n", encoding="utf-8")

    with pytest.raises(CommandError, match="regions.csv, line 1: the columns must be code, kind"):
        call_command("load_regions", file=path)
