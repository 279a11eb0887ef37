"""Everyday words that look like names because they begin with a character that is a surname."""

from __future__ import annotations

from .lexicon import LISTS

NEVER_NAMES = frozenset(LISTS.words("everyday_words"))
_NEVER_EVEN_CALLED_FOR = frozenset(LISTS.words("newsroom_words"))
NO_NAMES_ALONE = NEVER_NAMES | frozenset(LISTS.words("words_and_names"))

_PREPOSITIONS = "向应和从时经于与对为在"


def is_everyday(word: str) -> bool:
    """Whether a word is an everyday word or begins with one.

    安全生产 begins with 安全, 向市民 with a preposition that is a surname too.
    """
    if word in NEVER_NAMES or (len(word) >= 4 and word[:2] in NO_NAMES_ALONE):
        return True
    return len(word) == 3 and word[0] in _PREPOSITIONS and word[1:] in NEVER_NAMES


def may_be_called(word: str) -> bool:
    """Whether an everyday word may still be somebody's name where a credit calls for a person.

    Reporters are called 程度 or 白天; none is called 简介, which stands behind 作者 as a heading.
    """
    return len(word) == 2 and word not in _NEVER_EVEN_CALLED_FOR
