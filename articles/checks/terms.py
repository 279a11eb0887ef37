"""The newsroom's own list: sensitive words, and words for which another is preferred."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.name_index import NameIndex

from .copy import Copy, TermEntry
from .problem import Problem, key_of


def terms(copy: Copy) -> Iterator[Problem]:
    """Find the list's words; one inside its own replacement or a longer entry is left alone.

    All places of a word share a key: who lets it pass, lets it pass in the whole story.
    """
    if not copy.terms:
        return
    by_word = {word.casefold(): entry for word, entry in copy.terms.items()}
    allowed = {entry.replacement.casefold() for entry in by_word.values()} - {""} - by_word.keys()
    # NameIndex leaves out names of one character; such an entry is looked for by itself.
    index = NameIndex([*by_word, *allowed])
    single = [word for word in by_word if len(word) == 1]
    for field, text in copy.words.items():
        folded = text.casefold()
        if len(folded) != len(text):
            folded = text
        spans = [(found.start, found.end) for found in index.find(folded)]
        spans += [(at, at + 1) for at, c in enumerate(folded) if c in single]
        for start, end in spans:
            entry = by_word.get(folded[start:end])
            if entry is None or _is_part_of_word(folded, start, end):
                continue
            key = key_of(entry.kind, entry.text)
            quote = copy.texts[field][start:end]
            instead = entry.replacement or None
            yield Problem(key, entry.kind, _said(entry), field, start, end, quote, instead)


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    """Whether a Latin word goes on before or behind: “app” in “happy”."""

    def is_latin(at: int) -> bool:
        return 0 <= at < len(text) and text[at].isascii() and text[at].isalnum()

    return (is_latin(start - 1) and is_latin(start)) or (is_latin(end - 1) and is_latin(end))


def _said(entry: TermEntry) -> str | Promise:
    if entry.kind == "sensitive":
        said = _("“{word}” is a sensitive word.")
    elif entry.replacement:
        said = _("The newsroom writes “{instead}” instead of “{word}”.")
    else:
        said = _("The newsroom avoids “{word}”.")
    message = format_lazy(said, word=entry.text, instead=entry.replacement)
    return format_lazy("{} {}", message, entry.reason) if entry.reason else message
