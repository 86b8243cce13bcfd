"""Which requests have an answer that is the same for everybody."""

from urllib.parse import parse_qsl

from django.conf import settings
from django.core.signals import setting_changed
from django.http.request import split_domain_port, validate_host

# What links from KakaoTalk, Naver and other places add; it never changes a page.
TRACKING_PREFIXES = ("utm_", "kakao", "n_")
TRACKING_NAMES = {"fbclid", "gclid", "igshid", "igsh", "NaPm", "ref"}
PRIVATE_PREFIXES = ("/admin/", "/t/", "/door/", "/static/", "/media/", "/healthz", "/readyz")

Key = tuple[str, str, str]

MOST_HOSTS = 64


class Rules:
    """What the settings say, read once: asking them takes as long as all else about a key."""

    def __init__(self):
        self.read()
        setting_changed.connect(self.read)

    def read(self, **_signal):
        self.session_cookie = settings.SESSION_COOKIE_NAME
        self.allowed_hosts = settings.ALLOWED_HOSTS
        self.secure_header, self.secure_word = settings.SECURE_PROXY_SSL_HEADER or ("", "")
        self.our_hosts = set()


rules = Rules()


def cache_key(environ) -> Key | None:
    """Scheme, host and path of a request whose answer is the same for everybody, else None."""
    path = environ.get("PATH_INFO", "")
    cookies = environ.get("HTTP_COOKIE")
    query = environ.get("QUERY_STRING")
    host = environ.get("HTTP_HOST", "").lower()
    if (
        environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        or path.startswith(PRIVATE_PREFIXES)
        or (cookies and rules.session_cookie in cookies)
        or "HTTP_AUTHORIZATION" in environ
        or (query and not only_tracking(query))
        or not (host in rules.our_hosts or is_ours(host))
    ):
        return None
    return ("https" if is_secure(environ) else "http", host, path)


def is_ours(host: str) -> bool:
    """Whether Django would answer to this name; looked into once for each that it would."""
    if not validate_host(split_domain_port(host)[0], rules.allowed_hosts):
        return False
    if len(rules.our_hosts) >= MOST_HOSTS:
        rules.our_hosts.clear()
    rules.our_hosts.add(host)
    return True


def only_tracking(query: str) -> bool:
    return all(
        name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES)
        for name, _ in parse_qsl(query, keep_blank_values=True)
    )


def is_secure(environ) -> bool:
    """As Django sees it: a forwarded scheme counts only where the settings say so."""
    told = environ.get(rules.secure_header)
    if told is None:
        return environ["wsgi.url_scheme"] == "https"
    return told.partition(",")[0].strip() == rules.secure_word
