"""Texts of the newsroom, whatever their type, in a few words: one query for all types together."""

from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import CharField, F, Q, Value
from wagtail.models import Page, get_page_models

from ..models import Article, OpEdPage
from ..requests import private_q

COLUMNS = (
    *("pk", "title", "url_path", "summary", "published_on", "region_id", "picture_id"),
    *("model_label", "kind_value"),
)


@dataclass(frozen=True)
class LatestText:
    pk: int
    title: str
    url: str
    summary: str
    published_on: date
    region_id: int | None
    picture_id: int | None
    kind_label: str
    is_op_ed: bool


def article_models() -> list[type[Article]]:
    return [model for model in get_page_models() if issubclass(model, Article)]


def latest_texts(
    models: list[type[Article]], chosen: Q | None = None, limit: int | None = None
) -> list[LatestText]:
    """Public texts of these types, the newest first."""
    private = private_q()
    parts = [_rows(model, private, chosen or Q()) for model in models]
    rows = parts[0].union(*parts[1:], all=True).order_by("-published_on", "-pk")
    return [_text(dict(zip(COLUMNS, row, strict=True))) for row in rows[:limit]]


def _rows(model, private, chosen):
    has_kind = any(field.name == "kind" for field in model._meta.get_fields())
    kind = F("kind") if has_kind else Value("", output_field=CharField())
    label = Value(model._meta.label, output_field=CharField())
    pages = model.objects.live().exclude(private).filter(chosen).order_by()
    return pages.annotate(model_label=label, kind_value=kind).values_list(*COLUMNS)


def _text(row: dict) -> LatestText:
    model = apps.get_model(row.pop("model_label"))
    kind = row.pop("kind_value")
    label = model.Kind(kind).label if kind else model._meta.verbose_name
    page = Page(pk=row["pk"], url_path=row.pop("url_path"))
    return LatestText(
        **row, url=page.url or "", kind_label=str(label), is_op_ed=issubclass(model, OpEdPage)
    )


def latest_texts_by_region(limit: int) -> dict[int, list[LatestText]]:
    """The newest texts about each province."""
    found: dict[int, list[LatestText]] = {}
    for text in latest_texts(article_models(), Q(region__isnull=False)):
        found.setdefault(text.region_id, []).append(text)
    return {region: texts[:limit] for region, texts in found.items()}
