"""Which requests have an answer that is the same for everybody."""

from urllib.parse import parse_qsl

from django.conf import settings
from django.http.request import split_domain_port, validate_host

# What links from KakaoTalk, Naver and other places add; it never changes a page.
TRACKING_PREFIXES = ("utm_", "kakao", "n_")
TRACKING_NAMES = {"fbclid", "gclid", "igshid", "igsh", "NaPm", "ref"}
PRIVATE_PREFIXES = ("/admin/", "/t/", "/static/", "/media/", "/healthz", "/readyz")

Key = tuple[str, str, str]

# Hosts that are ours by the settings beside them; the settings are another list where they differ.
_ours: dict[str, list[str]] = {}
MOST_HOSTS = 64


def cache_key(environ) -> Key | None:
    """Scheme, host and path of a request whose answer is the same for everybody, else None."""
    path = environ.get("PATH_INFO", "")
    cookies = environ.get("HTTP_COOKIE")
    query = environ.get("QUERY_STRING")
    host = environ.get("HTTP_HOST", "").lower()
    if (
        environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        or path.startswith(PRIVATE_PREFIXES)
        or (cookies and settings.SESSION_COOKIE_NAME in cookies)
        or "HTTP_AUTHORIZATION" in environ
        or (query and not only_tracking(query))
        or not is_ours(host)
    ):
        return None
    return ("https" if is_secure(environ) else "http", host, path)


def is_ours(host: str) -> bool:
    """Whether Django would answer to this name; looked into once for each that it would."""
    allowed = settings.ALLOWED_HOSTS
    if _ours.get(host) is allowed:
        return True
    if not validate_host(split_domain_port(host)[0], allowed):
        return False
    if len(_ours) >= MOST_HOSTS:
        _ours.clear()
    _ours[host] = allowed
    return True


def only_tracking(query: str) -> bool:
    return all(
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
