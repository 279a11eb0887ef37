"""Bylines typed as a line, as printed, turned into people.

`read` says whom a line names, for showing it while it is typed; `sign` puts them under a story.
Of several people of one name it is the one who stands under the story already, or else the one
who was chosen, or else the only one of the writer's own community; otherwise it is asked and never
guessed. A name nobody has becomes a new contributor only once that has been confirmed. Words that
name nobody stay with the story as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles import bylines
from articles.bylines import Credit, CreditLine, RoleKind
from articles.models import Article, Byline, Contributor
from articles.revisions import locked

Writer = User | AnonymousUser | None
# What somebody is, and so their usual role; 摄 and 文 are what they did once.
USUAL = (RoleKind.REPORTER, RoleKind.CORRESPONDENT, RoleKind.INTERN)
# Where rows wait while others take their places; no story has as many bylines.
OUT_OF_THE_WAY = 10_000


class SigningError(ValidationError):
    """A line that cannot be put under a story as it is; codes "which", "new" and "too_long"."""


@dataclass(frozen=True)
class Signature:
    """A person a line names.

    Attributes:
        name: as printed.
        roles: as printed, in order.
        organisation: as printed.
        contributor: who it is; None where that is not known.
        candidates: those of this name, where it has to be said which of them it is, and where it
            has been said.
        confirmed: whether somebody has said that this is a new contributor.

    """

    name: str
    roles: tuple[str, ...]
    organisation: str
    contributor: Contributor | None
    candidates: tuple[Contributor, ...] = ()
    confirmed: bool = False

    @property
    def is_new(self) -> bool:
        """Whether nobody of this name is known."""
        return self.contributor is None and not self.candidates

    @property
    def is_open(self) -> bool:
        """Whether it has to be said yet which of several people this is."""
        return self.contributor is None and bool(self.candidates)

    @property
    def known_by(self) -> str:
        """What is known of the person besides the name."""
        return distinction(self.contributor) if self.contributor else ""

    @property
    def choices(self) -> list[tuple[int, str, bool]]:
        """The candidates as one chooses them: key, what tells them apart, whether chosen."""
        return [
            (person.pk, distinction(person) or f"#{person.pk}", person == self.contributor)
            for person in self.candidates
        ]


@dataclass(frozen=True)
class SignedLine:
    """A byline's line, read.

    Attributes:
        credits: whom it names in which role, in order; one person may have several.
        people: the same by person, in order.
        rest: all words that name nobody, as they are kept with the story.
        unread: those of them that could not be understood.

    """

    credits: tuple[Credit, ...]
    people: tuple[Signature, ...]
    rest: str
    unread: tuple[str, ...]

    @property
    def problems(self) -> list[SigningError]:
        """Return what has to be said before the line can be put under a story."""
        return list(_problems(self))

    def person_of(self, credit: Credit) -> Signature:
        """Return the person of one of the credits."""
        return next(one for one in self.people if _key(one) == _key(credit))


def distinction(person: Contributor) -> str:
    """Return what tells a person from others of the same name."""
    parts = (person.title, person.organisation, str(person.community or ""))
    return "，".join(dict.fromkeys(part for part in parts if part))


def read(
    line: str,
    *,
    article: Article | None = None,
    by: Writer = None,
    choices: Collection[int] = (),
    new_people: Collection[str] = (),
) -> SignedLine:
    """Say whom a line names.

    Args:
        line: as printed: 全媒体记者 付明 通讯员 黄小雨 李雪.
        article: the story it stands under; None for one that is not saved.
        by: who files the story, where `article` does not say.
        choices: the contributors chosen where several have one name, by key.
        new_people: the names confirmed as new contributors.

    """
    found = _parsed(line)
    people: dict[tuple[str, str], list[str]] = {}
    for credit in found:
        people.setdefault(_key(credit), []).append(credit.role)
    known = _Known([name for name, _organisation in people], article, by, choices)
    signatures = []
    for (name, organisation), roles in people.items():
        printed = tuple(role for role in roles if role)
        contributor, candidates = known.find(name, organisation)
        signatures.append(
            Signature(name, printed, organisation, contributor, candidates, name in new_people)
        )
    return SignedLine(tuple(found), tuple(signatures), _rest(found), found.unread)


def _key(one: Credit | Signature) -> tuple[str, str]:
    return one.name, one.organisation


def _parsed(line: str) -> CreditLine:
    """Read a line; a name without any role is one here, because nothing else is typed here."""
    found = bylines.parse(line)
    return found if found else bylines.parse(f"□ {line}") or found


def _rest(found: CreditLine) -> str:
    parts = (found.dateline, found.source, *found.notes, *found.unread)
    return " ".join(part for part in parts if part)


class _Known:
    """The contributors of some names, and what speaks for one of several."""

    def __init__(
        self,
        names: Iterable[str],
        article: Article | None,
        by: Writer,
        choices: Collection[int],
    ) -> None:
        self.choices = choices
        self.by_name: dict[str, list[Contributor]] = {}
        people = Contributor.objects.filter(name__in=list(names)).select_related("community")
        for person in people.order_by("pk"):
            self.by_name.setdefault(person.name, []).append(person)
        self.here: dict[str, list[Contributor]] = {}
        if article is not None and article.pk:
            for row in article.bylines.select_related("contributor__community"):
                mine = self.here.setdefault(row.name, [])
                if row.contributor not in mine:
                    mine.append(row.contributor)
        writer = article.filed_by if article is not None and article.filed_by_id else by
        self.place = _community_of(writer)

    def find(
        self, name: str, organisation: str
    ) -> tuple[Contributor | None, tuple[Contributor, ...]]:
        """Return who has a name, and of whom that was chosen or is to be chosen."""
        here, known = self.here.get(name, []), self.by_name.get(name, [])
        everybody = (*here, *(person for person in known if person not in here))
        chosen = [person for person in everybody if person.pk in self.choices]
        if len(everybody) > 1 and len(chosen) == 1:
            return chosen[0], everybody
        if len(here) > 1:
            return None, everybody
        near = [p for p in known if self.place is not None and p.community_id == self.place]
        printed = [p for p in known if organisation and p.organisation == organisation]
        for fitting in (here, printed, near, known):
            if len(fitting) == 1:
                return fitting[0], ()
        return None, everybody


def _community_of(writer: Writer) -> int | None:
    if not isinstance(writer, User):
        return None
    return Contributor.objects.filter(user=writer).values_list("community", flat=True).first()


def _problems(line: SignedLine) -> Iterator[SigningError]:
    for person in line.people:
        if person.is_open:
            yield SigningError(
                _("There are %(count)d people called %(name)s: choose which of them it is."),
                code="which",
                params={"count": len(person.candidates), "name": person.name},
            )
        elif person.is_new and not person.confirmed:
            yield SigningError(
                _("Nobody called %(name)s is known: check the name, or say that it is a new one."),
                code="new",
                params={"name": person.name},
            )
    most = Article._meta.get_field("unread_credit").max_length or 0
    if len(line.rest) > most:
        yield SigningError(
            _("%(count)d characters of this line name nobody; at most %(most)d can be kept."),
            code="too_long",
            params={"count": len(line.rest), "most": most},
        )


@transaction.atomic
def sign(
    article: Article,
    line: str,
    *,
    by: Writer,
    choices: Collection[int] = (),
    new_people: Collection[str] = (),
) -> SignedLine:
    """Put the people of a line under a story, and nobody else; rows that stay are not touched.

    Args:
        article: a saved story whose text is open; its `unread_credit` is set as well.
        line: as printed.
        by: who files it, where the story does not say.
        choices: as in `read`.
        new_people: as in `read`; contributors are made for them.

    Returns:
        The line as it was read.

    Raises:
        SigningError: when it is not clear who is meant; nothing is written.
        ValidationError: when a name is too long to be kept.

    """
    story = locked(article)
    signed = read(line, article=story, by=by, choices=choices, new_people=new_people)
    if problems := signed.problems:
        raise problems[0]
    people = {_key(person): person.contributor or _made(person) for person in signed.people}
    _place(story, [(credit, people[_key(credit)]) for credit in signed.credits])
    if article.unread_credit != signed.rest:
        article.unread_credit = signed.rest
        article.save(update_fields=["unread_credit", "updated_at"])
    return signed


def _made(person: Signature) -> Contributor:
    """Make a contributor of whom nothing is known but what is printed."""
    usual = next((role for role in person.roles if bylines.kind_of(role) in USUAL), "")
    made = Contributor(name=person.name, title=usual, organisation=person.organisation)
    made.full_clean()
    made.save()
    return made


def _place(story: Article, wanted: list[tuple[Credit, Contributor]]) -> None:
    """Make a story's bylines these, in this order."""
    held = {(row.contributor_id, row.role): row for row in story.bylines.all()}
    rows = []
    for position, (credit, person) in enumerate(wanted, start=1):
        row = held.pop((person.pk, credit.role), None) or Byline(article=story, contributor=person)
        now = {
            "name": credit.name,
            "role": credit.role,
            "kind": bylines.kind_of(credit.role).value,
            "organisation": credit.organisation,
            "position": position,
        }
        if row.pk is None or any(getattr(row, name) != value for name, value in now.items()):
            for name, value in now.items():
                setattr(row, name, value)
            rows.append(row)
    for row in held.values():
        row.delete()
    if rows:
        changed = [row.pk for row in rows if row.pk]
        story.bylines.filter(pk__in=changed).update(position=F("position") + OUT_OF_THE_WAY)
    for row in rows:
        row.full_clean(validate_unique=False, validate_constraints=False)
        row.save()
