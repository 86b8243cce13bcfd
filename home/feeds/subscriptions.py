"""RSS 2.0 and Atom of all texts, or of one list."""

from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from ..context_processors import site_details
from ..middleware import PUBLIC_CACHE_CONTROL
from ..models import (
    Article,
    ArticleIndexPage,
    NewsPage,
    OpEdPage,
    ReportPage,
    ResourcePage,
    StatementPage,
)
from ..requests import page_map, private_q
from .content import full_texts, legal

LENGTH = 20
KINDS = (NewsPage, StatementPage, ReportPage, OpEdPage, ResourcePage)


class FullRss(Rss201rev2Feed):
    def rss_attributes(self):
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class FullAtom(Atom1Feed):
    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


@require_safe
def rss(request, page_path=""):
    return _answer(FullRss, request.path, page_path)


@require_safe
def atom(request, page_path=""):
    return _answer(FullAtom, request.path, page_path)


def _answer(generator, path, page_path):
    hidden = private_q()
    index = _index(page_path) if page_path else None
    articles = _newest(index, hidden)
    organisation = site_details().organisation_name or settings.WAGTAIL_SITE_NAME
    feed = generator(
        title=legal(f"{organisation} {index.title}" if index else organisation),
        link=index.public_url if index else f"{settings.SITE_URL}/",
        description=legal(index.summary if index else organisation),
        language="ko",
        feed_url=settings.SITE_URL + path,
        author_name=legal(organisation),
    )
    for article, content in zip(articles, full_texts(articles), strict=True):
        _add(feed, article, content, organisation)
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    response["Cache-Control"] = PUBLIC_CACHE_CONTROL
    return response


def _index(page_path):
    """The live public list at a site path such as ``news``."""
    known = page_map()
    near, rest = known.nearest(page_path) if known else (None, [])
    model = known.model(near.pk) if near and not rest and known.is_open(near) else None
    if model is None or not issubclass(model, ArticleIndexPage):
        raise Http404
    return model.objects.get(pk=near.pk)


def _newest(index, hidden) -> list[Article]:
    found = []
    for kind in [index.article_model] if index else KINDS:
        pages = kind.objects.live().exclude(hidden)
        if index:
            pages = pages.child_of(index)
        if kind is StatementPage:
            pages = pages.filter(Q(embargo_at=None) | Q(embargo_at__lte=timezone.now()))
        found += pages.order_by("-published_on", "-pk")[:LENGTH]
    found.sort(key=lambda article: (article.published_on, article.pk), reverse=True)
    return found[:LENGTH]


def _add(feed, article, content, organisation):
    feed.add_item(
        title=legal(article.title),
        link=article.public_url,
        description=legal(article.share_description),
        content=content,
        author_name=legal(article.byline or organisation),
        pubdate=_published_at(article),
        updateddate=article.last_published_at,
        unique_id=_tag(article),
        unique_id_is_permalink=False,
        categories=[legal(article.kind_label)],
    )


def _published_at(article):
    """The moment of publishing, if that was on the day shown; else the morning of that day."""
    moment = article.first_published_at
    if moment and timezone.localdate(moment) == article.published_on:
        return moment
    return timezone.make_aware(datetime.combine(article.published_on, time(9)))


def _tag(article):
    """A name that stays when the page moves to another address."""
    host = urlsplit(settings.SITE_URL).hostname
    day = (article.first_published_at or _published_at(article)).astimezone(UTC).date()
    return f"tag:{host},{day.isoformat()}:page-{article.pk}"
