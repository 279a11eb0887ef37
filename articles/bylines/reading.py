"""Reading a whole credit line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import names, places, roles, words
from .context import (
    cut_dated_work,
    cut_glued_work,
    cut_reported_places,
    demote_words,
    free_leading_places,
    settle_brackets,
)
from .credits import Credit, CreditLine
from .folding import clean, fold
from .grammar import assign_roles
from .people import Piece
from .roles import Part
from .spacing import join_spaced_names
from .tokens import Mark, Token, tokenise
from .units import Direction, Loose, Person, Role, Unit, UnitReader

Span = tuple[int, int]


@dataclass
class _Reading:
    """What the sentences of a line have given so far, by place."""

    people: list[Person] = field(default_factory=list)
    sources: list[Span] = field(default_factory=list)
    datelines: list[Span] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)

    def add(self, other: _Reading) -> None:
        self.people += other.people
        self.sources += other.sources
        self.datelines += other.datelines
        self.notes += other.notes
        self.unread += other.unread


def _may_stand_alone(person: Person, company: list[Person], *, is_marked: bool) -> bool:
    """Whether a name is sure enough without any role beside it.

    Args:
        person: whom the name may stand for.
        company: everybody in the sentence. An organisation or a second sure name vouches for an
            uncommon or a transcribed name.
        is_marked: a bracket, a bullet or a dateline says that a credit is to be expected.
    """
    name = person.name
    is_word_too = name in words.NO_NAMES_ALONE
    if not is_word_too and (names.is_likely(name) or names.is_dotted(name, free=False)):
        return True
    has_company = bool(person.organisation) or any(
        other is not person and (other.roles or names.is_likely(other.name)) for other in company
    )
    if not (has_company or is_marked):
        return False
    if is_marked and names.has_transcribed_part(name):
        return True
    return names.has_common_surname(name) or (has_company and names.is_transcribed(name))


_OF_SOMEBODY = re.compile(r".*岁|.*@.*|\d[\d-]{6,}")  # an age, an address, a telephone


def _is_marked(tokens: list[Token]) -> bool:
    """Whether a bracket, bullet, age, telephone or spaced-out name shows a line to be a credit.

    So does a dash with nothing but the name behind it, under a letter or a verse.
    """
    solid = [token for token in tokens if token.mark is not Mark.SPACE]
    is_signature = len(solid) == 1 and tokens[0].text.startswith("—")
    return is_signature or any(
        token.mark in (Mark.OPEN, Mark.DATELINE)
        or (token.mark is Mark.SPACE and token.text.strip(" -—–―─~"))
        or (token.mark is Mark.WORD and token.end - token.start > len(token.text))
        or (token.mark is Mark.NOTE and _OF_SOMEBODY.fullmatch(token.text))
        for token in tokens
    )


def _settle_orphans(line: str, units: list[Unit], reading: _Reading) -> None:
    """Sort out sources, organisations and roles nobody stands under.

    An organisation is a source (宜秀区融媒体中心供图), a place a remark; a role alone is unread.
    In prose an organisation is prose.
    """
    clusters: list[list[Role | Loose]] = [[]]
    for unit in units:
        if isinstance(unit, Loose) and unit.piece is Piece.UNREAD:
            reading.unread.append((unit.start, unit.end))
            clusters.append([])
        elif isinstance(unit, Loose) or (
            isinstance(unit, Role) and unit.direction is Direction.ORPHANED
        ):
            clusters[-1].append(unit)
        else:
            clusters.append([])
    is_prose = bool(reading.unread)
    for cluster in filter(None, clusters):
        kind = _sort_orphans(line, cluster)
        is_source = any(isinstance(u, Loose) and u.piece is Piece.SOURCE for u in cluster)
        if is_prose and not is_source:
            kind = "unread"
        getattr(reading, kind).append(_with_organisation(line, cluster))


def _sort_orphans(line: str, cluster: list[Role | Loose]) -> str:
    """Which list of a reading takes a cluster of orphans: sources, notes or unread."""
    orphans = [unit for unit in cluster if isinstance(unit, Role)]
    loose = [unit for unit in cluster if isinstance(unit, Loose)]
    if any(unit.piece is Piece.SOURCE for unit in loose):
        return "sources"
    offices = [line[unit.start : unit.end] for unit in loose]
    offices += [role.organisation for role in orphans if role.organisation]
    if any(places.is_medium(office) for office in offices):
        return "sources"
    if any(roles.is_bystander(role.text) for role in orphans) and all(
        role.part is Part.PERSON for role in orphans
    ):
        return "unread"  # 某社区居民 says what somebody is
    if orphans and any(places.may_be_organisation(office) for office in offices):
        return "sources"
    if not orphans:
        return "notes" if all(places.is_place(office) for office in offices) else "unread"
    is_collective = {role.part for role in orphans} >= {Part.PERSON, Part.WORK}  # 通讯员 供图
    is_compiled = all(role.text.startswith("综合") for role in orphans)
    return "sources" if is_collective or is_compiled else "unread"


def _with_organisation(line: str, cluster: list[Role | Loose]) -> Span:
    """The place of a cluster, from the organisation printed before its first role."""
    first, start = cluster[0], cluster[0].start
    if isinstance(first, Role) and first.organisation:
        at = line.rfind(first.organisation.split()[0], 0, start)
        start = at if at >= 0 else start
    return start, cluster[-1].end


def _read_sentence(line: str, tokens: list[Token], *, in_prose: bool = False) -> _Reading:
    """Read a sentence; names without a role count only where no prose surrounds them."""
    reader = UnitReader(line, tokens)
    units = reader.read()
    reading = _Reading(notes=reader.notes, datelines=reader.datelines)
    people, remarks = assign_roles(units)
    reading.notes = reading.notes + remarks
    _settle_orphans(line, units, reading)
    in_prose = in_prose or bool(reading.unread)
    is_marked = _is_marked(tokens) or bool(reading.sources)
    for person in people:
        if person.roles or (not in_prose and _may_stand_alone(person, people, is_marked=is_marked)):
            reading.people.append(person)
        else:
            reading.unread.append((person.start, person.end))
    if reading.unread and not (reading.people or reading.sources or reading.datelines):
        reading.unread = [(tokens[0].start, tokens[-1].end)]  # a sentence of prose stays whole
        reading.notes = []
    return reading


def _without_brackets(tokens: list[Token]) -> list[list[Token]]:
    """The sentence without its brackets, and each bracket's content as a sentence."""
    outside: list[Token] = []
    inside: list[list[Token]] = []
    current = outside
    for token in tokens:
        if token.mark is Mark.OPEN:
            current = []
            inside.append(current)
        elif token.mark is Mark.CLOSE:
            current = outside
            outside.append(Token(Mark.STOP, token.text, token.start, token.end))
        else:
            current.append(token)
    parts: list[list[Token]] = [[]]
    for token in outside:
        if token.mark is Mark.STOP:
            parts.append([])
        else:
            parts[-1].append(token)
    return sorted([part for part in [*parts, *inside] if part], key=lambda part: part[0].start)


def _sentences(tokens: list[Token]) -> list[list[Token]]:
    sentences: list[list[Token]] = [[]]
    for token in tokens:
        if token.mark is Mark.STOP:
            sentences.append([])
        else:
            sentences[-1].append(token)
    return [sentence for sentence in sentences if sentence]


def _read_tokens(line: str, tokens: list[Token]) -> _Reading:
    reading = _Reading()
    for sentence in _sentences(tokens):
        whole = _read_sentence(line, sentence)
        if whole.unread and any(token.mark is Mark.OPEN for token in sentence):
            in_prose = not any(token.mark is Mark.DATELINE for token in sentence)
            whole = _Reading()
            for part in _without_brackets(sentence):
                whole.add(_read_sentence(line, part, in_prose=in_prose))
        reading.add(whole)
    return reading


def _credits(people: list[Person]) -> list[Credit]:
    credits: dict[Credit, None] = {}
    for person in people:
        for _, role in sorted(person.roles) or [(person.start, "")]:
            credits[Credit(person.name, role, person.organisation)] = None
    return list(credits)


_MARKS = re.compile(r"[\W_]*")


def _fragments(text: str, line: str, spans: list[Span], *, apart: bool = False) -> list[str]:
    """The texts at some places, verbatim; those with nothing but marks between become one.

    Args:
        text: the line as printed.
        line: the same line folded.
        spans: the places, in any order.
        apart: join only what stands with nothing between.
    """
    merged: list[Span] = []
    for start, end in sorted(spans):
        last = merged[-1] if merged else None
        if last and (start <= last[1] or (not apart and _MARKS.fullmatch(line, last[1], start))):
            merged[-1] = (last[0], max(end, last[1]))
        else:
            merged.append((start, end))
    texts = [text[start:end].strip() for start, end in merged]
    return [fragment for fragment in texts if any(c.isalnum() for c in fragment)]


_LONGEST = 1000  # characters of the longest staff box; whatever is longer is a story
_SENTENCE = re.compile(r"[^\n。！？!?…]+[\n。！？!?…]*")


def _parse_by_sentences(text: str) -> CreditLine:
    """Read a text longer than any credit line; a sentence of such length is left unread."""
    parts = [
        parse(sentence) if len(sentence) <= _LONGEST else CreditLine(unread=[sentence.strip()])
        for sentence in _SENTENCE.findall(text)
    ]
    return CreditLine(
        dict.fromkeys(credit for part in parts for credit in part),
        source=" ".join(part.source for part in parts if part.source),
        dateline=" ".join(part.dateline for part in parts if part.dateline),
        notes=[note for part in parts for note in part.notes],
        unread=[fragment for part in parts for fragment in part.unread],
    )


def parse(text: str) -> CreditLine:
    """Read a credit line as a Chinese newspaper prints it.

    Args:
        text: one line or a staff box of several, such as 全媒体记者 付某 通讯员 黄某 摄. Full- and
            half-width forms, layout spaces and surrounding brackets make no difference.

    Returns:
        One credit per person and role, in the order of the names, with each person's roles in
        printed order; the same credit printed twice is there once. What names nobody is in
        `source`, `dateline` and `notes`; what could not be read is in `unread`, verbatim, and
        never guessed at. A role that nobody stands under gives no credit.
    """
    text = clean(text)
    if len(text) > _LONGEST:
        return _parse_by_sentences(text)
    line = fold(text)
    tokens = join_spaced_names(tokenise(line))
    tokens = cut_glued_work(cut_reported_places(cut_dated_work(tokens)))
    tokens = demote_words(line, tokens)
    tokens = settle_brackets(line, free_leading_places(tokens))
    reading = _read_tokens(line, tokens)
    return CreditLine(
        _credits(sorted(reading.people, key=lambda person: person.start)),
        source=" ".join(_fragments(text, line, reading.sources)),
        dateline=" ".join(_fragments(text, line, reading.datelines)),
        notes=_fragments(text, line, reading.notes, apart=True),
        unread=_fragments(text, line, reading.unread),
    )
