"""A small meeting that is full, and who waits for it. All people are invented."""

from campaigns.forums.models import ForumPage

MEETING = {
    "title": "기본법 함께 읽는 밤",
    "slogan": "여섯 자리에서 조문을 소리 내어 읽습니다",
    "kind": ForumPage.Kind.STUDY_MEETING,
    "summary": "법안 조문을 한 줄씩 읽고 지역의 말로 바꾸어 봅니다. 자리가 적어 대기 신청을 받습니다.",
    "place": "가온시 이음도서관 2층 모임방",
    "address": "가온시 이음로 12",
}
SESSION = {"title": "읽기 모임", "summary": "조문 읽기, 이야기 나누기", "capacity": 6}

SITTING = ("한여울", "고마루", "차은솔", "배다온", "나바름", "문가람")

# Who waits, with how many people. The first has an offer, since one of the six cancelled.
WAITING = (("두루미", 1), ("오사랑", 2), ("민초롱", 1), ("성아리", 1))
