"""Accessibility rules of axe-core 4.14.1 (MPL-2.0, unchanged, beside this file)."""

from pathlib import Path

SOURCE = Path(__file__).with_name("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


RUN = """async ([rules, known, within]) => {
  const isKnown = (rule, node) => known.some(([id, selector]) =>
    id === rule.id && document.querySelector(node.target[0])?.matches(selector));
  // Two hundred drawings that no rule speaks of would be walked through with every part of a page.
  if (within) document.querySelector("[data-sprite]")?.replaceChildren();
  const options = { runOnly: rules, resultTypes: ["violations"] };
  const { violations } = await ourAxe.run(within ?? document, options);
  return violations.flatMap(rule => rule.nodes
    .filter(node => !isKnown(rule, node))
    .map(node => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""


def violations(page, known=(), within=None, rules=TAGS) -> list[str]:
    """What axe objects to on a page as it is now: rule, element and why, one line each.

    ``known`` are pairs of a rule and the selector of elements that are not ours to mend. ``within``
    looks at the element with that selector only, ``rules`` are axe's, by tag or by name.
    """
    page.wait_for_load_state()  # A press leads on to a page of which half may be there.
    if not page.evaluate("() => 'ourAxe' in window"):
        # Wagtail has one of its own. What stands last comes back as JSON: all of axe takes a second.
        page.evaluate(f"{SOURCE};window.ourAxe = window.axe; true")
    return page.evaluate(RUN, [[*rules], [*known], within])
