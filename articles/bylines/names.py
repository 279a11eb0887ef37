"""Which words are names of people, and where names run together are to be divided."""

from __future__ import annotations

import re
from functools import cache
from math import log

from .lexicon import LISTS

_COMPOUND_SURNAMES = frozenset(LISTS.words("double_surnames"))
_GIVEN = frozenset("".join(LISTS.words("given_characters")))
_TRANSCRIBING = frozenset("".join(LISTS.words("transcribing_characters")))
_TRANSCRIBED_PARTS = LISTS.words("transcribed_parts")

# Surnames that open more sentences than names.
_WORDLIKE_SURNAMES = frozenset(
    "来那由但信相时和从都有后归通能家国年当干经空习亮全在爱别充第言水门法权应向查初容位养盖步"
)

CONJUNCTIONS = "和与及暨"

_RARE = 0.001  # the share of a surname few people bear
_COMMON = 0.003
_UNKNOWN = 0.00001
_LONGEST_RUN = 24

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af〇]"
HAN_WORD = re.compile(rf"{_HAN}+")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z'-]+(?:[ ·][A-Z][A-Za-z'-]*)*")

# Words of speech and grammar that no name contains.
_PROSE = frozenset("的了们这把被给说看走着很也吗呢啊吧呀您你我他她它个与及")
# Characters that make a word no pen name, though a name with a surname may contain them.
_NO_PEN_NAME = _PROSE | frozenset(
    "各两名第每哪几些从在是于由对为不无可已将向就都还又或则因到进出开来去让过和用以使其更最做帮请找送买卖吃喝讲问该此"
)
_COUNTED = "某三四五六七八九"  # 张某, 李四: names for somebody
_TITLES = frozenset(LISTS.words("titles"))
_TITLED = re.compile(f".+(?:{'|'.join(_TITLES)})")


_BEFORE_TITLE = re.compile("(.{2,4}?)(?:律师|教授|老师|医生|医师|女士|先生|同学|同志|博士)")


@cache
def _surname_shares() -> dict[str, float]:
    """The share of people who bear each surname."""
    shares = dict.fromkeys(_COMPOUND_SURNAMES, 0.0001)
    for line in LISTS.lines("surnames"):
        share, surnames = line.split()
        shares.update(dict.fromkeys(surnames, float(share)))
    return shares


def surname_of(word: str) -> str:
    """The surname a word begins with, or an empty string; 欧阳 is found before 欧."""
    shares = _surname_shares()
    if word[:2] in shares and len(word) > 2:
        return word[:2]
    return word[0] if word and word[0] in shares else ""


def rarity(word: str) -> float:
    """How rare the surname of a name is: about 0.15 for the commonest, 0.5 for the rarest."""
    return -log(_surname_shares().get(surname_of(word), _UNKNOWN)) / 20


def is_transcribed(word: str) -> bool:
    """Whether a word of three or more characters could be a minority or foreign name in Han."""
    return len(word) >= 3 and all(character in _TRANSCRIBING for character in word)


def is_transcribed_name(word: str) -> bool:
    """Whether a word is rather one transcribed name than a row of Han names.

    才让卓玛 could be divided, but 才 and 卓 are rare surnames and every character transcribes.
    """
    if not is_transcribed(word):
        return False
    divisions = _divisions(word) if len(word) >= 4 else []
    if not divisions:
        return len(word) >= 4 or not surname_of(word)
    shares = _surname_shares()
    return any(shares.get(surname_of(name), 0) <= _RARE for name in max(divisions)[1])


def has_transcribed_part(word: str) -> bool:
    """Whether a word is made of what minority names are made of (扎西次仁, not 阿里巴巴)."""
    return is_transcribed(word) and any(part in word for part in _TRANSCRIBED_PARTS)


def is_whole(word: str) -> bool:
    """Whether no character can be cut off a word: a transcribed name or a double surname's."""
    return is_transcribed(word) or (surname_of(word) in _COMPOUND_SURNAMES and len(word) <= 4)


def has_surname(word: str) -> bool:
    """Whether a word has a Han name's shape: a surname and one or two characters, no prose."""
    surname = surname_of(word)
    if word[1:] in ("某", "某某"):  # names withheld: 乙某
        return True
    if not surname or any(character in _PROSE for character in word) or _TITLED.fullmatch(word):
        return False
    return 1 <= len(word) - len(surname) <= 2


def has_common_surname(word: str) -> bool:
    """Whether a word has a name's shape and its surname is not an everyday word besides.

    Asked where no space or role vouches for the name: 记者来到 is not a reporter named 来到.
    """
    if not has_surname(word):
        return False
    surname = surname_of(word)
    given = word[len(surname) :]
    return (
        surname not in _WORDLIKE_SURNAMES
        or all(c in _GIVEN or c == "某" for c in given)
        or (len(given) == 2 and any(c in _GIVEN for c in given))
    )


def is_likely(word: str) -> bool:
    """Whether a word is a name even where nothing around it says so.

    Its surname is common, or double, and its given name has a character parents choose.
    """
    if not has_common_surname(word):
        return False
    surname = surname_of(word)
    if surname not in _COMPOUND_SURNAMES and _surname_shares().get(surname, 0) < _COMMON:
        return False
    return any(c in _GIVEN or c in _COUNTED for c in word[len(surname) :])


def untitled(word: str) -> str:
    """The word without the title behind it (某某律师, 某某教授); empty where there is none."""
    found = _BEFORE_TITLE.fullmatch(word)
    return found[1] if found else ""


def is_title(word: str) -> bool:
    """Whether a word is how people are spoken of (律师, 女士)."""
    return word in _TITLES


def has_prose(word: str) -> bool:
    """Whether a word has a character of speech or grammar that no name contains."""
    return any(character in _PROSE for character in word)


def is_dotted(word: str, *, free: bool = True) -> bool:
    """Whether a word is a name with a dot in it, such as 阿依古丽·买买提.

    Args:
        word: a word with dots.
        free: a role calls for a person here; else most characters must be transcribing ones
            (观点·治理 is a heading).
    """
    parts = word.split("·")
    if len(parts) < 2 or not all(HAN_WORD.fullmatch(p) and len(p) <= 8 for p in parts):
        return False
    letters = "".join(parts)
    share = sum(c in _TRANSCRIBING for c in letters) / len(letters)
    if has_prose(word) or (share < 0.8 and any(c in "不过来去进出" for c in letters)):
        return False
    return free or share > 0.6


def is_latin(word: str) -> bool:
    """Whether a word is a name in Latin letters."""
    return _LATIN_NAME.fullmatch(word) is not None and word not in ("AI", "VR", "IC", "CFP", "END")


def is_pen_name(word: str) -> bool:
    """Whether a word of two to four characters may name a person where a role calls for one."""
    if not 2 <= len(word) <= 4 or not HAN_WORD.fullmatch(word) or _TITLED.fullmatch(word):
        return False
    if len(word) == 2 and word[0] in "小阿" and word[1] not in _PROSE:  # 小可
        return True
    return not any(character in _NO_PEN_NAME for character in word)


def _log_share(name: str) -> float:
    """How likely a name is among all names, as a logarithm; only differences mean anything."""
    surname = surname_of(name)
    if surname == name[:2] and len(name) == 2:
        surname = name[0]
    given = name[len(surname) :]
    score = log(_surname_shares().get(surname, _UNKNOWN))
    score += log(0.8 if len(given) == 2 else 0.2)
    for character in given:
        if character in _GIVEN or character in _COUNTED:
            score += log(0.0015)
        elif _surname_shares().get(character, 0) >= _COMMON:
            score += log(0.00001)
        else:
            score += log(0.00015)
    return score


def is_likelier(name: str, other: str) -> bool:
    """Whether one name is likelier than another among all names."""
    return _log_share(name) > _log_share(other)


def _divisions(run: str) -> list[tuple[float, list[str]]]:
    """Every way to divide a run into names with a surname, each with its likelihood.

    There are none for a run longer than anybody prints: each name more doubles the ways.
    """
    if len(run) > _LONGEST_RUN:
        return []
    if not run:
        return [(0.0, [])]
    found = []
    for length in (2, 3, 4):
        name = run[:length]
        if len(name) < length or not has_surname(name):
            continue
        if length == 4 and surname_of(name) not in _COMPOUND_SURNAMES:
            continue
        for score, rest in _divisions(run[length:]):
            found.append((score + _log_share(name), [name, *rest]))
    return found


# One division must be this many times likelier than the next to be the only sensible one.
_CERTAINTY = log(8)


def divide(run: str) -> list[str] | None:
    """Divide names printed without anything between them.

    Args:
        run: Han characters only, such as 张三李四.

    Returns:
        The names in order (one for a run that is one name), or None where the run is no run of
        names with surnames or more than one division is sensible.
    """
    for conjunction in CONJUNCTIONS:
        left, _, right = run.partition(conjunction)
        if len(left) >= 2 and len(right) >= 2:
            names, others = divide(left), divide(right)
            if names and others:
                return names + others
    ranked = sorted(_divisions(run), reverse=True)
    if not ranked:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CERTAINTY:
        return None
    return ranked[0][1]


def is_four_character_name(word: str, *, free: bool) -> bool:
    """Whether four characters are one name.

    Args:
        word: four Han characters.
        free: a role calls for a person here and the word stands by itself; then it may also be
            a transcribed name (才让卓玛) or begin with both parents' surnames (陈李佳慧).
    """
    if len(word) != 4 or any(character in _NO_PEN_NAME for character in word):
        return False
    if _TITLED.fullmatch(word):
        return False
    if surname_of(word) in _COMPOUND_SURNAMES or is_transcribed_name(word):
        return True
    if free and any(part in word for part in _TRANSCRIBED_PARTS):
        return True
    return free and not _divisions(word) and has_surname(word[:3]) and bool(surname_of(word[1:]))
