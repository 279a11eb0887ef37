"""Names a compositor has spaced out: 陶　然 is 陶然."""

from __future__ import annotations

from itertools import takewhile

from . import names
from .roles import LONE
from .tokens import Mark, Token

_LEFT_OVER = 10.0
_PEN_NAME = 6.0


def _is_single(token: Token) -> bool:
    if token.mark is Mark.ROLE:
        return token.text in LONE and token.end - token.start == 1
    return (
        token.mark is Mark.WORD and len(token.text) == 1 and bool(names.HAN_WORD.match(token.text))
    )


def _role_cost(character: str) -> float:
    """The cost of a single character as a role of its own."""
    if character not in LONE:
        return _LEFT_OVER
    if character in "书诗":  # in many a given name
        return 1.5
    if character in "片审校":  # rarely set apart from each other
        return 3.0
    return 0.3 if character in "文图" else 0.6


def _name_cost(word: str) -> float | None:
    """The cost of single characters as one name or role; None where they are neither."""
    if len(word) == 1:
        return _role_cost(word)
    if names.has_surname(word):
        return (1.0 if len(word) == 2 else 2.1) + names.rarity(word)
    return _PEN_NAME if len(word) == 2 and names.is_pen_name(word) else None


def _partition(characters: str) -> list[int]:
    """The cheapest way to read single characters as names and lone roles, as lengths."""
    best: list[tuple[float, int]] = [(0.0, 0)]  # from each place to the end: cost, first length
    for at in range(len(characters) - 1, -1, -1):
        options = [
            (cost + best[-length][0], length)
            for length in range(1, min(4, len(best)) + 1)
            if (cost := _name_cost(characters[at : at + length])) is not None
        ]
        best.append(min(options))
    lengths, left = [], len(characters)
    while left:
        lengths.append(best[left][1])
        left -= lengths[-1]
    return lengths


def _joined(parts: list[Token]) -> Token:
    text = "".join(part.text for part in parts)
    return Token(Mark.WORD, text, parts[0].start, parts[-1].end)


def _dotted(tokens: list[Token]) -> list[Token]:
    """Join the parts of a transcribed name with spaces around its dot (阿依古丽 · 买买提)."""
    out: list[Token] = []
    for token in tokens:
        gap = [*takewhile(lambda t: t.mark is Mark.SPACE, reversed(out))]
        first = out[-len(gap) - 1] if len(gap) < len(out) else None
        if gap and first is not None and first.mark is token.mark is Mark.WORD:
            has_dot = first.text.endswith("·") or any("·" in space.text for space in gap)
            name = f"{first.text.strip('·')}·{token.text}"
            if has_dot and names.is_dotted(name, free=False):
                del out[-len(gap) - 1 :]
                token = Token(Mark.WORD, name, first.start, token.end)
        out.append(token)
    return out


def _latin(tokens: list[Token]) -> list[Token]:
    """Join the parts of a name in Latin letters (Lucy Wang)."""
    out: list[Token] = []
    for token in tokens:
        parts = [*out[-2:], token]
        marks = [part.mark for part in parts]
        if marks == [Mark.WORD, Mark.SPACE, Mark.WORD] and parts[1].text == " ":
            name = f"{parts[0].text} {token.text}"
            if names.is_latin(name):
                del out[-2:]
                token = Token(Mark.WORD, name, parts[0].start, token.end)
        out.append(token)
    return out


def _half_spaced(tokens: list[Token]) -> list[Token]:
    """Join a single character to the two beside it (胡 泽莹): alone it can be no name."""
    out: list[Token] = []
    for token in tokens:
        if (
            len(out) >= 2
            and token.mark is Mark.WORD
            and token.text != "等"
            and out[-1].mark is Mark.SPACE
            and out[-2].mark is Mark.WORD
            and {len(token.text), len(out[-2].text)} == {1, 2}
            and names.has_surname(out[-2].text + token.text)
        ):
            name = _joined([out[-2], token])
            del out[-2:]
            out.append(name)
        else:
            out.append(token)
    return out


def join_spaced_names(tokens: list[Token]) -> list[Token]:
    """Put together names whose characters stand apart.

    A run of single characters is read as the likeliest row of names of two or three characters,
    with 文 and 图 as roles where the names come out even without them (王 芳 文 李 明 图).

    Args:
        tokens: a line's tokens.

    Returns:
        The tokens with each spaced-out name as one word.
    """
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        run = [tokens[at]] if _is_single(tokens[at]) else []
        end = at + 1
        while (
            run
            and end + 1 < len(tokens)
            and tokens[end].mark is Mark.SPACE
            and not tokens[end].text.strip()
            and _is_single(tokens[end + 1])
        ):
            run.append(tokens[end + 1])
            end += 2
        if len(run) < 2:
            out.append(tokens[at])
            at += 1
            continue
        first = 0
        for length in _partition("".join(token.text for token in run)):
            parts = run[first : first + length]
            if first:
                out.append(Token(Mark.SPACE, " ", run[first - 1].end, parts[0].start))
            out.append(parts[0] if length == 1 else _joined(parts))
            first += length
        at = end
    return _half_spaced(_dotted(_latin(out)))
