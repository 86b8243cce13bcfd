import factory

from rights.models import BreachCase
from rights.models.breaches import ITEMS


class BreachCaseFactory(factory.django.DjangoModelFactory):
    """A case whose six items are written; ``bare=True`` leaves them empty."""

    title = "서명 파일이 든 노트북 분실"
    data_set = "petitions.signatures"

    class Meta:
        model = BreachCase

    class Params:
        bare = factory.Trait(**dict.fromkeys(ITEMS, ""))

    leaked_items = "이름, 이메일"
    circumstances = "2026년 11월 26일 이동 중 분실"
    self_help = "모르는 메일의 링크를 누르지 마세요"
    measures = "원격으로 지우고 경찰에 신고했습니다"
    contact = "사무국 02-0000-0000"
    remedies = "개인정보분쟁조정위원회 조정, 손해배상 청구"
