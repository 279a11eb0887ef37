"""How alike two names are: one character apart, by sound or by shape."""

from __future__ import annotations

from functools import cache

from .lexicon import LISTS

_ALIKE: dict[str, set[str]] = {}
for _group in LISTS.words("alike"):
    for _character in _group:
        _ALIKE.setdefault(_character, set()).update(_group)
# Sounds that input methods and dialects take for one.
_FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


@cache
def sounds(character: str) -> frozenset[str]:
    """Return a character's readings without tones, zh like z and ng like n."""
    # Half a second to load, and only needed where two names nearly agree.
    from pypinyin import Style, pinyin  # noqa: PLC0415

    readings = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(_plain(reading) for group in readings for reading in group)


def _plain(reading: str) -> str:
    for fine, coarse in _FUZZY:
        reading = reading.replace(fine, coarse)
    return reading


def are_alike(one: str, other: str) -> bool:
    """Whether a character is easily written for another."""
    if one == other:
        return True
    return other in _ALIKE.get(one, ()) or bool(sounds(one) & sounds(other))


def is_variant(name: str, other: str) -> bool:
    """Whether two names of one length differ in one character that is like its counterpart."""
    if len(name) != len(other) or name == other:
        return False
    apart = [pair for pair in zip(name, other, strict=True) if pair[0] != pair[1]]
    return len(apart) == 1 and are_alike(*apart[0])
