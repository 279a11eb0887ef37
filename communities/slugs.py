"""Addresses from Chinese names: pinyin, unique, and kept when the name changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Model, QuerySet
from django.utils.text import slugify
from pypinyin import Style, lazy_pinyin

MAX_LENGTH = 80
# Addresses beside those of rows: /stations/open-data/.
RESERVED = {"open-data"}


def pinyin_slug(name: str) -> str:
    """Return a name as lower-case pinyin with hyphens ("文昌里" is "wen-chang-li").

    Latin letters and digits stay; a name with nothing that can be written so gives "item".
    """
    syllables = lazy_pinyin(name, style=Style.NORMAL)
    return slugify(" ".join(syllables))[:MAX_LENGTH].strip("-") or "item"


def unique_slug(name: str, within: QuerySet[Model], *, keep: int | None = None) -> str:
    """Return a slug for `name` that no row of `within` has yet.

    Args:
        name: the Chinese name.
        within: the rows among which the slug has to be unique; their model has a `slug`.
        keep: the primary key of the row the slug is for, which may already have it.

    """
    base = pinyin_slug(name)
    return _free(base, _taken(base, within.exclude(pk=keep)))


def unique_slugs(
    names: Sequence[str], within: QuerySet[Model], taken: Iterable[str] = ()
) -> list[str]:
    """Return a slug for each of many names, unique among themselves and within rows.

    Args:
        names: the Chinese names.
        within: the rows among which the slugs have to be unique.
        taken: slugs that others are about to get.

    """
    bases = [pinyin_slug(name) for name in names]
    mine = {*taken, *within.filter(slug__in={*bases}).values_list("slug", flat=True)}
    looked_up: set[str] = set()
    found = []
    for base in bases:
        if base in mine and base not in looked_up:
            looked_up.add(base)
            mine |= _taken(base, within)
        slug = _free(base, mine)
        mine.add(slug)
        found.append(slug)
    return found


def _taken(base: str, within: QuerySet[Model]) -> set[str]:
    return set(within.filter(slug__startswith=base).values_list("slug", flat=True))


def _free(base: str, taken: set[str]) -> str:
    slug, number = base, 1
    while slug in taken or slug in RESERVED:
        number += 1
        slug = f"{base[: MAX_LENGTH - 6]}-{number}"
    return slug
