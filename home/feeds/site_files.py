"""Files about the whole site, at addresses that others decided."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ..context_processors import site_details
from ..middleware import PUBLIC_CACHE_CONTROL
from ..models import BasePage, StatementPage

# sitemaps.org permits no more in one file.
MOST_URLS = 50_000
# RFC 9116 recommends less than a year; who reads the file later is told to look again.
SECURITY_TXT_DAYS = 180


@require_safe
def sitemap(request):
    """Every live page that everybody may see, with the day of its last change."""
    waiting = StatementPage.objects.filter(embargo_at__gt=timezone.now()).values("pk")
    pages = Page.objects.live().public().type(BasePage).exclude(Q(pk__in=waiting)).order_by("path")
    urls = [
        {
            "location": settings.SITE_URL + page.url,
            "lastmod": page.last_published_at or page.latest_revision_created_at,
        }
        for page in pages[:MOST_URLS]
        if page.url
    ]
    response = render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")
    response["Cache-Control"] = PUBLIC_CACHE_CONTROL
    return response


@require_safe
def security(_request):
    """Where to report a weakness, as RFC 9116 asks; nothing while nobody is named."""
    contact = site_details().security_contact
    if not contact:
        raise Http404
    end = timezone.localdate() + timedelta(days=SECURITY_TXT_DAYS)
    expires = timezone.make_aware(datetime.combine(end, time()))
    lines = [
        f"Contact: mailto:{contact}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: ko",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def manifest(_request):
    """What a phone shows when somebody puts the site on its screen."""
    details = site_details()
    name = details.organisation_name or settings.WAGTAIL_SITE_NAME
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    return JsonResponse(
        {
            "name": name,
            "short_name": details.short_name or name,
            "lang": "ko",
            "start_url": "/",
            "display": "minimal-ui",
            "background_color": "#FFFFFF",
            "theme_color": "#0A4541",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


@require_safe
def favicon(_request):
    """For those who ask for it without having read a page."""
    return redirect(static("img/favicon.ico"), permanent=True)
