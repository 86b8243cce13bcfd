"""Who registered for the forum, and what the bank printed. All people are invented."""

# Names on one registration, their organisation, and what became of it.
PEOPLE = (
    (("한가람",), "가온돌봄협동조합", "waiting"),
    (("두나래",), "이음사회적금융", "waiting"),
    (("민들레",), "", "waiting"),
    (("성바다",), "", "waiting"),
    (("오솔길", "오하늘", "오누리"), "한빛협동조합연합회", "waiting"),
    (("남궁아람",), "두레돌봄네트워크", "waiting"),
    (("정다운",), "", "waiting"),
    (("차오름",), "", "paid"),
    (("고은별",), "강나루지역회의", "paid"),
    (("나무늘",), "", "paid"),
    (("최다울",), "가상부처", "speaker"),
    (("문채움",), "", "cancelled"),
    (("유한솔",), "", "refund"),
    (("배꽃님",), "", "lapsed"),
    (("하늘봄",), "", "cash"),
    (("서라온",), "", "returned"),
)

# What came to the bank long ago: nobody's fee, and nobody knows whose.
DUES = ("한빛협동조합 회비", 100_000)
LONG_AGO = ("이름모름", 7_000)

# Exact, the name alone, another word, the family pays, one for three, too little, nothing of ours.
DEPOSITS = (
    ("토론회한가람", 20_000),
    ("두나래", 20_000),
    ("민들레 포럼", 20_000),
    ("성하늘", 20_000),
    ("한빛협동조합", 60_000),
    ("토론회남궁아", 20_000),
    ("정다운", 15_000),
    ("토론회차오름", 20_000),
    ("가온상사", 350_000),
)

STATEMENT_HEAD = """거래내역조회,,,,,,,,
계좌번호 : 000-12-345678,,,,,,,,
예금주 : 사회적경제연대회의,,,,,,,,
,,,,,,,,
거래일시,적요,보낸분/받는분,송금메모,출금액,입금액,잔액,거래점,구분
"""
