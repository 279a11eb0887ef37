"""What stories belong to: sections, places, people, words, and pictures that they share."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from articles.models import Contributor, NamePinyin, Section, Tag
from articles.search import indexing, pinyin
from bulletin.filling.phrases import DID, SURNAMES, WHAT, odd
from communities.models import Community
from communities.models.community import Level

SUBDISTRICTS, COMMUNITIES, PEOPLE, TAGS, LOGINS = 8, 400, 300, 120, 12
# What begins the address names of everything that is made here.
MARK = "fill"
SECTIONS = ("要闻", "民生", "社区", "治理", "文体", "健康", "法治", "公告")
COLUMNS = ("新闻广角", "街巷快讯", "民事民议", "邻里")
INKS = ("#8c2f39", "#2f5d62", "#5b6c3f", "#7a5c3e")
SIZE = (1200, 800)
CENTRE = (117.28, 31.86)
Kind = NamePinyin.Kind


@dataclass(frozen=True)
class Place:
    """A community as stories name it.

    Attributes:
        key: the community's.
        name: its name.
        ways: how the name is typed.

    """

    key: int
    name: str
    ways: str


@dataclass(frozen=True)
class Person:
    """Somebody whose name stands under stories, as `Place`."""

    key: int
    name: str
    ways: str


@dataclass(frozen=True)
class Picture:
    """A drawing in the storage."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class Newsroom:
    """All that stories are made with; sections and words are (key, name).

    The first three logins review, the others file.
    """

    sections: Sequence[tuple[int, str]]
    columns: Sequence[tuple[int, str]]
    places: Sequence[Place]
    people: Sequence[Person]
    tags: Sequence[tuple[int, str]]
    pictures: Sequence[Picture]
    logins: Sequence[int]


def load(seed: int) -> Newsroom:
    """Make what stories belong to; what is there from an earlier time is taken as it is."""
    chance = random.Random(f"newsroom {seed}")  # noqa: S311 - the same newsroom each time
    places = load_places(chance)
    names = [indexing.name_of_community(place) for place in places]
    people = _people(chance, places)
    indexing.keep_pinyin(names)
    indexing.keep_pinyin(indexing.Name(Kind.CONTRIBUTOR, one.key, one.ways) for one in people)
    return Newsroom(
        _sections(SECTIONS, Section.Kind.SECTION),
        _sections(COLUMNS, Section.Kind.COLUMN),
        [
            Place(key, place.name, ways)
            for place, (_k, key, ways) in zip(places, names, strict=True)
        ],
        people,
        _tags(),
        [_picture(n, ink) for n, ink in enumerate(INKS)],
        _logins(),
    )


def load_places(chance: random.Random) -> list[Community]:
    """Make a district with its subdistricts and communities; the communities are returned."""
    mine = Community.objects.filter(slug__startswith=f"{MARK}-", level=Level.COMMUNITY)
    if there := list(mine.order_by("pk")):
        return there
    district = Community.objects.create(
        name=f"{odd(chance)}区", slug=f"{MARK}-district", level=Level.DISTRICT
    )
    streets = [
        Community.objects.create(
            name=name, slug=f"{MARK}-street-{n}", level=Level.SUBDISTRICT, parent=district
        )
        for n, name in enumerate(_different(lambda: f"{odd(chance)}街道", SUBDISTRICTS))
    ]
    names = _different(lambda: f"{odd(chance)}{chance.choice('里园苑湾桥')}社区", COMMUNITIES)
    return Community.objects.bulk_create(
        Community(
            name=name,
            slug=f"{MARK}-{n}",
            level=Level.COMMUNITY,
            parent=streets[n % SUBDISTRICTS],
            position=n,
            longitude=round(chance.gauss(CENTRE[0], 0.1), 6),
            latitude=round(chance.gauss(CENTRE[1], 0.1), 6),
        )
        for n, name in enumerate(names)
    )


def _sections(names: Sequence[str], kind: Section.Kind) -> list[tuple[int, str]]:
    rows = [
        Section.objects.get_or_create(
            name=name, defaults={"slug": f"{MARK}-{kind}-{n}", "kind": kind, "position": n}
        )[0]
        for n, name in enumerate(names)
    ]
    return [(row.pk, row.name) for row in rows]


def _people(chance: random.Random, places: Sequence[Community]) -> list[Person]:
    names = _different(lambda: chance.choice(SURNAMES) + odd(chance), PEOPLE)
    rows = Contributor.objects.bulk_create(
        Contributor(name=name, title="通讯员", community=chance.choice(places)) for name in names
    )
    return [Person(row.pk, row.name, pinyin.of_person(row.name)) for row in rows]


def _logins() -> list[int]:
    """Return people to file and review, who cannot log in."""
    names = [f"{MARK}-{n}" for n in range(LOGINS)]
    return [
        User.objects.get_or_create(username=name, defaults={"password": make_password(None)})[0].pk
        for name in names
    ]


def _tags() -> list[tuple[int, str]]:
    names = islice((f"{what}{did}" for did in DID for what in WHAT), TAGS)
    rows = [
        Tag.objects.get_or_create(name=name, defaults={"slug": f"{MARK}-{n}"})[0]
        for n, name in enumerate(names)
    ]
    return [(row.pk, row.name) for row in rows]


def _picture(n: int, ink: str) -> Picture:
    """Return a picture of a row of houses, kept once for all stories that show it."""
    name = f"{MARK}/houses-{n}.jpg"
    if not default_storage.exists(name):
        sheet = Image.new("RGB", SIZE, "#efe6d5")
        pen = ImageDraw.Draw(sheet)
        for house in range(6):
            left, top = house * 200 + 20, 250 + (house * 137 + n * 61) % 300
            pen.rectangle((left, top, left + 160, SIZE[1]), fill=ink)
        file = io.BytesIO()
        sheet.save(file, "JPEG")
        default_storage.save(name, ContentFile(file.getvalue()))
    return Picture(name, *SIZE)


def _different(make: Callable[[], str], count: int) -> list[str]:
    """Return so many names, no two the same."""
    names: dict[str, None] = {}
    while len(names) < count:
        names[make()] = None
    return list(names)
