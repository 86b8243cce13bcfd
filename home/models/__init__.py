from .articles import Article, NewsPage, StatementPage
from .base import BasePage
from .finding import SearchSynonym, ShortLink
from .front import HomePage, StandardPage
from .indexes import (
    ArticleIndexPage,
    NewsIndexPage,
    OpEdIndexPage,
    ReportIndexPage,
    ResourceIndexPage,
    StatementIndexPage,
)
from .media import SiteDocument, SiteImage, SiteRendition
from .op_eds import OpEdPage
from .policies import PolicyVersion, PrivacyPolicyPage, Processor
from .reports import ReportPage
from .resources import ResourcePage
from .sharing import ShareCard
from .site import MenuItem, PublicVersion, SiteAlert, SiteSettings
from .taxonomy import Contact, Sector, Theme

__all__ = [
    "PolicyVersion",
    "PrivacyPolicyPage",
    "Processor",
    "Article",
    "ArticleIndexPage",
    "BasePage",
    "Contact",
    "HomePage",
    "MenuItem",
    "NewsIndexPage",
    "NewsPage",
    "OpEdIndexPage",
    "OpEdPage",
    "PublicVersion",
    "ReportIndexPage",
    "ReportPage",
    "ResourceIndexPage",
    "ResourcePage",
    "SearchSynonym",
    "Sector",
    "ShareCard",
    "ShortLink",
    "SiteAlert",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "SiteSettings",
    "StandardPage",
    "StatementIndexPage",
    "StatementPage",
    "Theme",
]
