"""A parsed page's stories into the database: all of them, or none and the line of the one at fault.

Nothing is invented: a person, column or place is looked up first. People and columns that are not
there are made, because the page has printed them; places only when that is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from articles import body, bylines
from articles.models import Article, Byline, Contributor, Section
from communities.models import Community, ServiceStation, StationKind
from communities.slugs import unique_slug

from .branch import BranchOfPlaces
from .directory import Directory
from .parsed import BlockKind, ParsedArticle, ParsedPage
from .places import ProposedPlace

HEADLINE_FROM_TEXT = 24


class PageImportError(Exception):
    """Why a page was not imported; nothing of it has been written."""

    def __init__(self, message: str, *, line: int | None = None) -> None:
        """Keep what is wrong and the 1-based line of the page, where there is one."""
        super().__init__(
            _("Line %(line)d: %(message)s") % {"line": line, "message": message}
            if line
            else message
        )
        self.line = line


@dataclass
class Stored:
    """What was written."""

    articles: list[Article] = field(default_factory=list)
    contributors: list[Contributor] = field(default_factory=list)
    columns: list[Section] = field(default_factory=list)
    communities: list[Community] = field(default_factory=list)
    stations: list[ServiceStation] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def report(self) -> list[str]:
        """Return a line for each kind of row that was made besides the stories."""
        made: list[tuple[str, Sequence[Model]]] = [
            (_("New contributors: %(names)s"), self.contributors),
            (_("New columns: %(names)s"), self.columns),
            (_("New communities: %(names)s"), self.communities),
            (_("New stations: %(names)s"), self.stations),
        ]
        lines = [line % {"names": "、".join(map(str, rows))} for line, rows in made if rows]
        return lines + self.notes


def known_places() -> Directory:
    """Return the names the directory of places knows (two queries)."""
    names: dict[str, str] = {}
    for name, other in Community.objects.values_list("name", "other_name"):
        names[name] = name
        if other:
            names[other] = name
    stations = ServiceStation.objects.values_list("name", flat=True)
    return Directory(communities=names, stations={name: name for name in stations})


@transaction.atomic
def store(
    parsed: ParsedPage, *, key: str, section: Section | None = None, create_places: bool = False
) -> Stored:
    """Write a page's stories as drafts, with their bylines, columns and places.

    Args:
        parsed: the page.
        key: what this page's stories are known by, so that a second import finds them.
        section: the section for all of them, or None.
        create_places: make the places and stations that the directory does not have.

    Raises:
        PageImportError: when a story cannot be kept as it is, naming its first line.
    """
    stored = Stored()
    if create_places:
        _make_places(parsed, stored)
    # From the last to the first: lists show the newest first, and of stories that appear in one
    # instant the last filed, so the page's first story leads them.
    for number, story in reversed(list(enumerate(parsed.articles, start=1))):
        stored.articles.insert(0, _store_story(story, f"{key}/{number}", section, stored))
    return stored


def keep(row: Model, line: int | None = None) -> None:
    """Save a row that a page brings.

    Raises:
        PageImportError: with what is wrong with it, and the line of the page.
    """
    try:
        row.full_clean()
    except ValidationError as error:
        raise PageImportError(
            _("“%(row)s” cannot be kept: %(reason)s")
            % {"row": row, "reason": " ".join(error.messages)},
            line=line,
        ) from None
    row.save()


def _store_story(
    story: ParsedArticle, origin: str, section: Section | None, stored: Stored
) -> Article:
    column = _column(story.column, story.first_line, stored)
    if column is not None and column.kind == Section.Kind.SECTION:
        # The page's column head is the name of a section of ours.
        section, column = section or column, None
    article = Article(
        genre=story.genre,
        kicker=story.kicker,
        headline=story.headline or _headline_from_text(story),
        deck=story.deck,
        body=_body(story),
        dateline=story.dateline,
        section=section,
        column=column,
        unread_credit=" ".join(story.unread),
        origin=origin,
    )
    keep(article, story.first_line)
    for position, credit in enumerate(story.bylines, start=1):
        line = Byline(
            article=article,
            contributor=_contributor(credit, story, stored),
            name=credit.name,
            role=credit.role,
            kind=bylines.kind_of(credit.role),
            organisation=credit.organisation,
            position=position,
        )
        keep(line, story.last_line)
    article.communities.set(
        place for name in story.communities if (place := _place(name, stored)) is not None
    )
    article.stations.set(
        station
        for name in story.stations
        if (station := ServiceStation.objects.filter(name=name).first()) is not None
    )
    return article


def _body(story: ParsedArticle) -> str:
    """Return the blocks as body text; foreign words never turn into marks."""
    return "\n".join(
        f"## {body.escape_line(block.text)}"
        if block.kind is BlockKind.SUBHEAD
        else body.escape_line(block.text)
        for block in story.blocks
    )


def _headline_from_text(story: ParsedArticle) -> str:
    """Return the beginning of a text printed without a headline, as photo news often is."""
    if not story.paragraphs:
        return ""
    return body.excerpt(body.parse(body.escape_line(story.paragraphs[0])), HEADLINE_FROM_TEXT)


def _column(name: str, line: int, stored: Stored) -> Section | None:
    if not name:
        return None
    column = Section.objects.filter(name=name).first()
    if column is None:
        slug = unique_slug(name, Section.objects.all())
        column = Section(name=name, slug=slug, kind=Section.Kind.COLUMN)
        keep(column, line)
        stored.columns.append(column)
    return column


def _contributor(credit: bylines.Credit, story: ParsedArticle, stored: Stored) -> Contributor:
    """Find the person; of several of one name, the one whose organisation or community fits."""
    namesakes = list(
        Contributor.objects.filter(name=credit.name).select_related("community").order_by("pk")
    )
    if not namesakes:
        person = Contributor(name=credit.name, title=credit.role, organisation=credit.organisation)
        keep(person, story.last_line)
        stored.contributors.append(person)
        return person
    fitting = [
        person
        for person in namesakes
        if (credit.organisation and person.organisation == credit.organisation)
        or (person.community is not None and person.community.name in story.communities)
    ]
    if len(namesakes) > 1 and len(fitting) != 1:
        stored.notes.append(
            _("Line %(line)d: there are %(count)d contributors named %(name)s; the first is taken.")
            % {"line": story.last_line, "count": len(namesakes), "name": credit.name}
        )
    return (fitting or namesakes)[0]


def _place(name: str, stored: Stored) -> Community | None:
    """Find a place by name; one name in two subdistricts is left to an editor."""
    found = list(Community.objects.named(name)[:2])
    if len(found) > 1:
        stored.notes.append(
            _("Several places are named %(name)s; link it by hand.") % {"name": name}
        )
        return None
    return found[0] if found else None


def _make_places(parsed: ParsedPage, stored: Stored) -> None:
    """Make the proposed places from the largest down, each in the place the text puts it in."""
    branch = BranchOfPlaces(parsed)
    proposed = [place for place in parsed.proposed_places if place.kind == "community"]
    for place in sorted(proposed, key=lambda place: branch.rank(place.level)):
        parent = branch.parent_of(place, stored.communities)
        if parent is None:
            stored.notes.append(
                _("Line %(line)d: the text does not say what %(name)s lies in; add it by hand.")
                % {"line": place.line, "name": place.name}
            )
            continue
        slug = unique_slug(place.name, Community.objects.all())
        community = Community(name=place.name, level=place.level, parent=parent, slug=slug)
        keep(community, place.line)
        stored.communities.append(community)
    for place in parsed.proposed_places:
        if place.kind == "station":
            _make_station(place, branch, stored)


def _make_station(place: ProposedPlace, branch: BranchOfPlaces, stored: Stored) -> None:
    community = branch.community_of_station(place.name)
    if community is None:
        stored.notes.append(
            _("Line %(line)d: the text does not say where %(name)s is; add it by hand.")
            % {"line": place.line, "name": place.name}
        )
        return
    kind_name = branch.kind_of_station(place.name)
    kind = StationKind.objects.filter(name=kind_name).first() or StationKind.objects.create(
        name=kind_name, slug=unique_slug(kind_name, StationKind.objects.all())
    )
    slug = unique_slug(place.name, ServiceStation.objects.all())
    station = ServiceStation(name=place.name, kind=kind, community=community, slug=slug)
    keep(station, place.line)
    stored.stations.append(station)
