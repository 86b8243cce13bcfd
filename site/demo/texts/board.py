"""Pages about the demo's election; neither speaks for or against anybody."""

CAMPAIGN_TITLE = "지방선거 정책요구안"
CAMPAIGN_SUMMARY = (
    "지역의 사회연대경제를 위한 요구를 출마하는 모든 분께 똑같이 묻고, 받은 답을 그대로 싣습니다."
)
CAMPAIGN_BODY = [
    (
        "text",
        "<p>연합체들이 여러 달 논의해 요구를 정했습니다. 출마하는 모든 분께 같은 글을 보내고, "
        "답은 고치지 않고 옮깁니다.</p>"
        "<p>이 화면의 선거와 사람, 정당은 모두 지어낸 예시입니다.</p>",
    )
]
BOARD_TITLE = "후보는 뭐라고 답했습니까"
BOARD_SUMMARY = (
    "모든 후보에게 같은 질문을 하고, 받은 답을 그대로 싣습니다. 점수나 순위는 매기지 않습니다."
)
