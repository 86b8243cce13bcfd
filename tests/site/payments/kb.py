"""KB's list of transactions, written by hand as the bank's site gives it out."""

from datetime import timedelta

from django.utils import timezone

HEAD = """국민은행 거래내역조회,,,,,,,,
계좌번호 : {number},,,,,,,,
조회기간 : 2026.11.01 ~ 2026.11.30,,,,,,,,
,,,,,,,,
거래일시,적요,보낸분/받는분,송금메모,출금액,입금액,잔액,거래점,구분
"""


def kb_file(account, *deposits, balance=1_000_000, encoding="cp949", first=None):
    """``deposits`` are (name, won), a minute apart from each other; newest last."""
    moment = first or timezone.now() - timedelta(hours=2)
    lines = []
    for number, (name, won) in enumerate(deposits):
        balance += won
        at = timezone.localtime(moment + timedelta(minutes=number)).strftime("%Y.%m.%d %H:%M:%S")
        paid, came = ("0", f'"{won:,}"') if won > 0 else (f'"{-won:,}"', "0")
        lines.append(f'{at},전자금융,{name},,{paid},{came},"{balance:,}",국민,\n')
    return (HEAD.format(number=account.number) + "".join(lines)).encode(encoding)
