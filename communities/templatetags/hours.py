"""How templates print opening hours."""

from __future__ import annotations

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

SPAN = re.compile(r"\d{1,2}:\d\d–\d{1,2}:\d\d")


@register.filter
def unbroken(hours: str) -> SafeString:
    """Return hours of which no span is torn apart at a line's end, only one from the next."""
    escaped = str(conditional_escape(hours))
    # Digits and our own tag alone are put into text that is escaped already.
    return mark_safe(SPAN.sub(r'<span class="span">\g<0></span>', escaped))  # noqa: S308
