"""Lists of contacts as an office or a member organisation makes them, written by hand."""

from campaigns.pledges.models import Respondent
from campaigns.pledges.services.contact_lists import request_contacts
from campaigns.pledges.services.contact_plans import plan_contacts

TITLES = "선거구,직위,정당,성명,이메일,휴대전화,출처"
FOUND_AT = "선거사무소 누리집"


def contact_line(name="한가람", email="han@candidate.example", phone="", **values):
    cells = {"place": "서울특별시", "office": "시·도지사", "party": "가온당", **values}
    source = cells.get("source", FOUND_AT)
    return ",".join([cells["place"], cells["office"], cells["party"], name, email, phone, source])


def contacts_file(*lines, titles=TITLES, encoding="utf-8"):
    return "\r\n".join([titles, *lines, ""]).encode(encoding)


def everybody_of(election):
    return set(Respondent.objects.filter(election=election).values_list("pk", flat=True))


def contact_list(election, user, *lines, content=None, source=""):
    """A list that waits for a decision."""
    content = contacts_file(*lines) if content is None else content
    return request_contacts(election, content, file_name="연락처.csv", source=source, user=user)


def plan_of(job):
    return plan_contacts(job, everybody_of(job.election))
