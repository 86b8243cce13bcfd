"""The words with which a new petition starts. Editors change them as they need."""

NAME_REASON = "서명하신 분을 서명부에서 확인하기 위해"
EMAIL_REASON = "본인이 하신 서명인지 메일로 확인하고 중복을 막기 위해"
REGION_REASON = "지역별 서명 수를 국회와 지역구 의원에게 알리기 위해"
