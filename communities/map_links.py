"""Links that open a place in the maps people have, each in the system that map draws.

Amap's and Tencent's addresses take GCJ-02, which we keep; Baidu's is told BD-09 outright. The forms
are those of the providers' URI interfaces (uri.amap.com/marker, api.map.baidu.com/marker,
apis.map.qq.com/uri/v1/marker).
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from communities.coordinates import Point, bd09_from_gcj02


class MapLink(NamedTuple):
    """A map's name and the address that opens a place in it."""

    name: str
    address: str


def map_links(point: Point, name: str, address: str, source: str) -> list[MapLink]:
    """Return the links for a place.

    Args:
        point: in GCJ-02.
        name: what the place is called; stands on its pin.
        address: its street address, "" for none.
        source: who sends the visitor, which the interfaces ask for.

    """
    baidu = bd09_from_gcj02(point)
    return [
        MapLink(
            _("Amap"),
            "https://uri.amap.com/marker?"
            + _query(
                position=f"{point.longitude:.6f},{point.latitude:.6f}",
                name=name,
                src=source,
                coordinate="gaode",
                callnative="1",
            ),
        ),
        MapLink(
            _("Baidu Maps"),
            "https://api.map.baidu.com/marker?"
            + _query(
                location=f"{baidu.latitude:.6f},{baidu.longitude:.6f}",
                coord_type="bd09ll",
                title=name,
                content=address or name,
                output="html",
                src=source,
            ),
        ),
        MapLink(
            _("Tencent Maps"),
            "https://apis.map.qq.com/uri/v1/marker?"
            + _query(
                marker=(
                    f"coord:{point.latitude:.6f},{point.longitude:.6f}"
                    f";title:{_plain(name)};addr:{_plain(address or name)}"
                ),
                referer=source,
            ),
        ),
    ]


def _query(**values: str) -> str:
    return urlencode(values, quote_via=quote)


def _plain(text: str) -> str:
    """Take out what divides the parts of Tencent's marker."""
    return text.replace(";", "，").replace(":", "：").replace("|", " ")
