import pytest

from payments.gateways.bank_statements.cells import read_amount, read_moment

pytestmark = [pytest.mark.unit]


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("20,000", 20_000),
        ("20000", 20_000),
        ("20,000원", 20_000),
        (" 20,000 원 ", 20_000),
        ("₩20,000", 20_000),
        ("\\20,000", 20_000),
        ("+20,000", 20_000),
        ("1,234,567.00", 1_234_567),
        ("２０，０００", 20_000),
        ("0", 0),
        ("", None),
        ("  ", None),
        ("-", None),
        ("－", None),
        ("(5,000)", -5_000),
        ("-5,000", -5_000),
        ("−5,000", -5_000),
        ("△5,000", -5_000),
        ("▲ 5,000원", -5_000),
    ],
)
def test_amount_is_read_as_a_person_reads_it(printed, amount):
    assert read_amount(printed) == amount


@pytest.mark.parametrize(
    "printed",
    [
        "20.000",
        "20,00",
        "2,0000",
        "20,000.5",
        "(-5,000)",
        "--5,000",
        "2만원",
        "이만원",
        "20,000 / 5,000",
        "=D5+E5",
        "#REF!",
        "1E+05",
        "20,000 USD",
        "١٢٣",
        "1234567890123456",
        "N/A",
        "(5,000",
    ],
)
def test_anything_else_in_an_amount_is_refused(printed):
    with pytest.raises(ValueError, match="not an amount"):
        read_amount(printed)


@pytest.mark.parametrize(
    ("printed", "moment", "has_time"),
    [
        ("2025.06.02 08:33:28", "2025-06-02T08:33:28+09:00", True),
        ("2025-6-2 8:33", "2025-06-02T08:33:00+09:00", True),
        ("2025/06/02 오후 3:00", "2025-06-02T15:00:00+09:00", True),
        ("2025. 6. 2. 오전 12:05:09", "2025-06-02T00:05:09+09:00", True),
        ("2025-06-02 12:00:00 PM", "2025-06-02T12:00:00+09:00", True),
        ("2025-06-02 01:05:00 pm", "2025-06-02T13:05:00+09:00", True),
        ("2025년 6월 2일 15시 30분 05초", "2025-06-02T15:30:05+09:00", True),
        ("2025년 6월 2일 15시 30분", "2025-06-02T15:30:00+09:00", True),
        ("2025-06-02T08:33:28.0", "2025-06-02T08:33:28+09:00", True),
        ("2025.06.02 (월) 08:33", "2025-06-02T08:33:00+09:00", True),
        ("20260610", "2026-06-10T00:00:00+09:00", False),
        ("20260610083328", "2026-06-10T08:33:28+09:00", True),
        ("20260610 0833", "2026-06-10T08:33:00+09:00", True),
        ("2026.06.03", "2026-06-03T00:00:00+09:00", False),
        ("2026.06.03 ", "2026-06-03T00:00:00+09:00", False),
    ],
)
def test_moment_is_read_as_a_person_reads_it(printed, moment, has_time):
    read, is_told = read_moment(printed)

    assert (read.isoformat(), is_told) == (moment, has_time)


@pytest.mark.parametrize(
    "printed",
    [
        "2025.02.30",
        "2025.13.01",
        "2025.06.02 25:00",
        "2025.06.02 오후 13:00",
        "2025.06.02 오전 0:30",
        "2025.06.02 오후 3:00 PM",
        "2025.06.02 08:3",
        "2025.06.02 8:123",
        "2025.06.0208:33:28",
        "02.06.2025",
        "06/02/2025",
        "25.06.02",
        "2025.06",
        "45810.3565",
        "어제",
        "",
    ],
)
def test_impossible_or_doubtful_moments_are_refused(printed):
    with pytest.raises(ValueError, match=r".+"):
        read_moment(printed)
