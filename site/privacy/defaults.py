"""The consent texts a petition starts with (PIPA art. 15, 17, 22, 22-2, 23). Staff may edit them."""

CONSENTS = (
    {
        "slug": "collection",
        "kind": "collection",
        "title": "개인정보 수집·이용",
        "purpose": "「{petition}」 서명 접수, 중복 확인, 서명부 작성",
        "items": "이름, 이메일, 사는 곳(시·도), 한마디(쓰신 경우)",
        "retention": "서명부를 전달한 뒤 {retention}개월까지, 이후 바로 파기",
        "refusal": "동의하지 않을 수 있습니다. 다만 서명을 접수할 수 없습니다.",
    },
    {
        "slug": "sensitive",
        "kind": "sensitive",
        "title": "정치적 견해(민감정보) 처리",
        "purpose": "서명은 법률과 정책에 대한 의견을 나타냅니다. 이름은 고르신 방식으로만 공개합니다.",
        "retention": "서명부를 전달한 뒤 {retention}개월까지, 이후 바로 파기",
        "refusal": "동의하지 않을 수 있습니다. 다만 서명을 접수할 수 없습니다.",
    },
    {
        "slug": "roll",
        "kind": "third_party",
        "style": "radio",
        "title": "제출하는 서명부에 이름 싣기",
        "recipients": "{recipients}",
        "purpose": "서명부 접수와 심사",
        "items": "이름, 시·도 (이메일은 제공하지 않습니다)",
        "recipients_retention": "받는 기관의 기록물 규정에 따른 기간",
        "refusal": "동의하지 않아도 서명 수에는 포함됩니다.",
    },
    {
        "slug": "news",
        "kind": "news",
        "title": "캠페인 소식 받기",
        "purpose": "캠페인 소식과 행사 안내를 이메일로 보냅니다.",
        "items": "이름, 이메일",
        "retention": "수신을 거부할 때까지",
        "refusal": "동의하지 않아도 서명할 수 있습니다. 모든 메일의 아래에서 한 번에 거부할 수 있습니다.",
    },
    {"slug": "age", "kind": "age", "title": "만 14세 이상입니다"},
)
