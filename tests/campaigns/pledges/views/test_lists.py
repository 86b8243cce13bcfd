"""Lists sent in through the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.defaults import DIRECTOR
from campaigns.pledges.apps import PLEDGES
from campaigns.pledges.models import Candidacy, CandidateImport
from tests.factories.accounts import UserFactory
from tests.factories.pledges import GOVERNORS, LIST, MAYOR, SOURCE, CandidacyFactory, csv_file

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def staff(client):
    user = UserFactory(role=PLEDGES)
    client.force_login(user)
    return user


@pytest.fixture
def upload(client, staff, election):
    def send(content=None, **values):
        data = csv_file() if content is None else content
        form = {"stage": "registered", "source": SOURCE, "retrieved_on": "2026-05-15", **values}
        form["file"] = SimpleUploadedFile("명부.csv", data)
        return client.post(reverse("pledges_upload", args=[election.pk]), form)

    return send


@pytest.fixture(autouse=True)
def _day_of_the_list(clock):
    clock.move_to("2026-05-20 03:00:00")


def decide(client, response, way, **values):
    shown = client.get(response.url)
    plan = shown.context["plan"]
    values = {"digest": plan.plan.digest, **values} if plan else values
    job = CandidateImport.objects.latest("pk")
    return client.post(reverse(f"pledges_{way}", args=[job.public_id]), values)


def text(response):
    return response.content.decode()


def test_a_list_is_looked_at_and_taken_over(client, upload, election):
    response = upload()
    shown = text(client.get(response.url))
    assert "한가람" in shown
    assert not Candidacy.objects.exists(), "looking changes nothing"

    done = decide(client, response, "apply")

    assert done.url == reverse("pledges_election", args=[election.pk])
    assert Candidacy.objects.count() == 4
    assert "<form" not in text(client.get(response.url)).split("<main", 1)[1]


def test_differences_are_shown_before_and_after(client, upload):
    decide(client, upload(), "apply")
    changed = [GOVERNORS[0].replace("가온당", "다솜당").replace("등록", "사퇴"), *LIST[2:]]

    shown = text(client.get(upload(csv_file(changed)).url))

    assert "<del>가온당</del>" in shown
    assert "<ins>다솜당</ins>" in shown
    changed = [GOVERNORS[0].replace("가온당", "무소속"), *LIST[1:]]
    assert "<ins>무소속</ins>" in text(client.get(upload(csv_file(changed)).url))
    assert "남궁바다" in shown, "who is missing is named"


def test_preliminary_candidates_may_lapse_with_the_final_list(client, upload):
    decide(client, upload(stage="preliminary"), "apply")
    response = upload(csv_file([GOVERNORS[0]]))
    assert 'name="lapse_missing"' in text(client.get(response.url))

    decide(client, response, "apply", lapse_missing="on")

    assert Candidacy.objects.get(name="남궁바다").status == Candidacy.Status.LAPSED


def test_the_same_list_again_offers_nothing_to_take_over(client, upload):
    decide(client, upload(), "apply")

    assert "/apply/" not in text(client.get(upload().url))


def test_bad_lines_are_shown_with_their_numbers(client, upload):
    response = upload(csv_file([*GOVERNORS, MAYOR.replace("종로구", "종노구")]))
    shown = text(client.get(response.url))

    assert '<td class="ledger__number">4</td>' in shown
    assert "/apply/" not in shown
    decide(client, response, "apply")
    assert not Candidacy.objects.exists()


def test_a_list_is_discarded(client, upload):
    response = upload()

    decide(client, response, "discard")
    decide(client, response, "discard")

    assert CandidateImport.objects.get().state == "discarded"
    assert decide(client, response, "apply").url == response.url
    assert not Candidacy.objects.exists()


def test_what_changed_meanwhile_is_looked_at_again(client, upload, election):
    response = upload()
    job = CandidateImport.objects.get()
    digest = client.get(response.url).context["plan"].plan.digest
    other = upload()
    decide(client, other, "apply")
    CandidacyFactory(contest=Candidacy.objects.first().contest, name="새사람")

    again = client.post(reverse("pledges_apply", args=[job.public_id]), {"digest": digest})

    assert again.url == response.url
    assert Candidacy.objects.count() == 5


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (b"", {}),
        (b"%PDF-1.7", {}),
        (None, {"stage": ""}),
        (None, {"source": ""}),
        (None, {"retrieved_on": "2026-05-21"}),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(upload, content, values):
    response = upload(content, **values)

    assert response.status_code == 422
    assert "error-message" in text(response)
    if "source" not in values:
        assert SOURCE in text(response)
    assert not CandidateImport.objects.exists()


def test_a_file_that_is_too_large_is_refused(upload, monkeypatch):
    monkeypatch.setattr("campaigns.pledges.forms.elections.LARGEST", 10)

    assert upload().status_code == 422


def test_who_may_only_look_sends_nothing_in(client, upload):
    response = upload()
    client.force_login(UserFactory(role=DIRECTOR))

    assert "<form" not in text(client.get(response.url)).split("<main", 1)[1]
    assert decide(client, response, "apply").status_code == 302
    assert CandidateImport.objects.get().state == "preview"


def test_looking_costs_the_same_for_a_longer_list(client, upload):
    def cost(lines):
        response = upload(csv_file(lines))
        client.get(response.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(response.url)
        return len(queries)

    assert cost([GOVERNORS[0]]) >= cost(LIST)


@pytest.mark.parametrize("way", ["apply", "discard", "upload"])
def test_looking_decides_nothing(client, upload, election, way):
    upload()
    job = CandidateImport.objects.get()
    args = [election.pk] if way == "upload" else [job.public_id]

    assert client.get(reverse(f"pledges_{way}", args=args)).status_code == 405


def test_a_new_one_with_the_name_of_somebody_there_is_pointed_out(client, upload, election):
    decide(client, upload(), "apply")
    known = Candidacy.objects.get(name="한가람")
    Candidacy.objects.filter(pk=known.pk).update(commission_number="999999", identity=b"another")
    shown = text(client.get(upload().url))
    assert "새 후보자 1명은 같은 선거구에 이미 있는 후보자와 이름은 같고" in shown
    assert shown.count("이름이 같은 후보자가 이미 있습니다") == 1
