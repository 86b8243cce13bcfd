"""The demo's news, statements, reports, op-eds and resources."""

from datetime import date

from home.models import (
    NewsIndexPage,
    NewsPage,
    OpEdIndexPage,
    OpEdPage,
    ReportIndexPage,
    ReportPage,
    ResourceIndexPage,
    ResourcePage,
    StatementIndexPage,
    StatementPage,
)

from .report_parts import make_sections
from .texts.news import NEWS
from .texts.op_eds import OP_EDS
from .texts.reports import REPORTS
from .texts.resources import RESOURCES
from .texts.statements import STATEMENTS
from .tree import child, children

INDEXES = {
    "news": (NewsIndexPage, "소식", "현장에서 있었던 일을 사진과 함께 전합니다."),
    "statements": (
        StatementIndexPage,
        "성명·논평",
        "연대회의의 이름으로 낸 성명, 논평, 보도자료입니다.",
    ),
    "reports": (ReportIndexPage, "활동보고", "한 해를 기조에서 다음 해 계획까지 정리합니다."),
    "op-eds": (OpEdIndexPage, "기고", "회원단체 활동가가 언론에 쓴 글입니다."),
    "resources": (
        ResourceIndexPage,
        "정책자료",
        "요구안, 조사, 안내서와 서식을 내려받으실 수 있습니다.",
    ),
}


class Newsroom:
    def __init__(self, home, kit, campaign, petition):
        self.kit, self.campaign, self.petition = kit, campaign, petition
        self.indexes = {
            slug: child(home, model, slug, title=title, summary=summary)
            for slug, (model, title, summary) in INDEXES.items()
        }

    def load(self):
        for slug, model, rows, make in (
            ("news", NewsPage, NEWS, self._news),
            ("statements", StatementPage, STATEMENTS, self._statement),
            ("reports", ReportPage, self._report_rows(), self._report),
            ("op-eds", OpEdPage, OP_EDS, self._op_ed),
            ("resources", ResourcePage, RESOURCES, self._resource),
        ):
            children(self.indexes[slug], model, rows, make)

    def _common(self, row):
        kit = self.kit
        joins = row.get("campaign")
        return {
            "title": row["title"],
            "summary": row["summary"],
            "published_on": kit.day(row["days"]),
            "themes": [kit.themes[slug] for slug in row.get("themes", ()) if slug in kit.themes],
            "sectors": [kit.sectors[s] for s in row.get("sectors", ()) if s in kit.sectors],
            "region": kit.regions.get(row.get("region", "")),
            "campaign": self.campaign if joins else None,
            "action_page": self.petition if joins else None,
            "body": row["body"](kit) if "body" in row else [],
        }

    def _news(self, row):
        return {**self._common(row), "picture": self.kit.image(row["picture"])}

    def _statement(self, row):
        kit = self.kit
        embargo = kit.morning(row["days"]) if row.get("embargo") else None
        return {
            **self._common(row),
            "kind": row["kind"],
            "number": f"{kit.day(row['days']).year}-{row['number']:02d}",
            "gist": row["gist"],
            "signatories": row.get("signatories", ""),
            "files": [("file", kit.file(name)) for name in row.get("files", ())],
            "press_contact": kit.contact("press"),
            "embargo_at": embargo,
        }

    def _op_ed(self, row):
        names = ("outlet", "author", "author_title", "original_url", "gist", "excerpt")
        return {
            **self._common(row),
            **{name: row[name] for name in names},
            "may_reprint": row.get("may_reprint", False),
        }

    def _resource(self, row):
        kit = self.kit
        versions = [
            (
                "version",
                {
                    **kit.file(name, title),
                    "version": version,
                    "dated_on": kit.day(back),
                    "changes": changes,
                },
            )
            for name, title, version, back, changes in row["versions"]
        ]
        return {**self._common(row), "kind": row["kind"], "versions": versions}

    def _report_rows(self):
        return [{**row, "slug": str(self.kit.year - row["back"])} for row in REPORTS]

    def _report(self, row):
        kit, back = self.kit, row["back"]
        year = kit.year - back
        published = date(year + 1, 1, 20) if back else kit.day(1)
        kinds = (("pdf", "PDF"), ("hwpx", "한글 문서"))
        return {
            "title": f"{year}년 활동보고",
            "summary": row["summary"],
            "year": year,
            "theme": row["theme"],
            "published_on": min(published, kit.today),
            "picture": kit.image("table" if back else "village"),
            "files": [
                ("file", kit.file(f"report-{back}-{kind}", f"{year}년 활동보고 ({word})"))
                for kind, word in kinds
            ],
            "sections": make_sections(row, year),
        }
