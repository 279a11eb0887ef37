"""What differs between two texts, in the words of the text.

Chinese has no spaces to cut words at, and a comparison by lines says only that a paragraph has
changed. Here paragraphs are paired first, by likeness; inside a pair runs of characters are
compared, with numbers, foreign words and quoted names kept whole, and small islands of equal
characters between two changes are counted to the change, because confetti cannot be read. A
paragraph that stands elsewhere unchanged is said to have moved; one that was divided, or joined to
the next, is compared with all it became.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from articles.word_runs import equal_runs, in_order, tokens_of

# Equal runs shorter than this between two changes are read as part of the change.
_ISLAND = 3
# Two paragraphs are the same one, changed, when they are at least so much alike: by the pairs of
# characters they share, or, where they are too short for that, by their characters in order.
_LIKENESS = 0.25
_LIKENESS_OF_SHORT = 0.4
_SHORT = 40
# Up to this many comparisons of paragraphs the best pairs are searched for.
_MOST_COMPARISONS = 4000
# Up to this many characters it is looked whether a paragraph was divided or two were joined.
_LONGEST_JOINED = 12_000
# Shorter paragraphs are the same in two places by chance.
_MOVED = 8
NEW_PARAGRAPH = "¶"


class Kind(StrEnum):
    """What happened to a run of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """A run of text that is in both texts, or in one of them.

    `moved` marks whole paragraphs that are gone here and stand elsewhere, or come from there.
    """

    kind: Kind
    text: str
    moved: bool = False


@dataclass(frozen=True)
class Pair:
    """A paragraph of the old text beside the one of the new that it became.

    Attributes:
        old: its runs in the old text, `SAME` or `REMOVED`; empty where it is new.
        new: its runs in the new text, `SAME` or `ADDED`; empty where it is gone.

    """

    old: list[Change]
    new: list[Change]

    @property
    def is_same(self) -> bool:
        """Whether nothing has changed in it."""
        return all(change.kind == Kind.SAME for change in (*self.old, *self.new))


@dataclass(frozen=True)
class _Group:
    """Neighbouring lines of the old text, and those of the new that they became."""

    old: str
    new: str
    has_moved: bool = False

    @property
    def changes(self) -> list[Change]:
        if self.old and self.new:
            return list(_joined(_words(self.old, self.new)))
        kind = Kind.REMOVED if self.old else Kind.ADDED
        return [Change(kind, self.old or self.new, self.has_moved)]


def compare(old: str, new: str) -> list[Change]:
    """Return the runs of two texts in reading order; neighbours differ in kind, or have moved.

    Args:
        old: the earlier text.
        new: the later one.

    Returns:
        Changes: `SAME` and `REMOVED` together make the old text, `SAME` and `ADDED` the new one.

    """
    return list(_joined(change for group in _groups(old, new) for change in group.changes))


def side_by_side(old: str, new: str) -> list[Pair]:
    """Return the paragraphs of two texts, each beside what it became, empty lines left out."""
    pairs = []
    for group in _groups(old, new):
        old_runs = _trimmed(change for change in group.changes if change.kind != Kind.ADDED)
        new_runs = _trimmed(change for change in group.changes if change.kind != Kind.REMOVED)
        if old_runs or new_runs:
            pairs.append(Pair(old_runs, new_runs))
    return pairs


def inline(old: str, new: str) -> list[list[Change]]:
    """Return the paragraphs of both texts as one: what is gone and what is new where it stands.

    Where a paragraph was divided, or two were joined, the mark ¶ shows the change.
    """
    paragraphs: list[list[Change]] = []
    for group in _groups(_ended(old), _ended(new)):
        paragraphs += _as_paragraphs(group.changes, within=bool(group.old and group.new))
    return [paragraph for paragraph in paragraphs if paragraph]


def _ended(text: str) -> str:
    return text if not text or text.endswith(("\n", "\r")) else text + "\n"


def _as_paragraphs(changes: list[Change], *, within: bool) -> Iterator[list[Change]]:
    """Divide a group's runs where its paragraphs end; `within` says that it is in both texts."""
    paragraph: list[Change] = []
    for change in changes:
        for part in change.text.splitlines(keepends=True):
            text = part.rstrip("\r\n")
            ends = text != part
            if text:
                paragraph.append(Change(change.kind, text, change.moved))
            if ends and within and paragraph and change.kind != Kind.SAME:
                paragraph.append(Change(change.kind, NEW_PARAGRAPH))
            if ends and not (within and change.kind == Kind.REMOVED):
                yield paragraph
                paragraph = []
    yield paragraph


def _trimmed(changes: Iterable[Change]) -> list[Change]:
    """Return a side's runs without the line ends behind the last."""
    runs = list(changes)
    while runs and not (text := runs[-1].text.rstrip("\r\n")):
        runs.pop()
    if runs:
        runs[-1] = Change(runs[-1].kind, text, runs[-1].moved)
    return runs


def _groups(old: str, new: str) -> list[_Group]:
    """Pair the lines of two texts in their order."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    groups: list[_Group] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, m, n in matcher.get_opcodes():
        if tag == "equal":
            groups += [_Group(line, line) for line in before[i:j]]
        else:
            groups += _reunited(_by_likeness(before[i:j], after[m:n]))
    return _with_moves(groups)


def _with_moves(groups: list[_Group]) -> list[_Group]:
    """Mark the paragraphs that are gone in one place and stand in another."""
    gone = Counter(group.old.strip() for group in groups if not group.new)
    come = Counter(group.new.strip() for group in groups if not group.old)
    moved = {text for text in gone.keys() & come.keys() if len(text) >= _MOVED}
    return [
        _Group(group.old, group.new, not (group.old and group.new) and text in moved)
        for group in groups
        for text in ((group.old or group.new).strip(),)
    ]


def _reunited(groups: list[_Group]) -> list[_Group]:
    """Put a line without a partner to the pair beside it that holds its words."""
    found: list[_Group] = []
    for group in groups:
        if found and (joined := _together(found[-1], group)):
            found[-1] = joined
        else:
            found.append(group)
    return found


def _together(one: _Group, other: _Group) -> _Group | None:
    """Join two groups, of which one is half, where their texts are more alike joined than apart."""
    halves = [group for group in (one, other) if not (group.old and group.new)]
    size = len(one.old) + len(one.new) + len(other.old) + len(other.new)
    if len(halves) != 1 or size > _LONGEST_JOINED:
        return None
    pair = other if halves[0] is one else one
    joined = _Group(one.old + other.old, one.new + other.new)
    apart = _likeness(pair.old, pair.new)
    return joined if _likeness(joined.old, joined.new) > apart + 0.05 else None


def _by_likeness(old: list[str], new: list[str]) -> list[_Group]:
    """Pair changed lines: the best chain of alike ones, as one aligns two sequences."""
    if len(old) * len(new) > _MOST_COMPARISONS:
        return _by_landmarks(old, new)
    pairs = [(line, _pairs(line)) for line in new]
    alike = [
        [_alike(line, ours, other, theirs) for other, theirs in pairs]
        for line in old
        for ours in (_pairs(line),)
    ]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for m in reversed(range(len(new))):
            paired = alike[i][m] + best[i + 1][m + 1] if alike[i][m] else 0.0
            best[i][m] = max(paired, best[i + 1][m], best[i][m + 1])
    groups: list[_Group] = []
    i = m = 0
    while i < len(old) and m < len(new):
        if alike[i][m] and best[i][m] == alike[i][m] + best[i + 1][m + 1]:
            groups.append(_Group(old[i], new[m]))
            i, m = i + 1, m + 1
        elif best[i][m] == best[i + 1][m]:
            groups.append(_Group(old[i], ""))
            i += 1
        else:
            groups.append(_Group("", new[m]))
            m += 1
    return [*groups, *_alone(old[i:], new[m:])]


def _by_landmarks(old: list[str], new: list[str]) -> list[_Group]:
    """Pair the lines of long texts by the pairs of characters that few of the new lines have."""
    having: dict[str, list[int]] = {}
    for m, line in enumerate(new):
        for pair in _pairs(line):
            having.setdefault(pair, []).append(m)
    wished = []
    for i, line in enumerate(old):
        votes: Counter[int] = Counter()
        for pair in _pairs(line):
            lines = having.get(pair, ())
            votes.update(lines if len(lines) <= 5 else ())
        best = votes.most_common(1)
        if best and _likeness(line, new[best[0][0]]):
            wished.append((i, best[0][0]))
    groups: list[_Group] = []
    at, to = 0, 0
    for i, m in in_order(wished):
        groups += [*_alone(old[at:i], new[to:m]), _Group(old[i], new[m])]
        at, to = i + 1, m + 1
    return [*groups, *_alone(old[at:], new[to:])]


def _alone(old: list[str], new: list[str]) -> list[_Group]:
    return [*(_Group(line, "") for line in old), *(_Group("", line) for line in new)]


def _pairs(line: str) -> frozenset[str]:
    return frozenset(line[at : at + 2] for at in range(len(line) - 1))


def _likeness(one: str, other: str) -> float:
    """Return how alike two lines are, 0 to 1; 0 where they are too little so."""
    return _alike(one, _pairs(one), other, _pairs(other))


def _alike(one: str, ours: frozenset[str], other: str, theirs: frozenset[str]) -> float:
    """Return the likeness of two lines of which the pairs of characters are known."""
    shared = 2 * len(ours & theirs) / (len(ours) + len(theirs) or 1)
    if shared >= _LIKENESS:
        return shared
    if len(one) + len(other) > _SHORT:
        return 0.0
    ratio = SequenceMatcher(None, one.strip(), other.strip(), autojunk=False).ratio()
    return ratio if ratio >= _LIKENESS_OF_SHORT else 0.0


def _words(old: str, new: str) -> Iterator[Change]:
    """Compare two passages token by token; in islands too small to be read all has changed."""
    if old == new:
        yield Change(Kind.SAME, old)
        return
    before, after = tokens_of(old), tokens_of(new)
    runs = equal_runs(before, after)
    i = m = 0
    for number, (start, to, length) in enumerate(runs):
        end, stop = runs[number + 1][:2] if number + 1 < len(runs) else (len(before), len(after))
        text = "".join(before[start : start + length])
        left = max(start - i, to - m)
        right = max(end - start - length, stop - to - length)
        if left and right and (len(text) < _ISLAND or 2 * len(text) <= min(left, right)):
            continue
        yield from _replaced("".join(before[i:start]), "".join(after[m:to]))
        yield Change(Kind.SAME, text)
        i, m = start + length, to + length
    yield from _replaced("".join(before[i:]), "".join(after[m:]))


def _replaced(gone: str, come: str) -> Iterator[Change]:
    if gone:
        yield Change(Kind.REMOVED, gone)
    if come:
        yield Change(Kind.ADDED, come)


def _joined(changes: Iterable[Change]) -> Iterator[Change]:
    """Join neighbours of one kind; within a change what is gone comes before what is new."""
    gone, come, same = "", "", ""
    for change in changes:
        if change.kind == Kind.SAME:
            yield from _flushed(gone, come)
            gone = come = ""
            same += change.text
            continue
        if same:
            yield Change(Kind.SAME, same)
            same = ""
        if change.moved:
            yield from _flushed(gone, come)
            gone = come = ""
            yield change
        elif change.kind == Kind.REMOVED:
            gone += change.text
        else:
            come += change.text
    yield from _flushed(gone, come)
    if same:
        yield Change(Kind.SAME, same)


def _flushed(gone: str, come: str) -> Iterator[Change]:
    if gone == come:
        if gone:
            yield Change(Kind.SAME, gone)
        return
    yield from _replaced(gone, come)
