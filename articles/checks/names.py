"""A person's name spelt two ways in one story: 贾某 and 贾谋.

A name is taken for one where a role stands before it (居民贾某), where somebody speaks (贾某说),
or in the byline; two of them are doubted where one character differs and sounds or looks alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.bylines.names import has_common_surname, has_surname, is_likelier, surname_of
from articles.bylines.words import is_everyday

from .copy import Copy, is_han
from .lexicon import LISTS
from .likeness import is_variant
from .problem import Problem, key_of

ROLE = re.compile("(?:" + "|".join(sorted(LISTS.words("roles"), key=len, reverse=True)) + ")[：:]?")
_SPEAKS = "说|介绍|告诉|表示|坦言|回忆|感慨|笑着|笑道|解释|提醒|称赞|算了|补充"
SPEAKER = re.compile(rf"(?:^|(?<=[，。；：、！？”“）\x00 ]))[\u4e00-\u9fff]{{2,4}}(?={_SPEAKS})")
# What follows a name: a mark, or a word that begins with one of these.
FOLLOWS = frozenset(
    "说道介表告笑称坦感回解提是在和与的也就都正今从向把带对为等一拿指摇点看听想有住来去走刚已还又每手心负牵主捧抱站坐"
    "蹲握掏递接打开骑推端送给让被用将因由及家则却便曾很最不没先后捐收做写买修种养画唱跳练教学帮找问答喊叫回出进上下离参签报登领排拍"
)
GRAMMAR = frozenset("的了是在和与对为把将被从向到让说道也就都还又已有个等来去着过这那他她我你们")
Places = dict[str, list[tuple[str, int, bool]]]


def names(copy: Copy) -> Iterator[Problem]:
    """Find names that nearly agree; the one that stands there less often is pointed out."""
    found = _named(copy)
    known = frozenset(copy.persons)
    done: set[frozenset[str]] = set()
    for name in [*found, *(one for one in copy.persons if 1 < len(one) < 5 and one not in found)]:
        for other, where in _variants(copy, name, found).items():
            pair = frozenset((name, other))
            if pair in done or {name, other} <= known or _stand_together(copy, name, other):
                continue
            done.add(pair)
            yield from _reported(copy, name, other, where)


def _named(copy: Copy) -> Places:
    """Return the names of people with the places where something shows that they are names."""
    found: defaultdict[str, list[tuple[str, int, bool]]] = defaultdict(list)
    for field, start, line in copy.lines():
        for role in ROLE.finditer(line):
            if name := _name_at(line, role.end()):
                found[name].append((field, start + role.end(), True))
        for speaker in SPEAKER.finditer(line):
            if _is_name(speaker[0]):
                found[speaker[0]].append((field, start + speaker.start(), True))
    return dict(found)


def _name_at(line: str, at: int) -> str:
    """Return the name that begins at a place, or ""."""
    surname = surname_of(line[at : at + 4])
    short, long = line[at : at + len(surname) + 1], line[at : at + len(surname) + 2]
    fits = [name for name in (short, long) if _is_name(name) and _ends(line, at + len(name))]
    if len(fits) > 1 and is_likelier(long, short):
        return long
    return fits[0] if fits else ""


def _ends(line: str, at: int) -> bool:
    """Whether a name may end at a place: what follows begins no longer name."""
    return not is_han(line[at : at + 1]) or line[at] in FOLLOWS


def _is_name(word: str) -> bool:
    return has_common_surname(word) and not is_everyday(word) and not GRAMMAR & set(word)


def _variants(copy: Copy, name: str, found: Places) -> Mapping[str, list[tuple[str, int]]]:
    """Return what is nearly this name, with its places in the text."""
    variants: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    surname = surname_of(name) or name[:1]
    shown = {(field, at) for where in found.values() for field, at, _cue in where}
    for field, text in copy.words.items():
        at = text.find(surname)
        while at >= 0:
            other = text[at : at + len(name)]
            if _could_be(text, at, other, name, (field, at) in shown) and is_variant(name, other):
                variants[other].append((field, at))
            at = text.find(surname, at + 1)
    return variants


def _could_be(text: str, at: int, other: str, name: str, is_shown: bool) -> bool:
    """Whether the words at a place could be a person's name."""
    if other == name or len(other) < len(name) or not all(map(is_han, other)):
        return False
    if GRAMMAR & set(other[1:]) or is_everyday(other) or not has_surname(other):
        return False
    if is_shown:
        return True
    behind = text[at + len(other) : at + len(other) + 1]
    previous = text[at - 1 : at]
    ends = not is_han(behind) or behind in FOLLOWS
    # Two characters are a word by chance more often than three.
    return ends and (len(other) > 2 or not is_han(previous)) and behind not in "市县区路街"


def _stand_together(copy: Copy, name: str, other: str) -> bool:
    """Whether two names are listed side by side, as those of two people are."""
    joined = "[、和与，]"
    pattern = re.compile(f"{name}{joined}{other}|{other}{joined}{name}")
    return any(pattern.search(text) for text in copy.words.values())


def _reported(copy: Copy, name: str, other: str, where: list[tuple[str, int]]) -> Iterator[Problem]:
    places = [
        (field, found.start())
        for field, text in copy.words.items()
        for found in re.finditer(re.escape(name), text)
    ]
    if name not in copy.persons and (len(places) < len(where) or other in copy.persons):
        name, other, where = other, name, places
    message = format_lazy(
        _("“{name}” here, “{other}” elsewhere in this story: the same person?"),
        name=other,
        other=name,
    )
    key = key_of("name", *sorted((name, other)))
    for field, at in where:
        end = at + len(other)
        yield Problem(key, "name", message, field, at, end, copy.texts[field][at:end], name)
