"""What a privacy policy says: an editor's words, and tables of what the site really does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.rich_text import expand_db_html

from rights.registry import (
    Basis,
    DataSet,
    DeclaredProcessor,
    RetentionRule,
    all_rules,
    data_sets,
    declared_processors,
    label_of,
    provisions,
)

from ..models import PrivacyPolicyPage, Processor, SiteSettings

Section = dict[str, object]
Table = dict[str, object]


def _table(caption: str, columns: Iterable[object], rows: Iterable[Iterable[object]]) -> Table:
    """Each row as pairs of label and text: a version of the policy keeps them as they were."""
    labels = [str(column) for column in columns]
    return {
        "caption": caption,
        "rows": [
            [[label, str(cell)] for label, cell in zip(labels, row, strict=True)] for row in rows
        ],
    }


def _purposes(_page: PrivacyPolicyPage) -> list[Table]:
    """What needs a consent and what does not stand apart (PIPA art. 22(3))."""
    by_consent = [one for one in data_sets() if one.basis == Basis.CONSENT]
    others = [one for one in data_sets() if one.basis != Basis.CONSENT]
    columns = [_("What"), _("Whose"), _("Purpose"), pgettext("consent", "Items"), _("Basis")]
    found = []
    for caption, chosen in (
        (_("With your consent"), by_consent),
        (_("Without a consent of its own"), others),
    ):
        found.append(_table(caption, columns, map(_data_set_row, chosen)))
    return found


def _data_set_row(one: DataSet) -> list[object]:
    items = _("%(items)s (sensitive data)") % {"items": one.items} if one.sensitive else one.items
    return [one.label, one.people, one.purpose, items, one.basis.label]


def _retention(_page: PrivacyPolicyPage) -> list[Table]:
    rules = all_rules()
    rows = [
        [label_of(rule), rule.label, rule.period(), rule.legal_basis, rule.remains]
        for rule in rules
        if rule.by_law is None
    ]
    columns = [_("What"), _("When"), _("Kept until"), _("Basis"), _("What remains")]
    found = [_table(_("How long we keep it"), columns, rows)] if rows else []
    return found + _kept_by_law([rule for rule in rules if rule.by_law])


def _kept_by_law(rules: list[RetentionRule]) -> list[Table]:
    """What stays although its purpose has ended, apart from all else (PIPA art. 21(1), (3))."""
    rows = [[label_of(rule), rule.label, rule.period(), rule.legal_basis] for rule in rules]
    columns = [_("What"), _("What the law names"), _("Kept until"), _("Law")]
    return [_table(_("What a law has us keep apart after that"), columns, rows)] if rows else []


def _third_parties(_page: PrivacyPolicyPage) -> list[Table]:
    columns = [
        *(_("On what occasion"), pgettext("consent", "Recipients"), _("Purpose")),
        *(pgettext("consent", "Items"), pgettext("consent", "Kept by them")),
    ]
    rows = [
        [one.occasion, one.recipients, one.purpose, one.items, one.kept_by_them]
        for one in provisions()
    ]
    return [_table(_("Who receives data, if you agree"), columns, rows)] if rows else []


def _in_force() -> list[Processor | DeclaredProcessor]:
    """Those that the office entered, and those that the site as it is set up cannot do without."""
    today = timezone.localdate()
    entered = [one for one in Processor.objects.all() if not one.ended_on or one.ended_on > today]
    names = " ".join(one.name for one in entered).casefold()
    return [*entered, *(one for one in declared_processors() if one.key not in names)]


def _processors(_page: PrivacyPolicyPage) -> list[Table]:
    columns = [
        *(_("Who"), pgettext("processor", "Task"), pgettext("consent", "Items"), _("Kept until")),
        _("Contact"),
    ]
    rows = [[o.name, o.task, o.items, o.kept_until, o.contact or "—"] for o in _in_force()]
    return [_table(_("Who works with it for us"), columns, rows)] if rows else []


def _transfers(_page: PrivacyPolicyPage) -> list[Table]:
    columns = [
        *(_("Who"), _("Country"), _("When and how"), pgettext("consent", "Items"), _("Purpose")),
        *(_("Kept until"), _("How to refuse, and what follows")),
    ]
    rows = [
        [
            *(f"{o.name} {o.contact}".strip(), o.country, o.how_transferred, o.items, o.task),
            *(o.kept_until, o.how_to_refuse),
        ]
        for o in _in_force()
        if o.country
    ]
    return [_table(_("Transfers abroad"), columns, rows)] if rows else []


def _officer(_page: PrivacyPolicyPage) -> list[Table]:
    settings = SiteSettings.objects.filter(site__is_default_site=True).first() or SiteSettings()
    columns = [_("Privacy officer"), _("Office"), _("Phone"), _("E-mail")]
    row = [
        *(settings.privacy_officer or "—", settings.privacy_officer_office or "—"),
        *(settings.privacy_officer_phone or "—", settings.privacy_officer_email or "—"),
    ]
    return [_table(_("Whom to ask"), columns, [row])]


def _no_tables(_page: PrivacyPolicyPage) -> list[Table]:
    return []


@dataclass(frozen=True)
class Part:
    """A section: the field with its words, what the site adds, what it says where there is none."""

    key: str
    title: Callable[[], str]
    field: str = ""
    tables: Callable[[PrivacyPolicyPage], list[Table]] = _no_tables
    none: Callable[[], str] = str


# Decree art. 31(1), in its order.
PARTS = (
    Part("purposes", lambda: _("What we process, for what, and why we may"), tables=_purposes),
    Part("retention", lambda: _("How long data is kept"), tables=_retention),
    Part("destruction", lambda: _("How data is destroyed"), "destruction"),
    Part(
        "third-parties",
        lambda: _("Provision to third parties"),
        tables=_third_parties,
        none=lambda: _("We give personal data to nobody."),
    ),
    Part(
        "processors",
        lambda: _("Processing on our behalf"),
        tables=_processors,
        none=lambda: _("Nobody processes personal data on our behalf."),
    ),
    Part(
        "transfers",
        lambda: _("Transfer abroad"),
        tables=_transfers,
        none=lambda: _("We transfer no personal data abroad."),
    ),
    Part("rights", lambda: _("Your rights and how to use them"), "exercise_of_rights"),
    Part("cookies", lambda: _("Automatic collection and how to refuse it"), "automatic_collection"),
    Part("safety", lambda: _("How data is kept safe"), "safety"),
    Part("publicity", lambda: _("Public display of opinions, and how to refuse it"), "publicity"),
    Part("officer", lambda: _("Privacy officer"), tables=_officer),
    Part("remedies", lambda: _("Where to turn for help"), "remedies"),
)


def compose_sections(page: PrivacyPolicyPage) -> list[Section]:
    """The whole policy as of now, as plain values."""
    sections = [_section("introduction", "", expand_db_html(page.introduction), [])]
    for part in PARTS:
        tables = part.tables(page)
        html = expand_db_html(getattr(page, part.field)) if part.field else ""
        if not tables and not html:
            html = f"<p>{part.none()}</p>"
        sections.append(_section(part.key, part.title(), html, tables))
    return sections


def _section(key: str, title: str, html: str, tables: list[Table]) -> Section:
    return {"key": key, "title": title, "html": html, "tables": tables}
