"""JSON-LD in templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from communities import structured_data

register = template.Library()


@register.simple_tag
def json_ld(facts: Mapping[str, Any]) -> SafeString:
    """Print facts as JSON-LD; a view gathers them."""
    return structured_data.script(facts)
