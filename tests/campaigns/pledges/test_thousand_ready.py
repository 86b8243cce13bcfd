"""From nothing to a thousand candidates that can all be asked: how often one person presses."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.pledges.apps import PLEDGES
from campaigns.pledges.emails import INVITED
from campaigns.pledges.models import (
    Candidacy,
    CandidateImport,
    ContactList,
    ContactPoint,
    Contest,
    Election,
    Invitation,
    Post,
    Respondent,
)
from campaigns.pledges.services.chain import EVIDENCE_SUBJECT
from campaigns.pledges.services.outreach import ready_to_ask
from evidence.services import verify_chain
from exports.models import ExportJob
from exports.services import run_export
from home.network.models import Region
from home.network.services import load_regions
from messaging.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.pledge_demands import demand_set
from tests.factories.pledges import TITLES

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

VOTE_ON = date(2026, 6, 3)
MANY, PROVINCES = 1_000, 17
MOST_PRESSES, MOST_QUERIES = 12, 60
PARTIES = ("가온당", "나래당", "다솜당", "무소속")
ROUND = {
    "purpose": "모든 후보께 같은 요구를 드립니다.",
    "answers_until": "2026-05-27 18:00",
    "least_accepted": "2",
    "order": "name",
    "phone": "02-000-0000",
    "method_by": "연대회의",
    "method_panel": "정책위원 일곱 명",
    "method_criteria": "요구마다 후보가 고른 답",
    "method_how": "같은 날 같은 글을 보냅니다.",
    "method_period": "5월 한 달",
}


@pytest.fixture(autouse=True)
def _weeks_before(clock):
    clock.move_to("2026-05-16 03:00:00")


@pytest.fixture
def provinces(db):
    load_regions()
    rows = Region.objects.valid_on(VOTE_ON).provinces().order_by("code")
    return [row.name for row in rows]


class Hand:
    """One person at the browser, whose presses are counted."""

    def __init__(self, client):
        self.client, self.presses = client, 0

    def press(self, name, /, *args, **values):
        self.presses += 1
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.post(reverse(name, args=args), values)
        assert answer.status_code in (200, 302)
        assert len(asked) <= MOST_QUERIES
        return answer

    def take_over(self, name, job, looked_at):
        plan = self.client.get(looked_at.url).context["plan"].plan
        assert plan.problems == []
        answer = self.press(name, job.public_id, digest=plan.digest)
        count_rows()
        return answer


def count_rows():
    """What the database does by itself once a list is committed, which a test never is.

    Otherwise it may look in the middle, see none of the rows, and plan for empty tables.
    """
    with connection.cursor() as cursor:
        for model in (Candidacy, Contest, ContactPoint, Post, Respondent):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


@pytest.fixture
def hand(client):
    count_rows()
    client.force_login(UserFactory(role=PLEDGES))
    return Hand(client)


def commission_list(provinces):
    """Of three candidates of one name each stands in another province."""
    lines = [
        f"20260603,3,{number},{place},{place},,{number // PROVINCES + 1},,{PARTIES[number % 4]},"
        f"후보{number // 3}번,,여,19700131,56,길,직업,학력,이력,등록"
        for number in range(MANY)
        for place in [provinces[number % PROVINCES]]
    ]
    return "\n".join([TITLES, *lines, ""]).encode("cp949")


def filled_in(content):
    """The list of those without a contact, as somebody fills it in."""
    book = load_workbook(BytesIO(content))
    sheet = book.active
    columns = {cell.value: cell.column for cell in sheet[1]}
    for line in range(2, sheet.max_row + 1):
        sheet.cell(line, columns["이메일"], f"camp{line}@candidate.example")
        sheet.cell(line, columns["휴대전화"], f"010-0000-{line:04}")
        sheet.cell(line, columns["출처"], "선거사무소 누리집")
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def enter_candidates(hand, provinces):
    values = {"kind": "local", "name": "제9회 전국동시지방선거", "source": "선관위 공고"}
    hand.press("elections:add", vote_on=VOTE_ON, **values)
    election = Election.objects.get()
    file = SimpleUploadedFile("candidates.csv", commission_list(provinces))
    values = {"stage": "registered", "source": "선거통계시스템", "retrieved_on": "2026-05-15"}
    listed = hand.press("pledges_upload", election.pk, file=file, **values)
    hand.take_over("pledges_apply", CandidateImport.objects.get(), listed)
    return election


def enter_contacts(hand, election):
    values = {"format": "xlsx", "purpose": "other", "reason": "후보 연락처를 찾아 채웁니다."}
    hand.press("exports:start", "pledges.without_contact", election=election.pk, **values)
    export = ExportJob.objects.get()
    run_export(export.public_id)
    file = hand.press("exports:file", export.public_id)
    content = filled_in(b"".join(file.streaming_content))
    file = SimpleUploadedFile("contacts.xlsx", content)
    sent = hand.press("pledges_upload_contacts", election.pk, file=file)
    hand.take_over("pledges_apply_contacts", ContactList.objects.get(), sent)


def test_a_thousand_are_ready_after_a_dozen_presses_and_asked_by_one_more(hand, provinces):
    assert len(provinces) == PROVINCES

    election = enter_candidates(hand, provinces)
    enter_contacts(hand, election)
    hand.press("pledges_round", election.pk, **ROUND)

    assert ready_to_ask(election.respondents).count() == MANY
    screen = hand.client.get(reverse("pledges_outreach", args=[election.pk]))
    assert screen.context["ready"] == MANY
    assert ContactPoint.objects.filter(state="approved").count() == 2 * MANY
    assert hand.presses <= MOST_PRESSES

    demand_set(election)
    hand.press("pledges_ask_all", election.pk)

    assert Invitation.objects.filter(state="sent").count() == MANY
    assert election.respondents.filter(standing="asked").count() == MANY
    assert OutboxMessage.objects.filter(purpose=INVITED).count() == MANY
    assert verify_chain(EVIDENCE_SUBJECT, str(election.pk)).holds
