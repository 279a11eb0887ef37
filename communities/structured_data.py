"""Facts for machines inside a page: JSON-LD in the words of schema.org.

A script element of this type is data: nothing runs it, and the Content-Security-Policy, which is
asked before something runs, lets it be (HTML, "prepare the script element").
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

CONTEXT = "https://schema.org"
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# What could end the element or begin a comment in it; JSON reads these as what they stand for.
ESCAPES = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


def without_blanks(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts without those nobody knows: None, empty texts and empty lists."""
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}


def script(facts: Mapping[str, Any]) -> SafeString:
    """Return facts as a script element of JSON-LD.

    Args:
        facts: one thing, with its `@type`; values are plain data as JSON knows it.

    """
    text = ENCODER.encode({"@context": CONTEXT, **facts})
    for sign, escape in ESCAPES.items():
        text = text.replace(sign, escape)
    # Nothing is left in the text that HTML would read as markup.
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
