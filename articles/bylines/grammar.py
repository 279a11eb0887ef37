"""Which names stand under which role.

The grammar of a credit line, as papers print it:

- 记者, 通讯员 and their like stand before their names; so do 责编, 校对 and the rest of the staff.
- 文, 图, 摄 and other work stands on either side. The whole line decides: one that begins with
  work and ends with names (文 张三 图 李四) has it before, one that ends with work
  (张三 文 李四 摄) behind. A colon decides against the line; where the line is silent a slash or
  a missing space on one side does.
- Work behind the names belongs to the group of names directly before it; 文/图, 图文 and 摄影报道
  belong to everybody in the line who has no work of their own behind the name; so does 文.
- Work before the names belongs to the names that follow, through the roles of people between
  (文/图 记者 张三 通讯员 李四), up to the next work or staff role.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import roles
from .people import Piece
from .roles import Part
from .units import Bracket, Direction, Group, Loose, Person, Role, Tie, Unit

_MOST_ROLES = 12  # no line prints more of them in a row before a name


def _reaches(line: Sequence[Unit], at: int) -> bool:
    """Whether names follow a role, with nothing but further roles between."""
    own = line[at]
    for unit in line[at + 1 : at + _MOST_ROLES]:
        if isinstance(unit, Group):
            return True
        if not isinstance(unit, Role) or unit.is_aside or not isinstance(own, Role):
            return False
        is_joint = unit.tie_before is Tie.SLASH  # 记者/编辑: one person
        if unit.part is Part.STAFF and own.part is not Part.STAFF and not is_joint:
            return False
    return False


class _Aim:
    """Decides on which side of each role its names stand."""

    def __init__(self, units: list[Unit]) -> None:
        self.line: list[Unit] = [unit for unit in units if not isinstance(unit, Bracket)]
        authors = self._authors()
        first = authors[0] if authors else None
        last = authors[-1] if authors else None
        self.begins_with_work = isinstance(first, Role) and first.part is Part.WORK
        self.work_leads = self.begins_with_work and isinstance(last, Group)
        self.work_trails = not self.begins_with_work and (
            (isinstance(last, Role) and last.part is Part.WORK) or self._has_closed_work(authors)
        )
        self.people_lead = (
            isinstance(first, Group) and isinstance(last, Role) and last.part is Part.PERSON
        )

    @staticmethod
    def _has_closed_work(authors: list[Role | Group]) -> bool:
        """Whether 摄 closes the names before it and a new role follows (… 摄 通讯员 …)."""
        return any(
            isinstance(unit, Role)
            and unit.part is Part.WORK
            and roles.follows_names(unit.text)
            and isinstance(before, Group)
            and isinstance(after, Role)
            for before, unit, after in zip(authors, authors[1:], authors[2:], strict=False)
        )

    def _authors(self) -> list[Role | Group]:
        """The line's roles and names without the staff's."""
        kept: list[Role | Group] = []
        in_staff = False
        for unit in self.line:
            if isinstance(unit, Role):
                in_staff = unit.part is Part.STAFF and not unit.is_aside
            if isinstance(unit, Role | Group) and not in_staff:
                kept.append(unit)
        return kept

    def take(self) -> None:
        for at, unit in enumerate(self.line):
            if isinstance(unit, Role):
                unit.direction = self._direction(at, unit)

    def _direction(self, at: int, role: Role) -> Direction:
        previous = self.line[at - 1] if at else None
        has_names_before = isinstance(previous, Group) or (
            isinstance(previous, Role)
            and previous.direction is Direction.TRAILS
            and role.part is not Part.PERSON
        )
        has_names_after = _reaches(self.line, at)
        if role.is_aside and has_names_before:
            return Direction.TRAILS
        if self._is_given_by_office(previous, role):
            return Direction.ORPHANED
        if role.has_colon and has_names_before and not has_names_after:
            return Direction.TRAILS if roles.is_report(role.text) else Direction.ORPHANED
        if role.has_colon or not has_names_before:
            return Direction.LEADS if has_names_after else Direction.ORPHANED
        if not has_names_after:
            is_spare = self._is_left_over(at, role) or self._leads_to_source(at, role)
            return Direction.ORPHANED if is_spare else Direction.TRAILS
        return Direction.TRAILS if self._trails(at, role) else Direction.LEADS

    def _is_left_over(self, at: int, role: Role) -> bool:
        """Whether a role of people ends a line whose names have theirs already (… 通讯员)."""
        leader = self.line[at - 2] if at >= 2 else None
        return role.part is Part.PERSON and isinstance(leader, Role) and leader.part is Part.PERSON

    @staticmethod
    def _is_given_by_office(previous: Unit | None, role: Role) -> bool:
        """Whether an office printed before a role gave what it says (某社区供稿 张三 摄)."""
        is_office = isinstance(previous, Loose) and previous.piece is Piece.ORGANISATION
        return is_office and not role.has_colon and roles.is_provided(role.text)

    def _leads_to_source(self, at: int, role: Role) -> bool:
        """Whether a source stands where the line has names (文/张三 图/受访者供图)."""
        following = self.line[at + 1] if at + 1 < len(self.line) else None
        if not isinstance(following, Loose) or following.piece is Piece.UNREAD:
            return False
        if role.tie_after >= Tie.SLASH or self.begins_with_work:
            return not roles.follows_names(role.text)
        is_label = role.text in ("图", "图片", "照片", "视频")
        has_trailing = any(
            isinstance(unit, Role) and unit.direction is Direction.TRAILS for unit in self.line
        )
        return is_label and following.piece is Piece.ORGANISATION and not has_trailing

    def _trails(self, at: int, role: Role) -> bool:
        """Which side a role takes that has names on both."""
        if role.part is Part.PERSON:
            return self.people_lead
        if role.part is Part.STAFF:
            return False
        if role.text.endswith("报道"):
            return True
        if self.work_leads or self.work_trails:
            return self.work_trails
        if role.tie_before != role.tie_after:
            return role.tie_before > role.tie_after
        following = self.line[at + 1]
        if isinstance(following, Role) and following.part is Part.WORK:
            return True
        if isinstance(following, Role) and following.part is Part.PERSON:
            return roles.follows_names(role.text) or not roles.is_picture(role.text)
        return roles.follows_names(role.text)


class _Assignment:
    """Hands roles to people, left to right."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.open: list[Role] = []
        self.is_fresh = False  # no names yet since the last role that leads
        self.notes: list[tuple[int, int]] = []

    def take(self, units: list[Unit]) -> None:
        for unit in units:
            if isinstance(unit, Group):
                self._give_names(unit)
            elif isinstance(unit, Bracket):
                if not self.is_fresh:
                    self.open = []
            elif isinstance(unit, Role) and unit.direction is Direction.LEADS:
                self._open_role(unit)
            elif isinstance(unit, Role) and unit.direction is Direction.TRAILS:
                self._close_with(unit)

    def _open_role(self, role: Role) -> None:
        if self.is_fresh:
            last = self.open[-1]
            is_label = last.has_colon or Tie.SLASH in (role.tie_before, last.tie_after)
            if last.part is role.part is Part.PERSON and not is_label:
                last.direction = Direction.ORPHANED
                self.open.pop()
            self.open.append(role)
        elif role.part is Part.PERSON:
            first_person = next(
                (i for i, other in enumerate(self.open) if other.part is Part.PERSON), 0
            )
            work = [other for other in self.open[:first_person] if other.part is Part.WORK]
            self.open = [*work, role]
        else:
            self.open = [role]
        self.is_fresh = True

    def _give_names(self, group: Group) -> None:
        for person in group.people:
            for role in self.open:
                if person.is_elsewhere and role.part is Part.PERSON and "记者" in role.text:
                    continue
                person.roles.append((role.start, role.text))
                person.parts.add(role.part)
                person.organisation = person.organisation or role.organisation
        self.groups.append(group)
        self.is_fresh = False

    def _everybody(self) -> list[Person]:
        return [
            person
            for group in self.groups
            for person in group.people
            if not person.has_trailing_role and not person.parts & {Part.STAFF, Part.WORK}
        ]

    def _close_with(self, role: Role) -> None:
        people = list(self.groups[-1].people)
        by = next((other for other in self.open if other.is_by), None)
        if by and roles.is_provided(role.text):
            return
        if by:
            for person in people:
                person.roles.remove((by.start, by.text))
        if roles.is_report(role.text) and all(Part.PERSON in person.parts for person in people):
            self.notes.append((role.start, role.end))
            self.open = []
            return
        if roles.is_for_everyone(role.text) or (
            roles.is_text(role.text) and role.tie_before < Tie.SLASH
        ):
            known = {id(person) for person in people}
            people += [person for person in self._everybody() if id(person) not in known]
        for person in people:
            person.roles.append((role.start, role.text))
            person.parts.add(role.part)
            person.organisation = person.organisation or role.organisation
            person.has_trailing_role = True
        # 记者 张三/文 李四/图 are two reporters; 记者 甲某 文 乙某 摄 is one.
        if role.tie_before is not Tie.SLASH and not role.is_aside:
            self.open = []
        self.is_fresh = False


def assign_roles(units: list[Unit]) -> tuple[list[Person], list[tuple[int, int]]]:
    """Give every person of a sentence the roles the line prints for them.

    Args:
        units: the sentence's units in order; roles without names are marked as orphaned.

    Returns:
        The people in printed order, and the places of words that turned out to be remarks.
    """
    _Aim(units).take()
    assignment = _Assignment()
    assignment.take(units)
    people = [person for group in assignment.groups for person in group.people]
    return people, assignment.notes
