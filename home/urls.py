from django.urls import path, re_path

from . import feeds, views

app_name = "home"

# Of everything, or of the list at this path.
FEED = r"^(?:(?P<page_path>[-\w/]{1,400})/)?feed/"

urlpatterns = [
    path("robots.txt", views.robots, name="show-robots"),
    path("sitemap.xml", feeds.sitemap, name="show-sitemap"),
    path("favicon.ico", feeds.favicon, name="show-favicon"),
    path("manifest.webmanifest", feeds.manifest, name="show-manifest"),
    path(".well-known/security.txt", feeds.security, name="show-security"),
    re_path(rf"{FEED}$", feeds.rss, name="read-rss"),
    re_path(rf"{FEED}atom/$", feeds.atom, name="read-atom"),
    path("privacy-versions/<int:number>/", views.show_policy_version, name="show-policy-version"),
    path("search/", views.search, name="search"),
    # Printed without a slash at the end; typed with one by some.
    re_path(r"^s/(?P<slug>[-\w]{1,200})/?$", views.follow_short_link, name="follow-short-link"),
    re_path(
        r"^(?P<page_path>[-\w/]{1,400})/plain\.txt$", views.show_plain_text, name="show-plain-text"
    ),
]
