"""Findings as an editor reads them: one message after saving, and a list beside the editor."""

from django.template.loader import render_to_string

from .findings import Finding

SHOWN = 5  # A message that fills the screen is not read; the list beside the editor has all.


def as_message(findings: list[Finding], intro: str) -> str:
    context = {"intro": intro, "findings": findings[:SHOWN], "more": len(findings) - SHOWN}
    return render_to_string("home/admin/_findings_message.html", context)
