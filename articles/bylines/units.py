"""A credit line's tokens gathered into what its grammar speaks of: roles and groups of names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum

from . import names, places, words
from .context import is_among_credits
from .people import Found, Piece, Setting, read_word
from .roles import Part, is_bystander, is_provided, is_report, labels_pictures
from .tokens import Mark, Token


class Direction(Enum):
    """On which side of a role its names stand."""

    LEADS = "leads"
    TRAILS = "trails"
    ORPHANED = "orphaned"


class Tie(IntEnum):
    """How tightly a role is tied to its neighbour."""

    APART = 0
    SPACE = 1
    SLASH = 2
    GLUED = 3


@dataclass
class Person:
    """A name as mentioned once, and the roles given to it (by their place in the line)."""

    name: str
    start: int
    end: int
    organisation: str = ""
    roles: list[tuple[int, str]] = field(default_factory=list)
    parts: set[Part] = field(default_factory=set)
    has_trailing_role: bool = False
    is_elsewhere: bool = False  # 记者 某某 某局 某某: the second is of another house


@dataclass
class Group:
    """Names with no role between them."""

    people: list[Person]
    start: int
    end: int


@dataclass
class Role:
    """A role word, how tightly it is tied to either side, and its organisation."""

    text: str
    part: Part
    start: int
    end: int
    organisation: str = ""
    tie_before: Tie = Tie.APART
    tie_after: Tie = Tie.APART
    has_colon: bool = False
    is_aside: bool = False
    is_by: bool = False
    direction: Direction = Direction.ORPHANED


@dataclass
class Loose:
    """An organisation without people, a source, or words that could not be read."""

    piece: Piece
    start: int
    end: int


@dataclass
class Bracket:
    """A bracket that opens or closes among the names."""

    start: int
    end: int
    opens: bool


Unit = Group | Role | Loose | Bracket


_PAPER = re.compile("(?:报|刊|网|志|新闻|文摘|月谈|读者|瞭望|求是|参考)》$")


def _tie(tokens: list[Token], at: int, step: int) -> Tie:
    """How tightly the role at a place is tied to its neighbour on one side."""
    tie = Tie.GLUED
    at += step
    while 0 <= at < len(tokens):
        mark = tokens[at].mark
        if mark is Mark.SPACE:
            tie = Tie.SLASH if tie is Tie.SLASH else Tie.SPACE
        elif mark is Mark.TIE:
            tie = Tie.SLASH
        elif mark in (Mark.WORD, Mark.ROLE, Mark.SOURCE):
            return tie
        else:
            return Tie.APART
        at += step
    return Tie.APART


class UnitReader:
    """Reads the tokens of one sentence into units, left to right."""

    def __init__(self, line: str, tokens: list[Token]) -> None:
        """Take a folded line and the tokens of one sentence in it."""
        self.line = line
        self.tokens = tokens
        self.units: list[Unit] = []
        self.notes: list[tuple[int, int]] = []
        self.datelines: list[tuple[int, int]] = []
        self._run: list[Token] = []
        self._organisation = ""
        significant = [t for t in tokens if t.mark in (Mark.WORD, Mark.ROLE)]
        self._among_credits = is_among_credits(tokens)
        # 张三记者 李四通讯员: every role stands behind its name.
        self._people_lead = bool(
            significant
            and significant[0].mark is Mark.WORD
            and names.has_common_surname(significant[0].text)
            and significant[-1].part is Part.PERSON
        )

    def read(self) -> list[Unit]:
        """Gather all tokens; `notes` and `datelines` are filled on the way."""
        for at, token in enumerate(self.tokens):
            if token.mark is Mark.ROLE:
                self._take_role(at, token)
            elif token.mark in (Mark.OPEN, Mark.CLOSE):
                self._end_run(None)
                self.units.append(Bracket(token.start, token.end, token.mark is Mark.OPEN))
            elif token.mark is Mark.COLON:
                self._take_colon(at)
            elif token.mark is Mark.NOTE:
                self.notes.append((token.start, token.end))
            elif token.mark is Mark.SOURCE:
                self._end_run(None)
                self.units.append(Loose(Piece.SOURCE, token.start, token.end))
            elif token.mark is Mark.DATELINE:
                self.datelines.append((token.start, token.end))
            elif token.mark is Mark.OTHER:
                self._end_run(None)
                self.units.append(Loose(Piece.UNREAD, token.start, token.end))
            else:
                self._run.append(token)
        self._end_run(None)
        return self.units

    def _take_role(self, at: int, token: Token) -> None:
        self._end_run(token)
        role = Role(
            token.text,
            token.part or Part.WORK,
            token.start,
            token.end,
            organisation=self._organisation,
            tie_before=_tie(self.tokens, at, -1),
            tie_after=_tie(self.tokens, at, 1),
            has_colon=token.is_by,
            is_aside=token.is_aside,
            is_by=token.is_by or labels_pictures(token.text),
        )
        self._organisation = ""
        self.units.append(role)

    def _take_colon(self, at: int) -> None:
        """A colon behind a role makes it lead; behind a word we do not know, it makes it a role."""
        previous = self.tokens[at - 1] if at else None
        if previous is None:
            return
        if previous.mark is Mark.SPACE and at > 1:
            previous = self.tokens[at - 2]
        if previous.mark is Mark.ROLE and isinstance(self.units[-1], Role):
            self.units[-1].has_colon = True
        elif previous.mark is Mark.WORD and self._is_label(previous, at):
            self._run.remove(previous)
            self._end_run(None)
            label = Role(previous.text, Part.STAFF, previous.start, previous.end, has_colon=True)
            self.units.append(label)

    def _is_label(self, word: Token, colon: int) -> bool:
        if not 2 <= len(word.text) <= 6 or not names.HAN_WORD.fullmatch(word.text):
            return False
        if places.is_organisation(word.text) or names.has_surname(word.text):
            return False
        following = next((t for t in self.tokens[colon + 1 :] if t.mark is Mark.WORD), None)
        return (
            following is not None
            and names.has_common_surname(following.text)
            and not words.is_everyday(following.text)
        )

    def _follows_role(self) -> bool:
        last = next((u for u in reversed(self.units) if not isinstance(u, Bracket)), None)
        return isinstance(last, Role)

    def _follows_bystander(self) -> bool:
        last = self.units[-1] if self.units else None
        return isinstance(last, Role) and is_bystander(last.text) and not self._among_credits

    def _calls_for_person(self) -> bool:
        """Whether what stands before a word leaves nothing for it to be but a name."""
        last = self.units[-1] if self.units else None
        if not isinstance(last, Role) or is_bystander(last.text):
            return False
        return self._among_credits or last.part is Part.PERSON

    def _end_run(self, role: Token | None) -> None:
        """Read the words gathered since the last role; `role` is the role they stop at."""
        run, self._run = self._run, []
        if not any(token.mark is Mark.WORD for token in run):
            return
        found = self._read_run(run, role)
        people: list[Person] = []
        organisation: tuple[int, int] | None = None
        after_names = False
        start = found[0].start
        for piece in found:
            if piece.piece is Piece.ORGANISATION and self._is_title(piece, role):
                self.notes.append((piece.start, piece.end))
            elif piece.piece is Piece.ORGANISATION:
                if organisation is None or after_names:
                    organisation = (piece.start, piece.end)
                else:
                    organisation = (organisation[0], piece.end)
                after_names = False
            elif piece.piece is Piece.NAME:
                person = Person(piece.text, piece.start, piece.end, self._slice(organisation))
                person.is_elsewhere = bool(people and organisation and not people[0].organisation)
                people.append(person)
                after_names = True
            elif piece.piece is Piece.UNREAD and people and names.is_title(piece.text):
                self.notes.append((piece.start, piece.end))
            elif piece.piece is Piece.BESIDE and people:
                people[-1].organisation = piece.text
            elif piece.piece is Piece.NOTE:
                self.notes.append((piece.start, piece.end))
            else:
                if people:
                    self.units.append(Group(people, start, piece.start))
                    people = []
                self.units.append(Loose(Piece.UNREAD, piece.start, piece.end))
                organisation, after_names = None, False
        if people:
            self.units.append(Group(people, start, found[-1].end))
        if organisation and not after_names:
            self._settle(organisation, people, role)

    def _is_title(self, piece: Found, role: Token | None) -> bool:
        """Whether 《…》 is what a picture or a poem is called, not a paper."""
        is_paper = places.is_medium(piece.text) and _PAPER.search(piece.text)
        before_person = role is not None and role.text.endswith("记者")
        return piece.text.startswith("《") and not is_paper and not before_person

    def _slice(self, span: tuple[int, int] | None) -> str:
        return " ".join(self.line[span[0] : span[1]].split()) if span else ""

    def _settle(self, span: tuple[int, int], people: list[Person], role: Token | None) -> None:
        """Give an organisation no name follows to the role behind it or the people before it."""
        is_staffed = role is not None and role.part is Part.STAFF and span[1] == role.start
        if role and (role.part is Part.PERSON or is_staffed):
            self._organisation = self._slice(span)
        elif role and is_report(role.text):
            self.notes.append(span)
        elif people and role and is_provided(role.text):  # 记者 张三 区城管局供图
            self.units.append(Loose(Piece.ORGANISATION, *span))
        elif people:
            for person in people:
                person.organisation = person.organisation or self._slice(span)
        else:
            self.units.append(Loose(Piece.ORGANISATION, *span))

    def _read_run(self, run: list[Token], role: Token | None) -> list[Found]:
        after_role = self._follows_role()
        found: list[Found] = []
        # 晨曲 李某 摄: beside a sure name, a word without a surname is what the picture is called.
        sure = {
            t.start
            for t in run
            if t.mark is Mark.WORD and names.is_likely(t.text) and not words.is_everyday(t.text)
        }
        if after_role or role is None or role.part is not Part.WORK:
            sure.clear()
        for at, token in enumerate(run):
            if token.mark is Mark.BESIDE:
                found.append(Found(Piece.BESIDE, token.text, token.start, token.end))
            if token.mark is not Mark.WORD:
                continue
            word_follows = at + 2 < len(run) and run[at + 1].mark is Mark.SPACE
            setting = Setting(
                under_role=(after_role and not self._follows_bystander())
                or (role is not None and role.part is Part.WORK),
                alone=self._stands_alone(token, role) and not sure - {token.start},
                name_follows=word_follows
                and run[at + 2].mark is Mark.WORD
                and not any(piece.piece is Piece.NAME for piece in found),
                gives=role is not None and is_provided(role.text),
                vouched=self._calls_for_person(),
            )
            read = read_word(token.text, token.start, setting)
            if token.end - token.start > len(token.text):  # spaced out, so one name at most
                read = [replace(read[0], text=token.text, end=token.end)]
            if role is not None and role.part is Part.PERSON and token.end == role.start:
                read = self._before_person(token, read, after_role)
            found.extend(read)
        return found

    def _stands_alone(self, token: Token, role: Token | None) -> bool:
        last = self.units[-1] if self.units else None
        glued_before = isinstance(last, Role) and last.end == token.start
        glued_after = role is not None and role.start == token.end
        is_spaced_out = token.end - token.start > len(token.text)
        return self._among_credits or is_spaced_out or not (glued_before or glued_after)

    def _before_person(self, word: Token, read: list[Found], after_role: bool) -> list[Found]:
        """Read a word printed against 记者 or its like: a paper we have no list of, or a name."""
        is_name = all(found.piece is Piece.NAME for found in read)
        if is_name and (after_role or self._people_lead):
            return read
        if is_name or all(found.piece is Piece.UNREAD for found in read):
            return [Found(Piece.ORGANISATION, word.text, word.start, word.end)]
        return read
