from .articles import present_page, show_plain_text, show_policy_version
from .site import (
    KAKAO_HOSTS,
    bad_request,
    follow_short_link,
    robots,
    search,
    server_error,
    show_page,
)

__all__ = [
    "KAKAO_HOSTS",
    "bad_request",
    "follow_short_link",
    "present_page",
    "robots",
    "search",
    "server_error",
    "show_page",
    "show_plain_text",
    "show_policy_version",
]
