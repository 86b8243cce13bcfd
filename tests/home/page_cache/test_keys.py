import pytest

from home.page_cache.keys import MOST_HOSTS, cache_key, is_ours, is_secure, rules

pytestmark = pytest.mark.unit


def request(**changes):
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/campaigns/",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        **changes,
    }


@pytest.mark.parametrize("query", ["", "utm_campaign=", "kakao_from=a&ref=b", "igsh=x&gclid=y"])
def test_key_ignores_tracking(query):
    assert cache_key(request(QUERY_STRING=query)) == ("http", "testserver", "/campaigns/")


@pytest.mark.parametrize("query", ["q=1", "refresh=1", "utm_source=a&q=1", "=", "a"])
def test_a_query_with_meaning_has_no_key(query):
    assert cache_key(request(QUERY_STRING=query)) is None


def test_a_request_without_a_host_has_no_key(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    bare = request()
    del bare["HTTP_HOST"]

    assert cache_key(bare) is None


def test_a_host_is_ours_as_long_as_the_settings_say_so(settings):
    settings.ALLOWED_HOSTS = [".ours.example"]
    assert [is_ours(host) for host in ("www.ours.example", "www.ours.example:80", "x")] == [
        *(True, True, False)
    ]
    assert is_ours("www.ours.example")

    settings.ALLOWED_HOSTS = ["other.example"]
    assert not is_ours("www.ours.example")


def test_many_names_of_ours_are_not_all_remembered(settings):
    settings.ALLOWED_HOSTS = ["*"]
    for number in range(MOST_HOSTS + 2):
        assert is_ours(f"host{number}.example")

    assert len(rules.our_hosts) <= MOST_HOSTS


@pytest.mark.parametrize(
    ("scheme", "header", "told", "secure"),
    [
        ("http", None, "https", False),
        ("https", None, None, True),
        ("http", ("HTTP_X_FORWARDED_PROTO", "https"), "https", True),
        ("http", ("HTTP_X_FORWARDED_PROTO", "https"), "https, http", True),
        ("http", ("HTTP_X_FORWARDED_PROTO", "https"), "http", False),
        ("https", ("HTTP_X_FORWARDED_PROTO", "https"), "http", False),
        ("https", ("HTTP_X_FORWARDED_PROTO", "https"), None, True),
    ],
)
def test_the_scheme_is_what_django_takes_it_for(settings, rf, scheme, header, told, secure):
    settings.SECURE_PROXY_SSL_HEADER = header
    environ = {"wsgi.url_scheme": scheme}
    if told:
        environ["HTTP_X_FORWARDED_PROTO"] = told

    assert is_secure(environ) is secure
    assert rf.get("/", **environ).is_secure() is secure
