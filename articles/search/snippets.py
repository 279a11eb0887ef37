"""The passage of a story in which the words stand, with the words marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.models import Article

from .indexing import pieces_of
from .query import Word
from .units import Unit, runs

LENGTH = 110
# So many characters of the passage stand before its first hit.
BEFORE = 30
SENTENCE_ENDS = "。！？!?；;\n"
Span = tuple[int, int]


def spans(text: str, words: Sequence[Word]) -> list[tuple[Span, int]]:
    """Return where words stand in a text, from left to right, each with the word's number."""
    found: list[tuple[Span, int]] = []
    divided = runs(text)
    for number, word in enumerate(words):
        for part in word.divided:
            found += [(span, number) for run in divided for span in _in_run(run, part)]
    return sorted(found)


def _in_run(run: Sequence[Unit], part: Sequence[str]) -> Iterable[Span]:
    texts = [unit.text for unit in run]
    first, size = part[0], len(part)
    at = -1
    while True:
        try:
            at = texts.index(first, at + 1)
        except ValueError:
            return
        if tuple(texts[at : at + size]) == tuple(part):
            yield run[at].start, run[at + size - 1].end


def marked(text: str, words: Sequence[Word]) -> SafeString:
    """Return a text with the words marked, everything else escaped."""
    return _mark(text, [span for span, _number in spans(text, words)])


def snippet(story: Article, words: Sequence[Word]) -> SafeString:
    """Return the passage of a story that holds the most of the words, with these marked.

    Headlines are shown anyway, so that the text comes first; where no text holds a word (it is
    the story's place, or a name's pinyin), its beginning is returned.
    """
    headline, _kicker, deck, body, *others = pieces_of(story)
    del headline
    for text in (body, deck, *others):
        found = spans(text, words)
        if found:
            return _passage(text, found)
    return format_html("{}", story.summary(LENGTH))


def _passage(text: str, found: list[tuple[Span, int]]) -> SafeString:
    start = _best(found)
    begin = max(0, start - BEFORE)
    # Better from the sentence's beginning on, where that is near.
    sentence = max(text.rfind(mark, 0, start) for mark in SENTENCE_ENDS) + 1
    if sentence >= start - 2 * BEFORE:
        begin = sentence
    end = min(len(text), begin + LENGTH)
    end = max(end, *(stop for (first, stop), _number in found if first <= start))
    inside = [(a - begin, b - begin) for (a, b), _number in found if a >= begin and b <= end]
    passage = _mark(text[begin:end].replace("\n", " "), inside)
    return format_html(
        "{}{}{}",
        "…" if begin and begin != sentence else "",
        passage,
        "…" if end < len(text) else "",
    )


def _best(found: list[tuple[Span, int]]) -> int:
    """Return the hit from which on the most different words stand within a passage."""

    def different(start: int) -> int:
        near = {number for (a, b), number in found if start <= a and b <= start + LENGTH - BEFORE}
        return len(near)

    starts = [start for (start, _end), _number in found[:200]]
    return max(starts, key=different)


def _mark(text: str, inside: Iterable[Span]) -> SafeString:
    pieces: list[tuple[str]] = []
    at = 0
    for begin, end in _joined(inside):
        pieces += [(format_html("{}", text[at:begin]),)]
        pieces += [(format_html("<mark>{}</mark>", text[begin:end]),)]
        at = end
    pieces.append((format_html("{}", text[at:]),))
    return format_html_join("", "{}", pieces)


def _joined(inside: Iterable[Span]) -> list[Span]:
    """Join hits that touch or overlap."""
    joined: list[Span] = []
    for begin, end in sorted(inside):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
