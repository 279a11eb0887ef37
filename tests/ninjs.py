"""The shape of a ninjs 2.1 object, written down from the standard's schema.

https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json: every object is closed, the only property a
news object must have is `uri`; an associated one must have `name` as well. Only what the newsroom
may use is listed: a property that is not stands for a slip in its name.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

STRING, NUMBER, URI, MOMENT = "string", "number", "uri", "date-time"
WORDS = {"role": STRING, "contenttype": STRING, "value": STRING}
CONCEPT = {"name": STRING, "rel": STRING, "uri": URI, "literal": STRING}
RENDITION = {"name": STRING, "href": URI, "contenttype": STRING, "title": STRING}
RENDITION |= {"width": NUMBER, "height": NUMBER, "sizeinbytes": NUMBER}
NINJS: dict[str, Any] = {
    "uri": URI,
    "type": {"text", "audio", "video", "picture", "graphic", "composite", "component"},
    "representationtype": {"full", "partial"},
    "profile": STRING,
    "version": STRING,
    "firstcreated": MOMENT,
    "versioncreated": MOMENT,
    "embargoed": MOMENT,
    "pubstatus": {"usable", "withheld", "canceled"},
    "copyrightholder": STRING,
    "usageterms": STRING,
    "language": STRING,
    "descriptions": [WORDS],
    "bodies": [{**WORDS, "charcount": NUMBER, "wordcount": NUMBER}],
    "headlines": [WORDS],
    "people": [CONCEPT],
    "places": [CONCEPT],
    "subjects": [CONCEPT],
    "infosources": [{"name": STRING, "role": STRING, "uri": URI, "literal": STRING}],
    "by": STRING,
    "slugline": STRING,
    "renditions": [RENDITION],
    "altids": [{"role": STRING, "value": STRING}],
    "standard": {"name": STRING, "version": STRING, "schema": URI},
    "genres": [{"name": STRING, "uri": STRING, "literal": STRING}],
    "expires": MOMENT,
}
ASSOCIATED = {**NINJS, "name": STRING}
NINJS["associations"] = ASSOCIATED["associations"] = [ASSOCIATED]
NEEDED = {"headlines": "value", "bodies": "value", "descriptions": "value", "renditions": "name"}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def breaches(found: Any, shape: Any = NINJS, path: str = "") -> list[str]:
    """Return where an object breaks the standard, as paths with what is wrong."""
    if isinstance(shape, dict):
        return _of_object(found, shape, path)
    if isinstance(shape, list):
        if not isinstance(found, list):
            return [f"{path}: no array"]
        return [
            breach
            for number, item in enumerate(found)
            for breach in breaches(item, shape[0], f"{path}[{number}]")
        ]
    return [] if _is(found, shape) else [f"{path}: {found!r} is no {shape}"]


def _of_object(found: Any, shape: dict[str, Any], path: str) -> list[str]:
    if not isinstance(found, dict):
        return [f"{path}: no object"]
    wrong = [f"{path}.{name}: no such property" for name in found.keys() - shape.keys()]
    needed = {"uri"} if shape is NINJS else {"uri", "name"} if shape is ASSOCIATED else set()
    key = path.rpartition(".")[2].partition("[")[0]
    needed |= {NEEDED[key]} if key in NEEDED and "[" in path else set()
    wrong += [f"{path}.{name}: missing" for name in needed - found.keys()]
    for name in found.keys() & shape.keys():
        wrong += breaches(found[name], shape[name], f"{path}.{name}")
    return sorted(wrong)


def _is(found: Any, shape: Any) -> bool:
    if isinstance(shape, set):
        return found in shape
    if shape == NUMBER:
        return isinstance(found, int | float) and not isinstance(found, bool)
    if not isinstance(found, str):
        return False
    if shape == URI:
        return bool(urlsplit(found).scheme)
    return shape == STRING or _MOMENT.fullmatch(found) is not None


def paths(found: Any, path: str = "") -> set[str]:
    """Return the paths of all properties of an object, array places left out."""
    if isinstance(found, dict):
        return {f"{path}.{name}" for name in found}.union(
            *(paths(value, f"{path}.{name}") for name, value in found.items())
        )
    if isinstance(found, list):
        return set().union(*(paths(item, path) for item in found))
    return set()
