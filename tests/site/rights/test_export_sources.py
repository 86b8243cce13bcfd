"""What laws want kept leaves in a file only for the privacy officer, with a reason, on record."""

import pytest
from django.urls import reverse

from accounts.defaults import ADMINISTRATOR, AUDITOR, DIRECTOR, OFFICER
from exports.models import ExportJob
from exports.registry import sources_for
from exports.services import run_export
from privacy.models import AccessAction, AccessEntry
from rights.export_sources import KEPT, RIGHT, SOURCES, KeptChoice
from rights.services import set_apart
from tests.factories.accounts import UserFactory
from tests.factories.exports import ExportJobFactory
from tests.factories.kept_by_law import NAME

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

[KEPT_BY_LAW] = SOURCES
CHOSEN = {"data_set": NAME}


@pytest.fixture
def kept(payments):
    """Two payments that only a law wants kept, and one that is still in daily use."""
    payments.pay("three", "other@mail.example")
    rows = [payments.pay(key, f"{key}@mail.example") for key in ("one", "two")]
    set_apart(NAME, [payments._apart(row) for row in rows])


def lines(user):
    return [record.cells for record in KEPT_BY_LAW.records(CHOSEN, user)]


def test_each_row_says_what_is_kept_why_and_until_when(kept):
    officer = UserFactory(role=OFFICER)
    first, second = lines(officer)

    assert KEPT_BY_LAW.count(CHOSEN, officer) == 2
    assert len(first) == len(KEPT_BY_LAW.columns(CHOSEN))
    assert (first[1], second[1]) == ("P-one", "P-two")
    assert first[3] == "입금자명: 남궁바다; 금액: 20,000원"
    assert first[4]
    assert first[6].startswith("2031년")
    assert "one@mail.example" not in str(first)


def test_who_lost_the_right_gets_nothing_more(kept):
    assert lines(UserFactory(role=AUDITOR)) == []


@pytest.mark.parametrize(
    ("role", "may"), [(OFFICER, True), (ADMINISTRATOR, False), (DIRECTOR, False), (AUDITOR, False)]
)
def test_it_is_the_officers_right(db, role, may):
    assert (KEPT_BY_LAW in sources_for(UserFactory(role=role))) is may


def test_the_choice_offers_what_laws_want_kept(payments, db):
    form = KeptChoice(CHOSEN, user=UserFactory())

    assert form.is_valid()
    assert form.options() == CHOSEN
    assert not KeptChoice({"data_set": "rights.requests"}, user=UserFactory()).is_valid()


def test_the_file_is_made_by_the_one_job_and_on_record(kept):
    officer = UserFactory(role=OFFICER)
    job = ExportJobFactory(source=KEPT, options=CHOSEN, requested_by=officer)
    run_export(job.public_id)

    job.refresh_from_db()
    entry = AccessEntry.objects.filter(action=AccessAction.EXPORT).get()
    assert (job.state, job.written) == (ExportJob.State.DONE, 2)
    assert entry.data_set == KEPT


@pytest.mark.parametrize(("role", "offered"), [(OFFICER, True), (ADMINISTRATOR, False)])
def test_the_list_leads_to_the_export(client, kept, role, offered):
    user = UserFactory(role=role)
    client.force_login(user)
    text = client.get("/admin/kept-by-law/").content.decode()

    assert user.has_perm(RIGHT) is offered
    assert (f'href="{reverse("exports:index")}"' in text.split("<main")[1]) is offered
