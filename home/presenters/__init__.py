"""Pages as their templates show them."""

from .articles import ArticlePresenter, OpEdPresenter, ResourcePresenter, StatementPresenter
from .lists import ArticleListPresenter, ResourceListPresenter
from .plain_text import statement_as_text
from .policy import PolicyPresenter
from .reports import ReportPresenter

__all__ = [
    "ArticleListPresenter",
    "ArticlePresenter",
    "OpEdPresenter",
    "PolicyPresenter",
    "ReportPresenter",
    "ResourceListPresenter",
    "ResourcePresenter",
    "StatementPresenter",
    "statement_as_text",
]
