"""Accessibility rules of axe-core 4.14.1 (MPL-2.0, unchanged, beside this file)."""

from pathlib import Path

SOURCE = Path(__file__).with_name("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page) -> list[str]:
    """What axe objects to on a page as it is now: rule, element and why, one line each."""
    page.evaluate(SOURCE)
    found = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)["violations"]
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
