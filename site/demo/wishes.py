"""What fictional people ask about their data, so that the list and its clock can be seen."""

import uuid
from datetime import timedelta

from django.utils import timezone

from rights.models import Request
from rights.models.requests import first_due_on
from rights.services import Notice, Wish, enter_request, finish_request, lodge_request

# (how many days ago, what is asked)
WISHES = (
    (
        8,
        Wish(
            kind="access",
            name="나은솔",
            contact="+821000001234",
            words="메일 주소를 잃어버렸습니다. 제 이름으로 한 서명이 있는지 알고 싶습니다.",
        ),
    ),
    (
        1,
        Wish(
            kind="objection",
            contact="eunsol.na@mail.example",
            words="지난번 답변에 이의가 있습니다. 다시 살펴봐 주세요.",
            channel="link",
            identity="mailbox",
        ),
    ),
)
BY_POST = Wish(
    kind="erasure",
    name="유가람",
    contact="서울시 가온구 두루로 12, 301호",
    words="종이 서명을 했습니다. 제 이름을 지우고 편지로 알려 주세요.",
    channel="post",
)
ANSWERED = Wish(
    kind="correction",
    name="도하람",
    contact="+821000005678",
    words="확인 번호가 적힌 안내문의 이름이 잘못되었습니다.",
)
ANSWER = "이름을 고치고 전화로 알려 드렸습니다."


def load_wishes() -> None:
    """Lodge them where there is none yet."""
    if Request.objects.exists():
        return
    for days, wish in WISHES:
        request = lodge_request(wish)
        request.received_at = timezone.now() - timedelta(days=days)
        request.due_on = first_due_on(request.received_at)
        request.save(update_fields=["received_at", "due_on"])
    now = timezone.now()
    enter_request(
        BY_POST, public_id=uuid.uuid4(), received_at=now - timedelta(days=3), actor="system"
    )
    notice = Notice("phone", timezone.localdate())
    finish_request(lodge_request(ANSWERED).pk, actor="system", answer=ANSWER, notice=notice)
