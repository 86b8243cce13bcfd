"""What a new page starts with: the parts in their order, with hints for who writes it.

A hint stands in 〔 〕 and is replaced by the text; a page that still has one can not be published.
"""

import re

HINT = re.compile("〔[^〕]*〕")


def hint(words):
    return f"〔{words}〕"


def _text(words):
    return ("text", f"<p>{hint(words)}</p>")


GIST = "\n".join(hint(f"요점 {number}: 한 문장") for number in (1, 2, 3))

NEWS_BODY = [
    _text("언제, 어디서, 누가, 무엇을 했는지 두세 문장으로 적습니다."),
    ("heading", hint("가장 중요한 장면이나 결정")),
    _text("있었던 일을 차례대로 적습니다. 사진은 ‘사진 이야기’ 블록으로 넣습니다."),
    ("heading", "다음 할 일"),
    _text("이어지는 일정과 독자가 함께할 수 있는 일을 적습니다."),
]
STATEMENT_BODY = [
    _text("무슨 일이 있었고 왜 말하는지 배경을 적습니다."),
    ("heading", "우리의 입장"),
    _text("판단과 그 근거를 적습니다. 숫자에는 출처와 날짜를 붙입니다."),
    (
        "asks",
        {
            "heading": "우리의 요구",
            "asks": [{"title": hint(f"요구 {number}"), "text": ""} for number in (1, 2, 3)],
        },
    ),
]
OP_ED_EXCERPT = hint("원문에서 한 단락을 그대로 옮깁니다.")
RESOURCE_BODY = [
    _text("누가 무엇을 할 때 쓰는 자료인지, 어떤 내용이 들어 있는지 적습니다."),
]
CAMPAIGN_ASKS = [
    (
        "asks",
        {
            "heading": "우리가 요구하는 것",
            "asks": [{"title": hint(f"요구 {number}"), "text": ""} for number in (1, 2, 3)],
        },
    )
]
CAMPAIGN_BODY = [
    ("heading", "왜 지금입니까"),
    _text("지금 무엇이 문제이고 무엇이 달라져야 하는지 적습니다."),
    ("heading", "지금까지 한 일"),
    _text("언제 누구와 무엇을 했는지 적습니다."),
]
CAMPAIGN_QUESTIONS = [
    ("question", {"question": hint("자주 듣는 물음"), "answer": f"<p>{hint('답')}</p>"})
]
# Part of a report: what belongs into it.
REPORT_PARTS = {
    "theme": "올해의 기조를 한 단락과 세 가지 방향으로 적습니다.",
    "numbers": "‘숫자’ 블록을 넣으면 서명과 회의는 사이트가 셉니다.",
    "assessment": "잘된 일과 모자란 일을 함께 적습니다.",
    "activities": "‘연표’ 블록으로 달마다 있었던 일을 적습니다.",
    "projects": "사업마다 목표, 한 일, 결과를 적습니다.",
    "meetings": "‘막대가 있는 표’ 블록을 넣으면 회의 횟수는 사이트가 셉니다.",
    "demands": "‘요구 반영 현황’ 블록으로 요구마다 결과를 적습니다.",
    "finances": "수입과 지출을 표로 적습니다.",
    "tasks": "남은 과제를 번호를 붙여 적습니다.",
    "plan": "다음 해의 기조, 방향, 진행할 사업을 차례로 적습니다.",
}
