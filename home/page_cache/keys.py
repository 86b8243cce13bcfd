"""Which requests have an answer that is the same for everybody."""

from urllib.parse import parse_qsl

from django.conf import settings
from django.core.signals import setting_changed
from django.http.request import split_domain_port, validate_host

# What links from KakaoTalk, Naver and other places add; it never changes a page.
TRACKING_PREFIXES = ("utm_", "kakao", "n_")
TRACKING_NAMES = {"fbclid", "gclid", "igshid", "igsh", "NaPm", "ref"}
PRIVATE_PREFIXES = ("/admin/", "/t/", "/static/", "/media/", "/healthz", "/readyz")

Key = tuple[str, str, str]

MOST_HOSTS = 64


class Rules:
    """What the settings say, read once: asking them takes as long as all else about a key."""

    def __init__(self):
        self.session_cookie = settings.SESSION_COOKIE_NAME
        self.allowed_hosts = settings.ALLOWED_HOSTS
        self.secure_header = settings.SECURE_PROXY_SSL_HEADER or ("", "")
        self.our_hosts = set()


_rules = {"current": None}


def _forget_rules(**_kwargs):
    _rules["current"] = None


setting_changed.connect(_forget_rules, dispatch_uid="home.page_cache")


def rules() -> Rules:
    if _rules["current"] is None:
        _rules["current"] = Rules()
    return _rules["current"]


def cache_key(environ) -> Key | None:
    """Scheme, host and path of a request whose answer is the same for everybody, else None."""
    told = rules()
    path = environ.get("PATH_INFO", "")
    cookies = environ.get("HTTP_COOKIE")
    query = environ.get("QUERY_STRING")
    host = environ.get("HTTP_HOST", "").lower()
    if (
        environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        or path.startswith(PRIVATE_PREFIXES)
        or (cookies and told.session_cookie in cookies)
        or "HTTP_AUTHORIZATION" in environ
        or (query and not only_tracking(query))
        or not (host in told.our_hosts or is_ours(host))
    ):
        return None
    return ("https" if is_secure(environ) else "http", host, path)


def is_ours(host: str) -> bool:
    """Whether Django would answer to this name; looked into once for each that it would."""
    told = rules()
    if not validate_host(split_domain_port(host)[0], told.allowed_hosts):
        return False
    if len(told.our_hosts) >= MOST_HOSTS:
        told.our_hosts.clear()
    told.our_hosts.add(host)
    return True


def only_tracking(query: str) -> bool:
    return all(
        name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES)
        for name, _ in parse_qsl(query, keep_blank_values=True)
    )


def is_secure(environ) -> bool:
    """As Django sees it: a forwarded scheme counts only where the settings say so."""
    header, secure = rules().secure_header
    told = environ.get(header)
    if told is None:
        return environ["wsgi.url_scheme"] == "https"
    return told.partition(",")[0].strip() == secure
