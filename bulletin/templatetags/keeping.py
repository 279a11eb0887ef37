"""Pieces of pages that are the same again and again: put together once a process."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any
from weakref import WeakSet

from django import template
from django.core.signals import setting_changed
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# Of each piece so many are kept: languages, days, sections are few.
MOST = 500
_pieces: WeakSet[KeptNode] = WeakSet()


class KeptNode(template.Node):
    """A piece of a page and what it depends on."""

    def __init__(self, nodes: NodeList, needs: list[FilterExpression]) -> None:
        """Keep the piece's template, and nothing of its text so far."""
        self.nodelist = nodes
        self.needs = needs
        self.texts: dict[Hashable, SafeString] = {}
        _pieces.add(self)

    def render(self, context: Context) -> SafeString:
        """Return the piece's text, put together now if it never was for these values."""
        key = (
            get_language(),
            *[need.resolve(context, ignore_failures=True) for need in self.needs],
        )
        text = self.texts.get(key)
        if text is None:
            text = self.nodelist.render(context)
            if len(self.texts) >= MOST:
                self.texts.clear()
            self.texts[key] = text
        return text


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Put a piece of a page together once a process, for each of the values that it depends on.

        {% kept today is_home %} … {% endkept %}

    Whatever stands in it has to follow from the language, the settings and the values named: plain
    ones, words and numbers and days. A row of the database is none of them: it is the same row
    when its name has changed; its name is one. What is named by `as` in the piece is not known
    behind it.
    """
    needs = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodes, needs)


def forget(**_signal: Any) -> None:
    """Forget all texts: for tests, which change settings."""
    for piece in _pieces:
        piece.texts.clear()


setting_changed.connect(forget)
