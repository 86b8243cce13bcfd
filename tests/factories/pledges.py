"""Elections and lists as the commission sends them, written by hand: no code of the reader's."""

from datetime import date

import factory
from django.utils import timezone

from campaigns.pledges.models import Candidacy, CandidateImport, Contest, Election, Office, Post
from campaigns.pledges.services.candidacies import identity_of
from home.network.models import Region
from tests.factories.home import RegionFactory

TITLES = "sgId,sgTypecode,huboid,sggName,sdName,wiwName,giho,gihoSangse,jdName,name,hanjaName,gender,birthday,age,addr,job,edu,career1,status"
GOVERNORS = (
    "20260603,3,100,서울특별시,서울특별시,,1,,가온당,한가람,韓가람,여,19700131,56,어느길 1,교수,대학,이력,등록",
    "20260603,3,101,서울특별시,서울특별시,,2,,나래당,남궁바다,,남,19650203,61,어느길 2,변호사,대학,이력,등록",
)
MAYOR = "20260603,4,200,종로구,서울특별시,종로구,1,,가온당,도담비,,여,19810909,44,어느길 3,구청장,대학,이력,등록"
COUNCIL = "20260603,6,300,종로구가선거구,서울특별시,종로구,1,1-가,가온당,라온,,남,19900101,36,길,회사원,대학,이력,등록"
LIST = [*GOVERNORS, MAYOR, COUNCIL]
SOURCE = "https://nec.example/candidates"
DAY = date(2026, 5, 15)


class ElectionFactory(factory.django.DjangoModelFactory):
    name = "제9회 전국동시지방선거"
    kind = Election.Kind.LOCAL
    vote_on = date(2026, 6, 3)
    source = "https://nec.example/calendar"

    class Meta:
        model = Election


class CandidacyFactory(factory.django.DjangoModelFactory):
    name = "한가람"
    party_name = "가온당"
    status = Candidacy.Status.PRELIMINARY
    status_on = DAY
    source = SOURCE
    made_at = factory.LazyFunction(timezone.now)
    identity = factory.LazyAttribute(lambda row: identity_of(row.name, None))

    class Meta:
        model = Candidacy


def seoul():
    return RegionFactory()


def jongno():
    """종로구."""
    return RegionFactory(
        code="11110",
        kind=Region.Kind.DISTRICT,
        name="종로구",
        short_name="종로",
        parent=seoul(),
    )


def contest_of(election, office=Office.GOVERNOR, region=None, district_name=""):
    region = region or seoul()
    key = f"{office}:{region.code}@{region.valid_from:%Y%m%d}:{district_name}"
    post, _is_new = Post.objects.get_or_create(
        key=key, defaults={"office": office, "region": region, "district_name": district_name}
    )
    return Contest.objects.get_or_create(election=election, post=post)[0]


def csv_file(lines=LIST, titles=TITLES, encoding="utf-8"):
    return "\n".join([titles, *lines, ""]).encode(encoding)


def waiting_list(election, user):
    """A list that somebody has to decide about, with one candidate."""
    contest = contest_of(election)
    return CandidateImport.objects.create(
        election=election,
        stage=CandidateImport.Stage.REGISTERED,
        source=SOURCE,
        retrieved_on=DAY,
        file_name="governors.csv",
        rows=[
            {
                "line": 2,
                "key": contest.post.key,
                "number": "100",
                "name": "한가람",
                "hanja": "",
                "party_name": "가온당",
                "ballot_number": "1",
                "birth_year": 1970,
                "identity": identity_of("한가람", date(1970, 1, 31)).hex(),
                "status": "등록",
            }
        ],
        row_count=1,
        asked_by=user,
        asked_at=timezone.now(),
    )
