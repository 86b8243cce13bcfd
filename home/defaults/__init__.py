from .pages import (
    CAMPAIGN_ASKS,
    CAMPAIGN_BODY,
    CAMPAIGN_QUESTIONS,
    GIST,
    HINT,
    NEWS_BODY,
    OP_ED_EXCERPT,
    REPORT_PARTS,
    RESOURCE_BODY,
    STATEMENT_BODY,
    hint,
)

__all__ = [
    "CAMPAIGN_ASKS",
    "CAMPAIGN_BODY",
    "CAMPAIGN_QUESTIONS",
    "GIST",
    "HINT",
    "NEWS_BODY",
    "OP_ED_EXCERPT",
    "REPORT_PARTS",
    "RESOURCE_BODY",
    "STATEMENT_BODY",
    "hint",
]
