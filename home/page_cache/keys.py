"""Which requests have an answer that is the same for everybody."""

from urllib.parse import parse_qsl

from django.conf import settings
from django.http.request import split_domain_port, validate_host

# What links from KakaoTalk, Naver and other places add; it never changes a page.
TRACKING_PREFIXES = ("utm_", "kakao", "n_")
TRACKING_NAMES = {"fbclid", "gclid", "igshid", "igsh", "NaPm", "ref"}
PRIVATE_PREFIXES = ("/admin/", "/t/", "/static/", "/media/", "/healthz", "/readyz")

Key = tuple[str, str, str]


def cache_key(environ) -> Key | None:
    """Scheme, host and path of a request whose answer is the same for everybody, else None."""
    path = environ.get("PATH_INFO", "")
    host = environ.get("HTTP_HOST", "").lower()
    if (
        environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        or path.startswith(PRIVATE_PREFIXES)
        or settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", "")
        or "HTTP_AUTHORIZATION" in environ
        or not only_tracking(environ.get("QUERY_STRING", ""))
        or not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
    ):
        return None
    return ("https" if is_secure(environ) else "http", host, path)


def only_tracking(query: str) -> bool:
    return not query or all(
        name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES)
        for name, _ in parse_qsl(query, keep_blank_values=True)
    )


def is_secure(environ) -> bool:
    """As Django sees it: a forwarded scheme counts only where the settings say so."""
    header, secure = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    told = environ.get(header)
    if told is None:
        return environ["wsgi.url_scheme"] == "https"
    return told.partition(",")[0].strip() == secure
