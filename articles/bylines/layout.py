"""Printing credits as a newspaper does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, zip_longest

from . import roles
from .credits import Credit
from .reading import parse
from .roles import Part


@dataclass(frozen=True)
class _Mention:
    """A person as named once: what stands before the name, and what behind."""

    name: str
    organisation: str
    before: tuple[str, ...]
    behind: tuple[str, ...]


def _is_work(role: str) -> bool:
    return roles.part_of(role) is Part.WORK


def _mentions(credits: Sequence[Credit]) -> list[_Mention]:
    """Put together credits that follow each other for one person of one organisation."""
    people = [
        (name, organisation, [credit.role for credit in group if credit.role])
        for (name, organisation), group in groupby(credits, key=lambda c: (c.name, c.organisation))
    ]
    # Once work stands behind a name, it does so all along the line.
    is_behind = any(
        len(printed) > 1 and _is_work(printed[-1]) and not _is_work(printed[0])
        for _, _, printed in people
    )
    mentions = []
    for name, organisation, printed in people:
        split = next((i for i, role in enumerate(printed) if i and _is_work(role)), len(printed))
        if (
            len(printed) == 1
            and _is_work(printed[0])
            and (is_behind or roles.is_printed_behind(printed[0]))
        ):
            split = 0
        mentions.append(
            _Mention(name, organisation, tuple(printed[:split]), tuple(printed[split:]))
        )
    return mentions


def _head(mention: _Mention) -> str:
    """The organisation and the roles before a name: 安庆日报全媒体记者, 文/图 记者, 区文旅局."""
    before = list(mention.before)
    if before and mention.organisation:
        person = next((i for i, role in enumerate(before) if not _is_work(role)), None)
        if person is None:
            before.append(mention.organisation)
        else:
            before[person] = mention.organisation + before[person]
    elif mention.organisation:
        before.append(mention.organisation)
    return " ".join(before)


def _groups(mentions: Sequence[_Mention], separator: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each run of people with the same roles: its head and names, and the work behind them."""

    def key(mention: _Mention) -> tuple[str, tuple[str, ...]]:
        return _head(mention), mention.behind

    return [
        (" ".join(filter(None, (head, separator.join(m.name for m in group)))), behind)
        for (head, behind), group in groupby(mentions, key=key)
    ]


def _newspaper(mentions: Sequence[_Mention], separator: str) -> str:
    """Consecutive people share their role, and work several groups did stands behind the last."""
    groups = _groups(mentions, separator)
    parts: list[str] = []
    shared = mentions[0].before[0] if mentions[0].before and _is_work(mentions[0].before[0]) else ""
    for (left, behind), following in zip_longest(groups, groups[1:]):
        # 文/图 记者 … 通讯员 …: work before the first group reaches through the others.
        parts.append(left.removeprefix(f"{shared} ") if shared and parts else left)
        if following is None or following[1] != behind:
            parts.extend(behind)
    return " ".join(parts)


def _one_by_one(mentions: Sequence[_Mention], joint: str) -> str:
    """Each group complete in itself: 实习生 某某/文 通讯员 某某/图."""
    groups = _groups(mentions, "、")
    return " ".join(joint.join((left, *behind)) for left, behind in groups)


def _labelled(credits: Sequence[Credit], end: str) -> str:
    """Every role with a colon, which no reader can misread."""
    parts = []
    for (role, organisation), group in groupby(credits, key=lambda c: (c.role, c.organisation)):
        names = "、".join(dict.fromkeys(credit.name for credit in group))
        who = f"{organisation} {names}".strip()
        parts.append(f"{role}：{who}" if role else who)
    return end.join(parts)


def _layouts(credits: Sequence[Credit]) -> Iterator[str]:
    mentions = _mentions(credits)
    yield _newspaper(mentions, " ")
    yield _newspaper(mentions, "、")
    yield _one_by_one(mentions, " ")
    yield _one_by_one(mentions, "/")
    yield _labelled(credits, " ")
    yield _labelled(credits, "；")
    if not any(credit.role for credit in credits):
        yield f"□ {_newspaper(mentions, ' ')}"  # says that a name is to be expected
    yield _labelled(credits, "。")


def format_credits(credits: Iterable[Credit], brackets: bool = False) -> str:
    """Print credits as a line, the newspaper's way first.

    Consecutive people with the same role share it (全媒体记者 付某 通讯员 黄某 李某), work stands
    behind the names, an organisation before the role or name. Where that line would read back
    as something else, a plainer layout is taken that does not, so that for credits that were
    read from a line `parse(format_credits(credits)) == credits`.

    Args:
        credits: in the order to print them.
        brackets: put full-width brackets around the line, as at the end of a paragraph.

    Returns:
        The line; an empty string for no credits.
    """
    return _formatted(tuple(credits), brackets)


@lru_cache(maxsize=1024)
def _formatted(credits: tuple[Credit, ...], brackets: bool) -> str:
    wanted = list(credits)
    if not wanted:
        return ""
    lines = [f"（{line}）" if brackets else line for line in _layouts(wanted)]
    return next((line for line in lines if list(parse(line)) == wanted), lines[-1])
