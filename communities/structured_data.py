"""Facts for machines inside a page: JSON-LD in the words of schema.org.

A script element of this type is data: nothing runs it, and the Content-Security-Policy, which is
asked before something runs, lets it be (HTML, "prepare the script element").
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

CONTEXT = "https://schema.org"
# What could end the element or begin a comment in it; JSON reads these as what they stand for.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def without_blanks(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts without those nobody knows: None, empty texts and empty lists."""
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}


def script(facts: Mapping[str, Any]) -> SafeString:
    """Return facts as a script element of JSON-LD.

    Args:
        facts: one thing, with its `@type`; values are plain data as JSON knows it.

    """
    text = json.dumps({"@context": CONTEXT, **facts}, ensure_ascii=False, separators=(",", ":"))
    # Nothing is left in the text that HTML would read as markup.
    escaped = mark_safe(text.translate(ESCAPES))  # noqa: S308
    return format_html('<script type="application/ld+json">{}</script>', escaped)
