"""Places the text names that the directory doesn't know.

What counts as a name is decided as for whole pages (`articles.importing.places`). A place that is
said to lie elsewhere, in another district or city, is none of the directory's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.importing import Directory
from articles.importing.naming import GENERIC
from articles.importing.places import Mention, find_communities
from articles.name_index import NameIndex

from .copy import Copy
from .likeness import is_variant
from .problem import Problem, key_of

SUFFIXES = ("社区", "街道", "镇", "乡", "村")
LARGER = re.compile(r"(?P<place>[\u4e00-\u9fff]{1,6}(?:自治[区州县]|[省市区县州盟旗]))$")
ELSEWHERE = re.compile(
    r"(?:外地|外省|外市|邻市|邻区|邻县|老家|原籍|原名|原|旧称|曾名)[\u4e00-\u9fff]{0,6}$"
)
# What shows that a word at the beginning of a clause is a name.
SHOWN_BEFORE = re.compile(r"(?:[在到]|走进|来到|位于|家住|住在|地处|深入|走访|前往|来自)$")
SHOWN_BEHIND = re.compile(
    r"居民|村民|党[委支总群]|两委|书记|主任|网格|社工|志愿|工作人员|[、（(]|内|里"
)
# What 社区 makes one word with: 江城社区食堂 are the canteens of a city as soon as of a community.
COMPOUND = re.compile(r"食堂|医院|卫生|养老|矫正|团购|文化|教育|治理|工作者")
# Without anything that shows it, a name holds none of these: 去找社区, 起初社区.
NO_NAME = frozenset(
    "去找来起初后先再又才就便已正将会能要可应给让把被对跟随向往由从为因于但而且并或虽若如果当每各全整个这那其此该某哪何"
    "谁多少几末旧还也只都很最更太不没无叫请问说告派帮替等靠凭经过离回进出上下接送走跑看听想用拿做干办报打"
)


def places(copy: Copy) -> Iterator[Problem]:
    """Find communities, subdistricts, towns and villages that the directory doesn't have.

    Levels of which the directory has no place at all are left alone.
    """
    kept = {suffix for suffix in SUFFIXES if any(n.endswith(suffix) for n in copy.communities)}
    if not kept:
        return
    names = [name for name in copy.words if copy.words[name].strip()]
    texts = [copy.words[name] for name in names]
    index = NameIndex([*copy.communities, *copy.stations])
    known = [list(index.find(text)) for text in texts]
    here = {found.name: found.name for one in known for found in one}
    directory = Directory(MappingProxyType(here), MappingProxyType({}))
    by_ending = _by_ending(copy.communities)
    seen: set[tuple[str, str]] = set()
    for name, text, mentions in zip(names, texts, find_communities(texts, directory), strict=True):
        for mention in mentions:
            if mention.is_known or mention.suffix not in kept:
                continue
            if _is_elsewhere(copy.communities, text, mention) or _is_covered(copy, mention):
                continue
            if not _is_shown(copy, texts, text, mention, by_ending):
                continue
            if (name, mention.name) not in seen:
                seen.add((name, mention.name))
                yield _problem(copy, name, mention, by_ending)


def _problem(
    copy: Copy, field: str, mention: Mention, by_ending: Mapping[str, list[str]]
) -> Problem:
    like = [one for one in by_ending[mention.suffix] if is_variant(one, mention.name)]
    message = format_lazy(_("“{name}” is not in the directory."), name=mention.name)
    if len(like) == 1:
        message = format_lazy(
            _("“{name}” is not in the directory; “{known}” is."), name=mention.name, known=like[0]
        )
    return Problem(
        key_of("place", mention.name),
        "place",
        message,
        field,
        mention.start,
        mention.end,
        copy.texts[field][mention.start : mention.end],
        like[0] if len(like) == 1 else None,
    )


def _by_ending(names: Collection[str]) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        for suffix in SUFFIXES:
            if name.endswith(suffix):
                found[suffix].append(name)
    return found


def _is_elsewhere(communities: Collection[str], text: str, mention: Mention) -> bool:
    """Whether the text says that a place lies in a city or district that isn't the newsroom's."""
    before = text[max(0, mention.start - 12) : mention.start]
    if ELSEWHERE.search(before):
        return True
    larger = LARGER.search(before)
    if larger is None:
        # A subdistrict or town that isn't ours either: one remark, on the larger place.
        return False
    return not any(larger["place"].endswith(known) for known in communities)


def _is_covered(copy: Copy, mention: Mention) -> bool:
    """Whether a name is part of a known one (the estate 柳堤新村 of 柳堤新村社区), or holds one."""
    name = mention.name
    known = (*copy.communities, *copy.stations)
    return any(name[n:] in copy.communities for n in range(1, len(name) - 1)) or any(
        name in one for one in known
    )


def _is_shown(
    copy: Copy,
    texts: list[str],
    text: str,
    mention: Mention,
    by_ending: Mapping[str, list[str]],
) -> bool:
    """Whether it is sure enough that a name is one: near another, in a larger place, or by its use.

    At the beginning of a clause any two characters stand before 社区 now and then.
    """
    name, before = mention.name, text[max(0, mention.start - 8) : mention.start]
    if LARGER.search(before) or SHOWN_BEFORE.search(before):
        return True
    if any(is_variant(one, name) for one in by_ending[mention.suffix]):
        return True
    stem = name.removesuffix(mention.suffix)
    if NO_NAME & set(stem) or set(stem) <= GENERIC[mention.suffix]:
        return False
    behind = text[mention.end : mention.end + 4]
    if SHOWN_BEHIND.match(behind) or sum(one.count(name) for one in texts) > 1:
        return True
    if mention.suffix == "社区" and COMPOUND.match(behind):
        return False
    return len(stem) > 1 and mention.suffix in ("社区", "街道")
