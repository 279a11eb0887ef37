"""What the templates of our maps need."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from communities import map_links as links
from communities import walking
from communities.models import ServiceStation
from communities.origins import point_of

register = template.Library()


@register.simple_tag
def map_tiles() -> SafeString:
    """Print the settings of the map's tiles as attributes; nothing where none are set."""
    if not settings.MAP_TILES_URL:
        return SafeString("")
    values = {
        "tiles": settings.MAP_TILES_URL,
        "subdomains": ",".join(settings.MAP_TILES_SUBDOMAINS),
        "system": settings.MAP_TILES_SYSTEM,
        "attribution": settings.MAP_TILES_ATTRIBUTION,
    }
    return format_html_join("", ' data-{}="{}"', values.items())


@register.simple_tag
def tiles_from_elsewhere() -> bool:
    """Whether another host draws the map, and so learns which part of it is looked at."""
    return settings.MAP_TILES_URL.startswith("https://")


@register.filter
def as_json(rows: Iterable[Any]) -> str:
    """Return rows as JSON, for an attribute (the template escapes it)."""
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":"))


@register.simple_tag
def map_links(station: ServiceStation) -> list[links.MapLink]:
    """Return the links that open a station in other maps; none where it has no position."""
    point = point_of(station)
    if point is None:
        return []
    return links.map_links(point, station.name, station.address, settings.SITE_NAME)


@register.simple_tag
def walking_assumption() -> str:
    """Return what walking times rest on."""
    return walking.assumption()


@register.simple_tag
def circle_metres() -> int:
    """Return how far off, in a straight line, fifteen minutes reach."""
    return round(walking.metres_for(walking.CIRCLE))
