"""The words between two roles, read as names and organisations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from . import names, places, words
from .roles import part_of

_LONGEST = 40  # characters of a word that can be names or an organisation


class Piece(Enum):
    """What a word turned out to be."""

    NAME = "name"
    ORGANISATION = "organisation"
    NOTE = "note"
    BESIDE = "beside"  # an organisation in brackets behind a name
    SOURCE = "source"
    UNREAD = "unread"


@dataclass(frozen=True)
class Found:
    """A piece of a word with its place in the line."""

    piece: Piece
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Setting:
    """Where a word stands, which decides how freely it is read as a name.

    Attributes:
        under_role: a role before or behind calls for a person here.
        alone: the word stands free, with nothing printed against it.
        name_follows: another word follows that can be a name.
        vouched: so much of the line is a credit that an everyday word may be a name (记者 程度 摄).
        gives: the role behind says who gave a picture or a story; villages do it oftener than
            people with their names.
    """

    under_role: bool
    alone: bool = True
    name_follows: bool = False
    gives: bool = False
    vouched: bool = False


def _is_no_name(word: str, setting: Setting) -> bool:
    """Whether a word is an everyday word and nothing here vouches for it to be a name besides."""
    return words.is_everyday(word) and not (
        setting.vouched and setting.alone and words.may_be_called(word) and names.has_surname(word)
    )


def _is_plain_name(word: str, setting: Setting) -> bool:
    if _is_no_name(word, setting):
        return False
    if setting.alone:
        return names.has_surname(word) if setting.under_role else names.has_common_surname(word)
    return names.has_common_surname(word) if setting.under_role else names.is_likely(word)


def _is_rather_one(word: str, divided: list[str]) -> bool:
    """Whether a run that can be divided may as well be one transcribed name.

    贡嘎来松 has two rare surnames and nothing common in it, 苏和巴特尔 a transcribed second half.
    """
    if len(divided) < 2 or any(map(names.is_likely, divided)):
        return False
    return len(word) == 4 or any(map(names.is_transcribed, divided))


def _as_names(word: str, setting: Setting) -> list[str] | None:
    """The names in a word that holds nothing but names, or None."""
    is_free = setting.under_role and setting.alone
    if names.is_dotted(word, free=setting.under_role) or (
        setting.under_role and names.is_latin(word)
    ):
        return [word]
    if not names.HAN_WORD.fullmatch(word):
        return None
    if is_free and len(word) >= 5 and names.is_transcribed_name(word):  # 乌云其木格 is no 乌云
        return [word]
    if _is_no_name(word, setting):
        return None
    if len(word) <= 4 and _is_plain_name(word, setting):
        return [word]
    if len(word) == 4 and names.is_four_character_name(word, free=is_free):
        return [word]
    if len(word) >= 3 and names.is_transcribed_name(word):
        return [word]
    if len(word) >= 4:
        divided = names.divide(word)
        in_run = Setting(under_role=setting.under_role, alone=False)
        if (
            divided
            and all(_is_plain_name(name, in_run) for name in divided)
            and not _is_rather_one(word, divided)
        ):
            return divided
    return [word] if is_free and len(word) < 4 and names.is_pen_name(word) else None


def _located(texts: list[str], word: str, start: int) -> list[Found]:
    found, at = [], 0
    for text in texts:
        begin = word.index(text, at)
        at = begin + len(text)
        found.append(Found(Piece.NAME, text, start + begin, start + at))
    return found


def _joins_office(word: str) -> bool:
    """Whether a word is an office and somebody besides (某社区和张三)."""
    parts = [word.partition(conjunction) for conjunction in names.CONJUNCTIONS]
    return any(len(left) > 3 and right and places.is_organisation(left) for left, _, right in parts)


def read_word(word: str, start: int, setting: Setting) -> list[Found]:
    """Read one word as names, an organisation, or an organisation with names printed against it.

    Args:
        word: a word of the folded line.
        start: its place in the line.
        setting: what stands around it.

    Returns:
        The pieces in order; one unread piece for a word that is neither.
    """
    end = start + len(word)
    if len(word) > _LONGEST:
        return [Found(Piece.UNREAD, word, start, end)]
    if setting.under_role and len(word) > 2 and (name := names.untitled(word)):
        read = read_word(name, start, setting)
        if [found.piece for found in read] == [Piece.NAME]:
            return [*read, Found(Piece.NOTE, word[len(name) :], start + len(name), end)]
    if len(word) > 2 and word.endswith(("等", "等人")):
        name = word.removesuffix("人").removesuffix("等")
        read = read_word(name, start, setting)
        return [*read, Found(Piece.NOTE, word[len(name) :], start + len(name), end)]
    if names.is_title(word):
        return [Found(Piece.UNREAD, word, start, end)]
    if word in ("等", "等人"):
        return [Found(Piece.NOTE, word, start, end)]
    if len(word) > 2 and word[-1] in names.CONJUNCTIONS:  # 周某与通讯员…
        read = read_word(word[:-1], start, setting)
        if all(found.piece is Piece.NAME for found in read):
            return read
    if places.is_organisation(word):
        return [Found(Piece.ORGANISATION, word, start, end)]
    if setting.name_follows and places.is_local(word):
        return [Found(Piece.ORGANISATION, word, start, end)]
    weak = places.may_be_organisation(word)
    if weak and setting.gives and word[-1] in "镇乡村社苑":
        return [Found(Piece.ORGANISATION, word, start, end)]
    if weak and (setting.name_follows or not setting.under_role or not names.has_surname(word)):
        return [Found(Piece.ORGANISATION, word, start, end)]
    is_role = part_of(word) is not None  # a role that could not stand where it does is nobody
    texts = None if is_role or _joins_office(word) else _as_names(word, setting)
    if texts:
        return _located(texts, word, start)
    organisation, rest = places.split_organisation(word)
    if organisation:
        texts = _as_names(rest, Setting(under_role=setting.under_role, alone=False))
        if texts:
            cut = start + len(organisation)
            return [
                Found(Piece.ORGANISATION, organisation, start, cut),
                *_located(texts, rest, cut),
            ]
    return [Found(Piece.UNREAD, word, start, end)]


def is_readable(word: str, *, among_credits: bool = False) -> bool:
    """Whether a word printed against a role can be what the role speaks of.

    Args:
        word: the word.
        among_credits: the line has so much of a credit line that a pen name may be glued too.
    """
    read = read_word(word, 0, Setting(under_role=True, alone=among_credits))
    return all(found.piece is not Piece.UNREAD for found in read)
