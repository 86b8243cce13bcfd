"""선관위 질의 자료: what the election commission needs to judge a board, in one ZIP.

All of it is public or about to be: no contact, no address, nothing of the evidence.
"""

import zipfile
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exports.services.writers import Buffer, CsvWriter
from home.dates import korean_date
from messaging.registry import current_sender
from typesetting.services import render_pdf

from ..models import Contest, Demand, DemandSetVersion, Office, PledgeRound, Respondent
from ..services.co_hosts import co_hosts_of
from ..services.demands import label_of
from ..text import ENDORSING, RATING, articles_in_words

SHOWN = 60  # On paper; the table beside it has all.
RULES = (
    gettext_lazy("Everybody who stands is asked the same on the same day; the log is public."),
    gettext_lazy("Answers stand in the candidate's own words, with the date."),
    gettext_lazy("There is no total, share, rank, grade or colour for anybody's answers."),
    gettext_lazy("The order was fixed before anybody was asked, and is the same for all."),
    gettext_lazy("Each way of not answering has its own words; none is a verdict."),
    gettext_lazy("Records are kept until six months after election day."),
)
METHOD = (
    *(("method_by", gettext_lazy("Who compares")), ("method_panel", gettext_lazy("Made up of"))),
    *(("method_criteria", gettext_lazy("By what")), ("method_how", gettext_lazy("How"))),
    ("method_period", gettext_lazy("Period")),
)


def make_package(election) -> bytes:
    """The ZIP. The same rows give the same papers, but for the day they were made on."""
    paper = render_pdf("pledges/inquiry.typ", paper_values(election), made_at=timezone.now())
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_("inquiry.pdf"), paper)
        archive.writestr(_("board preview.csv"), _table(BOARD_TITLES, _board(election)))
        archive.writestr(_("demands.csv"), _table(DEMAND_TITLES, _demands(election)))
        archive.writestr(_("forbidden words.csv"), _table(WORD_TITLES, _words()))
    return packed.getvalue()


BOARD_TITLES = (
    *(gettext_lazy("Contest"), gettext_lazy("Ballot number"), gettext_lazy("Name")),
    *(gettext_lazy("Party"), gettext_lazy("State"), gettext_lazy("Since")),
)
DEMAND_TITLES = (gettext_lazy("Number"), gettext_lazy("Demand"), gettext_lazy("Text"))
WORD_TITLES = (gettext_lazy("Words"), gettext_lazy("Article"), gettext_lazy("Instead"))
WORDS = (
    "지지",
    "당선",
    "낙선·낙천",
    "서명운동",
    "후보 추천",
    "좋은·나쁜 후보, 심판",
    "점수·순위·등급",
)


def _board(election):
    """As the board lists them: contests in the commission's order, then the fixed neutral one."""
    rows = Respondent.objects.filter(election=election).select_related(
        "candidacy__contest__post__region__parent__parent", "region"
    )
    asked = PledgeRound.objects.filter(election=election).first()
    by_name = asked is not None and asked.order == PledgeRound.Order.NAME
    return [_line(row) for row in sorted(rows, key=lambda row: _place(row, by_name))]


def _place(row, by_name):
    if row.candidacy is None:
        return ("", "", "", "", row.party_name)
    post = row.candidacy.contest.post
    number = "" if by_name else row.candidacy.ballot_number.zfill(10)
    return ("1", str(Office.values.index(post.office)), post.key, number, row.candidacy.name)


def _line(row):
    candidacy = row.candidacy
    return (
        str(candidacy.contest.post) if candidacy else str(row.get_kind_display()),
        candidacy.ballot_number if candidacy else "",
        row.name,
        candidacy.party if candidacy else "",
        str(row.get_standing_display()),
        korean_date(row.standing_on),
    )


def _demands(election):
    published = Demand.objects.filter(
        version__demand_set__election=election,
        version__state=DemandSetVersion.State.PUBLISHED,
    ).select_related("version__demand_set__region")
    rows = published.order_by("version__demand_set__region__sort_order", "number")
    return [(label_of(row), row.title, row.text) for row in rows]


def _words():
    return [
        (word, articles_in_words(one.article), str(one.instead))
        for word, one in zip(WORDS, (*ENDORSING, *RATING), strict=True)
    ]


def paper_values(election):
    """What the PDF says, as plain words."""
    board = _board(election)
    asked = PledgeRound.objects.filter(election=election).first()
    contests = Contest.objects.filter(election=election).count()
    return {
        "organisation": current_sender().name,
        "election": election.name,
        "vote_on": korean_date(election.vote_on),
        "made_on": korean_date(timezone.localdate()),
        "purpose": asked.purpose if asked else "",
        "contests": contests,
        "respondents": len(board),
        "hosts": [row.name for row in co_hosts_of(election)],
        "method": [(str(label), getattr(asked, name)) for name, label in METHOD] if asked else [],
        "rules": [str(rule) for rule in RULES],
        "labels": [str(label) for label in Respondent.Standing.labels],
        "demands": _demands(election),
        "board": board[:SHOWN],
        "more": max(len(board) - SHOWN, 0),
        "words": _words(),
    }


def _table(titles, rows) -> bytes:
    """Opens in Excel and Hangul; what looks like a formula is text."""
    stream = Buffer()
    writer = CsvWriter(stream, "")
    writer.write([str(title) for title in titles])
    for row in rows:
        writer.write(list(row))
    writer.close()
    return stream.take(len(stream))
