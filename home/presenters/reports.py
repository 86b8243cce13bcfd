from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from ..models import ReportPage
from ..publishing import UntilPublished
from ..requests import prepare
from .articles import ArticlePresenter


@dataclass(frozen=True)
class ReportPart:
    anchor: str
    title: str
    html: SafeString


@dataclass(frozen=True)
class Years:
    """The reports before and after one, and the plan that follows it."""

    before: ReportPage | None
    after: ReportPage | None
    plan: object


def _parts(page: ReportPage) -> tuple[ReportPart, ...]:
    """The parts with anchors of their own, also where one comes twice."""
    seen: dict[str, int] = {}
    parts = []
    for child in page.sections:
        anchor = child.value.anchor
        seen[anchor] = seen.get(anchor, 0) + 1
        if seen[anchor] > 1:
            anchor = f"{anchor}-{seen[anchor]}"
        html = child.render({"page": page, "anchor": anchor, "year": page.year})
        parts.append(ReportPart(anchor, str(child.value.title), html))
    return tuple(parts)


def _read_parts(page: ReportPage) -> tuple[ReportPart, ...]:
    prepare(page)
    return _parts(page)


def _read_years(page: ReportPage) -> Years:
    year = page.year
    reports = list(
        ReportPage.objects.sibling_of(page, inclusive=False)
        .live()
        .defer_streamfields()
        .order_by("year", "pk")
    )
    return Years(
        before=next((r for r in reversed(reports) if r.year < year), None),
        after=next((r for r in reports if r.year > year), None),
        plan=page.next_page if page.next_page and page.next_page.live else None,
    )


_kept_parts = UntilPublished(_read_parts)
_kept_years = UntilPublished(_read_years)


class ReportPresenter(ArticlePresenter):
    @cached_property
    def parts(self) -> tuple[ReportPart, ...]:
        if self.is_draft:
            return _parts(self.page)
        return _kept_parts.about(self.page, self.page.pk, self.page.live_revision_id)

    @cached_property
    def years(self) -> Years:
        page = self.page
        if page.pk is None:  # A draft that was never saved.
            return Years(None, None, page.next_page)
        return _kept_years.about(page, page.pk, page.year, page.live_revision_id)

    @cached_property
    def downloads(self) -> list:
        """The report itself as files: those of the first attachment, the PDF first."""
        return self.files[0].documents if self.files else []

    @property
    def more_files(self) -> list:
        return self.files[1:]
