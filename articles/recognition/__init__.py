"""What a story's text names: places, stations, sections, people, tags, and its figures.

Everything is offered and nothing is set. Names are found longest first in one pass; what is
already chosen isn't offered again. Six queries, however many names there are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from articles.importing import Directory
from articles.importing.places import find_communities
from articles.models import Contributor, Section, Tag
from articles.name_index import Named, NameIndex
from communities.models import Community, Level, ServiceStation

from .figures import Figure, figures

__all__ = ["Chosen", "Figure", "Offer", "Recognised", "figures", "recognise"]

HAN = re.compile(r"[\u3400-\u9fff]")
# A short name is a person's where a role or a mark stands before it …
ROLE_BEFORE = re.compile(r"(?:记者|通讯员|作者|摄影|供图|文图|文|图|摄)[：:\s]*$")
# … and what people do stands behind it.
DEED_BEHIND = re.compile(r"\s*(?:摄|文/图|供图|报道|整理|采写|说|介绍|表示|告诉)")
MOST_TAGS, MOST_SECTIONS = 8, 3


@dataclass(frozen=True)
class Chosen:
    """What the form holds already.

    Attributes:
        communities: keys; likewise `stations` and `sections` (section and column).
        tags: by name.
        credit_line: the byline as typed.

    """

    communities: Collection[int] = ()
    stations: Collection[int] = ()
    sections: Collection[int] = ()
    tags: Collection[str] = ()
    credit_line: str = ""


@dataclass(frozen=True)
class Offer:
    """Something the text names.

    Attributes:
        pk: its key; for a tag too.
        name: what it is called in the newsroom.
        detail: what tells it from others of its name: where it lies, a person's role.
        into: the field it belongs in.

    """

    pk: int
    name: str
    detail: str
    into: str


@dataclass(frozen=True)
class Recognised:
    """All that a text names and the form doesn't hold yet, each in the order of the text."""

    communities: list[Offer] = field(default_factory=list)
    stations: list[Offer] = field(default_factory=list)
    sections: list[Offer] = field(default_factory=list)
    contributors: list[Offer] = field(default_factory=list)
    tags: list[Offer] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


Rows = Mapping[str, list[Offer]]


def recognise(texts: Mapping[str, str], chosen: Chosen | None = None) -> Recognised:
    """Return what a story's fields name.

    Args:
        texts: the fields in reading order.
        chosen: what the form holds already.

    """
    held = chosen or Chosen()
    words = [text for text in texts.values() if text.strip()]
    communities, stations, people = _communities(), _stations(), _people()
    places = _named_places(words, communities, stations, people)
    return Recognised(
        _offered(places["communities"], communities, held.communities),
        _offered(places["stations"], stations, held.stations),
        _sections(words, held.sections),
        [
            offer
            for offer in _offered(places["people"], people, ())
            if offer.name not in held.credit_line
        ],
        _tags(words, held.tags),
        figures(texts),
    )


def _offered(names: Iterable[str], rows: Rows, held: Collection[int]) -> list[Offer]:
    found = {offer.pk: offer for name in names for offer in rows.get(name, ())}
    # One of several of a name that is chosen settles which of them is meant.
    settled = {offer.name for offer in found.values() if offer.pk in held}
    return [offer for offer in found.values() if offer.name not in settled]


def _named_places(
    texts: list[str], communities: Rows, stations: Rows, people: Rows
) -> dict[str, list[str]]:
    """Return the names of communities, stations and people in the texts, each once, in order."""
    index = NameIndex([*communities, *stations, *people])
    found = [list(index.find(text)) for text in texts]
    here = {one.name: one.name for ones in found for one in ones if one.name in communities}
    directory = Directory(MappingProxyType(here), MappingProxyType({}))
    named: dict[str, dict[str, None]] = {"communities": {}, "stations": {}, "people": {}}
    for text, ones, mentions in zip(texts, found, find_communities(texts, directory), strict=True):
        known = {(mention.start, mention.end) for mention in mentions if mention.is_known}
        for one in ones:
            if one.name in stations:
                named["stations"].setdefault(one.name)
            elif one.name in communities:
                # 北仓社区 in 新北仓社区 is another place.
                if (one.start, one.end) in known:
                    named["communities"].setdefault(one.name)
            elif _is_person(text, one):
                named["people"].setdefault(one.name)
    return {kind: list(names) for kind, names in named.items()}


def _is_person(text: str, found: Named) -> bool:
    """Whether a contributor's name is the person's: one of two characters may be a word."""
    if len(found.name) > 2:
        return True
    before, behind = text[max(0, found.start - 6) : found.start], text[found.end : found.end + 4]
    free = not before or not HAN.match(before[-1])
    role = ROLE_BEFORE.search(before) is not None
    ends = not behind or not HAN.match(behind[0])
    return (role and (ends or DEED_BEHIND.match(behind) is not None)) or (
        free and DEED_BEHIND.match(behind) is not None
    )


def _communities() -> Rows:
    rows: defaultdict[str, list[Offer]] = defaultdict(list)
    places = Community.objects.exclude(level=Level.DISTRICT).order_by("position", "pk")
    for pk, name, other, above in places.values_list("pk", "name", "other_name", "parent__name"):
        offer = Offer(pk, name, above or "", "communities")
        for called in {name, other} - {""}:
            rows[called].append(offer)
    return rows


def _stations() -> Rows:
    rows: defaultdict[str, list[Offer]] = defaultdict(list)
    stations = ServiceStation.objects.order_by("name", "pk")
    for pk, name, where in stations.values_list("pk", "name", "community__name"):
        rows[name].append(Offer(pk, name, where, "stations"))
    return rows


def _people() -> Rows:
    rows: defaultdict[str, list[Offer]] = defaultdict(list)
    for pk, name, title in Contributor.objects.order_by("pk").values_list("pk", "name", "title"):
        # Of namesakes one chip: the byline's line asks which of them is meant.
        if not rows[name]:
            rows[name].append(Offer(pk, name, title, "credit_line"))
    return rows


def _counted(texts: list[str], names: Iterable[str]) -> list[str]:
    """Return which names the texts hold, the most frequent first."""
    counts: dict[str, int] = {}
    index = NameIndex(names)
    for text in texts:
        for found in index.find(text):
            counts[found.name] = counts.get(found.name, 0) + 1
    return sorted(counts, key=lambda name: -counts[name])


def _sections(texts: list[str], held: Collection[int]) -> list[Offer]:
    rows = {
        name: Offer(
            pk,
            name,
            str(Section.Kind(kind).label),
            "section" if kind == Section.Kind.SECTION else "column",
        )
        for pk, name, kind in Section.objects.values_list("pk", "name", "kind")
    }
    taken = {offer.into for offer in rows.values() if offer.pk in held}
    offers = [rows[name] for name in _counted(texts, rows)]
    return [offer for offer in offers if offer.into not in taken][:MOST_SECTIONS]


def _tags(texts: list[str], held: Collection[str]) -> list[Offer]:
    rows = {name: Offer(pk, name, "", "tags") for pk, name in Tag.objects.values_list("pk", "name")}
    named = [name for name in _counted(texts, rows) if name not in held]
    return [rows[name] for name in named[:MOST_TAGS]]
