"""정책자료. Each version is a file of the demo's own; papers.py makes them."""

from ..prose import h, p, ul

# slug of the file, title, version, days ago, what changed
RESOURCES = [
    {
        "slug": "basic-act-demands",
        "title": "사회적경제기본법 현장 요구안",
        "summary": "정책위원회가 회원단체 의견을 모아 만든 네 가지 요구와 조문 제안입니다.",
        "kind": "policy",
        "days": 44,
        "themes": ("law",),
        "sectors": ("cooperative", "social-enterprise", "village", "self-support"),
        "campaign": True,
        "versions": (
            (
                "demands-3",
                "현장 요구안",
                "3판",
                44,
                "공청회 의견을 반영하여 지역 재원 조항을 고쳤습니다.",
            ),
            ("demands-2", "현장 요구안", "2판", 130, "당사자 참여 비율을 구체적으로 적었습니다."),
            ("demands-1", "현장 요구안", "1판", 205, ""),
        ),
        "body": lambda kit: [
            h("무엇이 담겼습니까"),
            ul(
                "제도를 한데 모으는 원칙",
                "당사자 참여와 위원회 구성",
                "지역 재원과 기금",
                "공공조달의 사회적 가치",
            ),
            p("의견은 정책위원회로 보내 주세요. 다음 판에 반영합니다."),
        ],
    },
    {
        "slug": "bill-comparison",
        "title": "발의안 신구 대비표",
        "summary": "이번에 발의된 법안과 지난 국회의 법안을 조문별로 나란히 놓았습니다.",
        "kind": "bill",
        "days": 77,
        "themes": ("law",),
        "sectors": (),
        "campaign": True,
        "versions": (("comparison", "신구 대비표", "", 77, ""),),
        "body": lambda kit: [
            p(
                "조문 41개 가운데 실질적으로 달라진 곳은 여섯 곳입니다. 표에서 노란 칸으로 표시했습니다."
            )
        ],
    },
    {
        "slug": "care-contract-study",
        "title": "돌봄 위탁 계약 기간과 고용 안정 조사",
        "summary": "회원단체 86곳의 계약 기간과 이직률을 비교한 조사입니다.",
        "kind": "study",
        "days": 120,
        "themes": ("care", "jobs"),
        "sectors": ("social-service",),
        "versions": (("care-study", "조사 보고서", "", 120, ""),),
        "body": lambda kit: [
            h("핵심 결과"),
            ul(
                "계약이 3년 이상인 곳의 이직률은 1년인 곳의 절반입니다.",
                "이용자 만족도는 담당자가 바뀌지 않을수록 높습니다.",
            ),
        ],
    },
    {
        "slug": "local-finance-proceedings",
        "title": "지역 순환 금융 토론회 자료집",
        "summary": "발제문 세 편과 토론문 네 편을 실었습니다.",
        "kind": "proceedings",
        "days": 148,
        "themes": ("finance", "region"),
        "sectors": ("social-finance",),
        "region": "강원",
        "versions": (("proceedings", "자료집", "", 148, ""),),
        "body": lambda kit: [p("영상과 속기록은 회원단체에 따로 드립니다.")],
    },
    {
        "slug": "ordinance-guide",
        "title": "사회적경제 조례 고치기 안내서",
        "summary": "우리 지역 조례를 읽고, 비교하고, 고치자고 말하는 방법을 열두 쪽에 담았습니다.",
        "kind": "guide",
        "days": 190,
        "themes": ("region", "law"),
        "sectors": (),
        "versions": (
            ("ordinance-2", "안내서", "2판", 190, "의회 일정 찾는 법을 더했습니다."),
            ("ordinance-1", "안내서", "1판", 420, ""),
        ),
        "body": lambda kit: [
            p(
                "지역 모임에서 함께 읽을 수 있게 쪽마다 질문을 넣었습니다. 그대로 복사하여 쓰셔도 됩니다."
            )
        ],
    },
    {
        "slug": "meeting-minutes-form",
        "title": "위원회 회의록 서식",
        "summary": "안건, 결정, 맡은 사람과 기한을 한 장에 적는 서식입니다.",
        "kind": "form",
        "days": 300,
        "themes": ("education",),
        "sectors": ("support",),
        "versions": (("minutes-form", "회의록 서식", "", 300, ""),),
        "body": lambda kit: [p("한글 파일로 내려받아 그대로 쓰실 수 있습니다.")],
    },
]
