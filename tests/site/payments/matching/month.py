"""A month of deposits for one forum, with what each is really for. Everybody is invented."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from payments.matching import DepositView, OpenPayment

SURNAMES = "김이박최정강조윤장임한오서신권황안송류전"
FIRST = "민서지현은영수진하준우도연유나채원태경희정호성미란"
ORGANISATIONS = [
    f"{place}{kind}"
    for place in ("한밭", "너른들", "샛별", "가온", "두레", "아름", "솔내", "다온")
    for kind in ("마을연합", "일터", "생협", "자활센터", "나눔재단", "돌봄사회적협동조합")
]
LONG_ORGANISATIONS = [
    f"{place}사회적경제지원센터협의회" for place in ("가람", "누리", "미리내", "아라")
]
START = datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Asia/Seoul"))
FEE = 20_000
# Of each kind of payer so many; those above the line can be told for sure.
KINDS = {
    "plain": 150,
    "word_before": 90,
    "word_after": 40,
    "spaced": 40,
    "phone_digits": 25,
    "family_announced": 45,
    "organisation": 35,
    "one_for_three": 20,
    "namesakes_with_digits": 10,
    # ----
    "namesakes": 8,
    "family": 9,
    "cut_off": 6,
    "short": 5,
    "over": 5,
    "late": 3,
    "paid_twice": 4,
    "unrelated": 5,
}


class Month:
    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311  # a fixed month, no secret
        self.payments, self.deposits, self.truth, self.kinds = [], [], {}, {}
        self.used = set()
        for kind, count in KINDS.items():
            for number in range(count):
                getattr(self, kind)(number)
        for _ in range(40):  # people who never pay
            self.opened(self.person())
        self.random.shuffle(self.deposits)
        self.random.shuffle(self.payments)

    def person(self):
        while True:
            name = self.random.choice(SURNAMES) + "".join(self.random.sample(FIRST, 2))
            if name not in self.used:
                self.used.add(name)
                return name

    def moment(self):
        return START + timedelta(seconds=self.random.randrange(21 * 86_400))

    def opened(self, name, *, amount=FEE, organisation="", announced="", at=None, tail=""):
        key = f"P{len(self.payments)}"
        at = at or self.moment()
        tail = tail or f"{self.random.randrange(10_000):04}"
        due = START + timedelta(days=30)
        words = ("포럼", "토론회")
        self.payments.append(
            OpenPayment(
                key, amount, (name,), organisation, announced, words, tail, at, due, "forum"
            )
        )
        return self.payments[-1]

    def paid(self, kind, name, payments, amount=None, *, at=None):
        key = f"D{len(self.deposits)}"
        amount = amount or sum(payment.amount_krw for payment in payments)
        # Most pay within the hour, some within days.
        delay = self.random.expovariate(1 / 2_400) if self.random.random() < 0.9 else 90_000
        last = max((payment.opened_at for payment in payments), default=self.moment())
        at = at or last + timedelta(seconds=20 + delay)
        self.deposits.append(DepositView(key, at, amount, name))
        self.truth[key] = {payment.key for payment in payments}
        self.kinds[key] = kind

    def plain(self, _):
        name = self.person()
        self.paid("plain", name, [self.opened(name)])

    def word_before(self, number):
        name = self.person()
        self.paid("word_before", ("포럼", "토론회 ")[number % 2] + name, [self.opened(name)])

    def word_after(self, number):
        name = self.person()
        self.paid("word_after", name + (" 포럼", "토론회")[number % 2], [self.opened(name)])

    def spaced(self, _):
        name = self.person()
        self.paid("spaced", " ".join(name), [self.opened(name)])

    def phone_digits(self, number):
        name, payment = self.person(), None
        payment = self.opened(name)
        tail = payment.phone_tail[-4 if number % 2 else -2 :]
        self.paid("phone_digits", name + tail, [payment])

    def family_announced(self, _):
        payer = self.person()
        self.paid("family_announced", payer, [self.opened(self.person(), announced=payer)])

    def organisation(self, number):
        name = ORGANISATIONS[number]
        payment = self.opened(self.person(), organisation=f"사단법인 {name}")
        printed = (f"(주){name}", f"(사){name}", f"㈜{name}", f"포럼{name}", name)[number % 5]
        self.paid("organisation", printed, [payment])

    def one_for_three(self, number):
        payer, at = self.person(), self.moment()
        if number < 10:
            payer = ORGANISATIONS[35 + number]
            named = {"organisation": payer}
        else:
            named = {"announced": payer}
        orders = [
            self.opened(self.person(), at=at + timedelta(minutes=5 * step), **named)
            for step in range(3)
        ]
        self.paid("one_for_three", payer, orders)

    def namesakes_with_digits(self, number):
        if number % 2:
            return
        name = self.person()
        for tail in ("1234", "8765"):
            payment = self.opened(name, tail=tail)
            self.paid("namesakes_with_digits", f"포럼{name}{tail[-2:]}", [payment])

    def namesakes(self, number):
        if number % 2:
            return
        name = self.person()
        for _ in range(2):
            self.paid("namesakes", name, [self.opened(name)])

    def family(self, number):
        child = self.person()
        payer = (child[0] if number % 2 else "") + self.person()[1:]
        self.paid("family", payer, [self.opened(child)])

    def cut_off(self, number):
        name = LONG_ORGANISATIONS[number % 4] + ("" if number < 4 else "본부")
        payment = self.opened(self.person(), organisation=name)
        self.paid("cut_off", name[: 7 + number], [payment])

    def short(self, _):
        name = self.person()
        self.paid("short", f"포럼{name}", [self.opened(name)], 15_000)

    def over(self, _):
        name = self.person()
        self.paid("over", name, [self.opened(name)], 30_000)

    def late(self, _):
        name = self.person()
        self.paid("late", name, [self.opened(name)], at=START + timedelta(days=31))

    def paid_twice(self, number):
        if number % 2:
            return
        name = self.person()
        payment = self.opened(name)
        self.paid("paid_twice", name, [payment])
        self.paid("paid_twice", name, [payment])

    def unrelated(self, number):
        amount = (20_000, 13_000, 500_000, 20_000, 7_700)[number]
        self.paid("unrelated", ("전기요금", "회비", "보조금", "중고책", "문구")[number], [], amount)
