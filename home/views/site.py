from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.views import serve

from .. import services
from ..exceptions import ShortLinkNotFoundError
from ..requests import route

# Where a video block's player comes from, once a visitor has pressed it.
VIDEO_HOSTS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]

# Where the script of KakaoTalk's share button comes from, on pages that hold no secret.
KAKAO_HOSTS = {
    "script-src": ["https://t1.kakaocdn.net"],
    "form-action": ["https://sharer.kakao.com"],
}


@require_safe
def robots(_request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Disallow: /t/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def server_error(request):
    """The page that says so, with the number under which the log tells what happened."""
    context = {"request_id": getattr(request, "request_id", "")}
    return render(request, "500.html", context, status=500)


@require_safe
@never_cache
def search(request):
    """What visitors look for is nobody's business: it is not kept anywhere, not even here."""
    page = request.GET.get("page", "")
    answer = services.search_pages(
        request.GET.get("q", ""),
        kind=request.GET.get("type", ""),
        page=int(page[:6]) if page.isascii() and page.isdigit() else 1,
    )
    return render(request, "home/search.html", {"answer": answer})


@require_safe
def follow_short_link(request, slug):
    """Not kept by caches: an editor may lead the address elsewhere at any time."""
    try:
        response = HttpResponseRedirect(services.find_target(slug))
    except ShortLinkNotFoundError as error:
        raise Http404 from error
    response["Cache-Control"] = "no-cache"
    return response


def show_page(request, path):
    """Wagtail's own view, which is told the page: it would ask for each level of the address."""
    if result := route(request, path):
        request._wagtail_route_for_request = result
    response = serve(request, path)
    response._csp_update = {"frame-src": VIDEO_HOSTS, **getattr(response, "_csp_update", {})}
    return response
