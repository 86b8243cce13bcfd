"""The consents a signer is asked for, apart from each other (전자서명법 art. 3, PIPA art. 22, 23)."""

SIGNING, PUBLICATION = "pledge-signing", "pledge-publication"

CONSENTS = (
    {
        "slug": SIGNING,
        "kind": "collection",
        "title": "전자서명으로 협약하는 데 동의",
        "purpose": "정책협약을 전자문서와 전자서명으로 맺고 그 사실을 증명합니다(전자서명법 제3조).",
        "items": "이름, 직함, 서명, 본인 확인 방법과 시각",
        "retention": "협약서는 계속 보관합니다. 연락처와 접속 기록은 선거일 뒤 6개월까지 보관하고 바로 파기합니다.",
        "refusal": "동의하지 않을 수 있습니다. 그때는 종이로 협약하실 수 있습니다.",
    },
    {
        "slug": PUBLICATION,
        "kind": "sensitive",
        "title": "이름을 밝힌 답변 공개(정치적 견해)",
        "purpose": "누가 어떤 요구에 어떻게 답했는지 누구나 보도록 공개합니다.",
        "items": "이름, 정당, 선거구, 요구마다의 답과 의견, 협약한 날",
        "retention": "협약과 답변의 기록으로 계속 공개하며, 철회하면 철회한 사실을 함께 보입니다.",
        "refusal": "동의하지 않을 수 있습니다. 다만 공개에 동의하지 않으면 협약을 맺을 수 없습니다.",
    },
)

# What both sides agree besides the demands; the exact text is part of what is signed.
CLAUSES = (
    "양쪽은 이 협약을 전자문서로 맺고, 전자서명을 서명·날인과 같은 효력으로 하기로 합니다(전자서명법 제3조).",
    "후보자는 수용하거나 부분 수용한 요구를 당선되면 이행하도록 힘씁니다. 이 협약은 후보자에 대한 지지나 추천이 아닙니다.",
    "연대회의는 답변과 협약을 받은 그대로 공개하고, 후보자를 점수로 매기거나 순위를 정하지 않습니다.",
    "어느 쪽이든 까닭과 날짜를 밝혀 협약을 철회할 수 있으며, 앞선 글은 지우지 않습니다.",
)
