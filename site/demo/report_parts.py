"""A report's ten parts, put together from its words and from what the site counts."""

from datetime import date

from .prose import h, p, ul


def make_sections(report, year):
    parts = (
        ("theme", f"올해 기조는 ‘{report['theme']}’입니다.", [ul(*report["theme_text"])]),
        ("numbers", "", [_numbers(year)]),
        ("assessment", report["summary"], _assessment(report)),
        ("activities", "", [_activities(report, year)]),
        ("projects", "", _projects(report)),
        ("meetings", "회의는 빠짐없이 열렸고, 모두 기록했습니다.", [_meetings(year)]),
        ("demands", "", [_demands(report)]),
        ("finances", "회비와 후원으로 살림의 대부분을 꾸렸습니다.", _finances(report)),
        ("tasks", "", [_list("남은 과제", report["tasks"])]),
        ("plan", "", [_list(f"{year + 1}년에 할 일", report["plan"])]),
    )
    return [
        ("section", {"part": part, "heading": "", "claim": claim, "body": body})
        for part, claim, body in parts
    ]


def _numbers(year):
    counted = (
        ("회원단체", "members", "곳", "연말 기준"),
        ("소속 조직", "affiliates", "곳", "회원 연합체가 알려 준 수"),
        ("회의", "meetings", "회", "기구별 회의의 합"),
    )
    numbers = [
        {
            "label": label,
            "source": source,
            "year": year,
            "number": None,
            "unit": unit,
            "note": note_,
        }
        for label, source, unit, note_ in counted
    ]
    return ("numbers", {"heading": "", "as_of": None, "numbers": numbers})


def _assessment(report):
    return [block for title, text in report["assessment"] for block in (h(title), p(text))]


def _projects(report):
    return [block for title, text in report["projects"] for block in (h(title), p(text))]


def _activities(report, year):
    entries = [
        {"day": date(year, month, 12), "precision": precision, "title": title, "text": text}
        for month, precision, title, text in report["activities"]
    ]
    return ("timeline", {"heading": "", "entries": entries})


def _meetings(year):
    return (
        "bars",
        {
            "heading": "기구별 회의",
            "label_heading": "기구",
            "number_heading": "횟수",
            "note_heading": "참석",
            "unit": "회",
            "bars": [],
            "source": "meetings_per_body",
            "year": year,
            "shows_total": True,
        },
    )


def _demands(report):
    rows = [
        {"demand": demand, "so_far": so_far, "progress": progress}
        for demand, so_far, progress in report["demands"]
    ]
    return ("progress_table", {"heading": "요구 반영 현황", "rows": rows})


def _finances(report):
    return [_shares("수입", report["income"]), _shares("지출", report["spending"])]


def _shares(heading, rows):
    return (
        "bars",
        {
            "heading": heading,
            "label_heading": "항목",
            "number_heading": "비율",
            "note_heading": "설명",
            "unit": "%",
            "bars": [{"label": label, "number": n, "note": note_} for label, n, note_ in rows],
            "source": "",
            "year": None,
            "shows_total": False,
        },
    )


def _list(heading, rows):
    return ("asks", {"heading": heading, "asks": [{"title": t, "text": e} for t, e in rows]})
