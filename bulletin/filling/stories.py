"""Stories over the years, more of them in recent ones, and the issues some of them stand in."""

from __future__ import annotations

import datetime
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles import body as body_text
from articles import bylines
from articles.archive import midnight
from articles.models import (
    Article,
    Byline,
    Correction,
    Genre,
    Photo,
    Review,
    Revision,
    Status,
    TaggedArticle,
)
from articles.models import Stage as ReviewStage
from articles.revisions import PLAIN, digest_of, text_digest
from articles.search import storage
from articles.search.indexing import row_from
from bulletin.filling.newsroom import MARK, Newsroom, Person, Place
from bulletin.filling.phrases import CORRECTION, DID, WHAT, WHEN, body, headline, odd
from bulletin.filling.printing import PRINTED, Press
from bulletin.filling.tables import Table

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
# The last days bring so many times as many stories as the first.
GROWTH = 4
# Stories that are still in work: at most so many, and at most this part of all.
ON_THE_DESK, OF_ALL = 200, 20
DESK = (
    *([Status.DRAFT] * 4),
    Status.RETURNED,
    *([Status.SUBMITTED] * 4),
    *([Status.FIRST_PASSED] * 2),
    *([Status.SECOND_PASSED] * 2),
    *([Status.APPROVED] * 3),
)
PASSED = {Status.FIRST_PASSED: 1, Status.SECOND_PASSED: 2, Status.APPROVED: 3}
REVIEWS = (ReviewStage.FIRST, ReviewStage.SECOND, ReviewStage.FINAL)
# One published story of so many is withdrawn, and another was never used.
WITHDRAWN, DISCARDED = 300, 500
# One of so many is corrected, on the day after.
CORRECTED = 400
GENRES = (
    *([Genre.STORY] * 14),
    *([Genre.BRIEF] * 3),
    Genre.PHOTO,
    Genre.INTERVIEW,
    Genre.NOTICE,
)


@dataclass(frozen=True)
class Span:
    """The days an archive reaches over, the last one included."""

    first: datetime.date
    last: datetime.date

    def days(self, count: int) -> Iterator[tuple[datetime.date, int]]:
        """Yield days with the number of stories of each, of so many in all.

        A paper with few stories comes out less often, with a paper's worth of them.
        """
        total = (self.last - self.first).days + 1
        step = max(1, round(PRINTED * total / max(count, 1)))
        days = [self.last - n * DAY for n in range(0, total, step)][::-1]
        done = 0
        for number, day in enumerate(days, start=1):
            part = number / len(days)
            until = round(count * (part + (GROWTH - 1) / 2 * part**2) / ((GROWTH + 1) / 2))
            yield day, until - done
            done = until


@dataclass(frozen=True)
class Hour:
    """When a story appears and how far it has come; no moment for one that has no hour yet."""

    status: Status
    filed_at: datetime.datetime
    publish_at: datetime.datetime | None = None


@dataclass
class Made:
    """What a story is made of, before it is written."""

    values: dict[str, Any]
    places: list[Place] = field(default_factory=list)
    stations: list[Place] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    bylines: list[dict[str, Any]] = field(default_factory=list)
    photos: list[dict[str, Any]] = field(default_factory=list)
    tags: list[tuple[int, str]] = field(default_factory=list)


class Stories:
    """So many stories of a newsroom, written a batch at a time."""

    def __init__(
        self,
        newsroom: Newsroom,
        *,
        count: int,
        span: Span,
        seed: int,
        stations: Sequence[Place],
    ) -> None:
        """Note what is wanted.

        Args:
            newsroom: what stories belong to.
            count: how many stories.
            span: the days they appear on.
            seed: decides everything that is left to chance.
            stations: those that stories may name.

        """
        self.newsroom, self.count, self.span, self.seed = newsroom, count, span, seed
        self.stations = stations
        self.chance = random.Random(f"stories {seed}")  # noqa: S311 - the same stories each time
        self.names = [place.name for place in newsroom.places]
        self.number = 0
        self.press = Press()
        self.rows: list[storage.Row] = []
        self.articles, self.revisions, self.reviews = Table(Article), Table(Revision), Table(Review)
        self.corrections = Table(Correction)
        self.bylines, self.photos, self.tagged = Table(Byline), Table(Photo), Table(TaggedArticle)
        self.named_places = Table(Article.communities.through)
        self.named_stations = Table(Article.stations.through)

    @property
    def tables(self) -> list[Table]:
        """The tables, those that others lead to before these."""
        return [
            *(self.articles, self.revisions, self.reviews, self.corrections, self.bylines),
            *(self.photos, self.tagged, self.named_places, self.named_stations),
            *self.press.tables,
        ]

    def make(self, batch: int) -> Iterator[int]:
        """Make all stories; yields their number each time that at least `batch` can be written."""
        desk = min(ON_THE_DESK, self.count // OF_ALL)
        waiting = 0
        for day, number in self.span.days(self.count - desk):
            keys = [self._add(hour) for hour in self._hours(day, number)]
            self.press.print_issue(day, keys[:PRINTED])
            waiting += number
            if waiting >= batch:
                yield self.number
                waiting = 0
        for n in range(desk):
            self._add(self._on_the_desk(n))
        yield self.number

    def write(self) -> None:
        """Write what was made since the last time, in a transaction that is the caller's."""
        for table in self.tables:
            table.write()
        rows, self.rows = self.rows, []
        storage.add(rows)

    def _hours(self, day: datetime.date, number: int) -> Iterator[Hour]:
        """Yield the hours of a day's stories: those of its issue at midnight come first."""
        begin = midnight(day)
        for n in range(number):
            at = begin
            if n >= PRINTED:
                at += 6 * HOUR + self.chance.randrange(16 * 3600) * datetime.timedelta(seconds=1)
            status = Status.APPROVED
            if n >= PRINTED and (self.number + n) % DISCARDED == 0:
                status = Status.DISCARDED
            elif n >= PRINTED and (self.number + n) % WITHDRAWN == 0:
                status = Status.WITHDRAWN
            yield Hour(status, at - DAY, None if status == Status.DISCARDED else at)

    def _on_the_desk(self, n: int) -> Hour:
        """Return how far a story has come that is still in work; some of the approved wait."""
        status = DESK[n % len(DESK)]
        filed_at = midnight(self.span.last) + 8 * HOUR - n * HOUR / 4
        waits = status == Status.APPROVED and n % 2 == 0
        return Hour(status, filed_at, filed_at.replace(minute=0) + 10 * DAY if waits else None)

    def _add(self, hour: Hour) -> int:
        """Make a story and all its rows; returns its key."""
        made = self._made(hour)
        values, article = made.values, self.articles.next_key
        content = _snapshot(made)
        revision = self.revisions.add(
            article_id=article,
            number=1,
            content=content,
            digest=digest_of(content),
            text_digest=text_digest(content),
            at=hour.filed_at,
            kind=Revision.Kind.IMPORT,
        )
        values["head_id"] = revision
        if hour.status in (Status.APPROVED, Status.WITHDRAWN):
            values["approved_revision_id"] = revision
        blocks = body_text.parse(values["body"])
        values["characters"] = body_text.character_count(blocks)
        self.articles.add(**values)
        self._add_parts(article, made)
        self._add_reviews(article, revision, hour)
        self._add_correction(article, revision, hour)
        if hour.status == Status.APPROVED:
            self.rows.append(_row(article, made, body_text.plain_text(blocks), self.newsroom))
        self.number += 1
        return article

    def _add_parts(self, article: int, made: Made) -> None:
        for values in made.bylines:
            self.bylines.add(article_id=article, **values)
        for values in made.photos:
            name = values["image"]
            # Shown as it was drawn: there is nothing to be made of it.
            self.photos.add(article_id=article, rendered_from=name, **values)
        for key, _name in made.tags:
            self.tagged.add(content_object_id=article, tag_id=key)
        for place in made.places:
            self.named_places.add(article_id=article, community_id=place.key)
        for station in made.stations:
            self.named_stations.add(article_id=article, servicestation_id=station.key)

    def _add_correction(self, article: int, revision: int, hour: Hour) -> None:
        """Correct some of the public stories, if the day for it has come."""
        if hour.status != Status.APPROVED or hour.publish_at is None or self.number % CORRECTED:
            return
        at = hour.publish_at + DAY
        if at < midnight(self.span.last):
            by = self.newsroom.logins[0]
            self.corrections.add(
                article_id=article, revision_id=revision, by_id=by, at=at, text=CORRECTION
            )

    def _add_reviews(self, article: int, revision: int, hour: Hour) -> None:
        """Write who passed it: what was printed years ago by the press, the others by three."""
        common = {"article_id": article, "revision_id": revision, "round": 1, "at": hour.filed_at}
        if hour.status == Status.WITHDRAWN or (hour.publish_at and hour.status == Status.APPROVED):
            self.reviews.add(stage=ReviewStage.PRINTED, decision="pass", persons=0, **common)
            return
        logins = self.newsroom.logins
        for stage, login in zip(REVIEWS[: PASSED.get(hour.status, 0)], logins, strict=False):
            self.reviews.add(stage=stage, decision="pass", persons=3, by_id=login, **common)
        if hour.status == Status.RETURNED:
            self.reviews.add(
                stage=ReviewStage.FIRST,
                decision="return",
                note=f"{odd(self.chance)}一段请再核实。",
                persons=3,
                by_id=logins[0],
                **common,
            )

    def _made(self, hour: Hour) -> Made:
        """Return the words of a story and what it belongs to."""
        chance, newsroom = self.chance, self.newsroom
        genre = chance.choice(GENRES)
        column = chance.choice(newsroom.columns)[0] if chance.random() < 0.1 else None
        made = Made(
            {
                "genre": genre.value,
                "headline": headline(chance, self.names),
                "kicker": f"{chance.choice(WHEN)}走基层" if chance.random() < 0.1 else "",
                "deck": f"{chance.choice(DID)}{chance.choice(WHAT)}有了着落"
                if chance.random() < 0.2
                else "",
                "body": body(chance, self.names, self.number, self.count),
                "dateline": genre == Genre.STORY,
                "section_id": chance.choice(newsroom.sections)[0],
                "column_id": column,
                "origin": f"{MARK}/{self.seed}/{self.number}",
                "filed_by_id": newsroom.logins[-1 - self.number % (len(newsroom.logins) - 3)],
                "status": hour.status,
                "publish_at": hour.publish_at,
                "created_at": hour.filed_at,
                "updated_at": hour.filed_at,
            }
        )
        if hour.status != Status.DRAFT:
            made.values |= {"round": 1, "stage_since": hour.filed_at + 4 * HOUR}
        if hour.status == Status.WITHDRAWN and hour.publish_at:
            made.values |= {
                "withdrawn_at": hour.publish_at + DAY,
                "withdrawal_reason": "内容已过时。",
            }
        if genre == Genre.NOTICE:
            made.values["expires_at"] = (hour.publish_at or hour.filed_at) + 30 * DAY
        self._place(made)
        self._sign(made, with_photo=genre == Genre.PHOTO or chance.random() < 0.15)
        return made

    def _place(self, made: Made) -> None:
        """Say where a story belongs: some places and words come up far more often than others."""
        chance = self.chance
        for _n in range(1 if chance.random() < 0.85 else 2):
            made.places.append(_one_of(self.newsroom.places, chance, 2))
        made.places = sorted(dict.fromkeys(made.places), key=lambda place: place.key)
        if self.stations and chance.random() < 0.2:
            made.stations.append(_one_of(self.stations, chance, 2))
        count = chance.choice((0, 1, 1, 2))
        tags = {_one_of(self.newsroom.tags, chance, 3) for _n in range(count)}
        made.tags = sorted(tags, key=lambda tag: tag[1])

    def _sign(self, made: Made, *, with_photo: bool) -> None:
        chance = self.chance
        made.people = chance.sample(self.newsroom.people, 1 if chance.random() < 0.7 else 2)
        for position, person in enumerate(made.people, start=1):
            role = "通讯员" if position == 1 else "全媒体记者"
            made.bylines.append(
                {
                    "contributor_id": person.key,
                    "name": person.name,
                    "role": role,
                    "kind": bylines.kind_of(role).value,
                    "organisation": "",
                    "position": position,
                }
            )
        if with_photo:
            picture = chance.choice(self.newsroom.pictures)
            made.photos.append(
                {
                    "image": picture.name,
                    "caption": f"{chance.choice(self.names)}的{chance.choice(WHAT)}",
                    "credit": f"{made.people[0].name} 摄",
                    "alt": "",
                    "focus_x": 50,
                    "focus_y": 50,
                    "position": 1,
                    "width": picture.width,
                    "height": picture.height,
                }
            )


def _one_of(items: Sequence[Any], chance: random.Random, skew: int) -> Any:
    """Return one of some items, those at the beginning more often."""
    return items[math.floor(len(items) * chance.random() ** skew)]


def _snapshot(made: Made) -> dict[str, Any]:
    """Return what `articles.revisions.snapshot` returns of the story."""
    values = made.values
    expires_at = values.get("expires_at")
    return {
        **EMPTY,
        **{name: values[name] for name in PLAIN if name in values},
        "bylines": made.bylines,
        "photos": made.photos,
        "section_id": values["section_id"],
        "column_id": values["column_id"],
        "expires_at": expires_at.astimezone(datetime.UTC).isoformat() if expires_at else None,
        "communities": [place.key for place in made.places],
        "stations": [station.key for station in made.stations],
        "tags": [name for _key, name in made.tags],
    }


EMPTY: dict[str, Any] = {
    **{name: getattr(Article(), name) for name in PLAIN},
    "correction_note": "",
    "deadline": None,
    "activities": [],
}


def _row(article: int, made: Made, text: str, newsroom: Newsroom) -> storage.Row:
    """Return what the search index holds of a story, in the order of `indexing.pieces_of`."""
    values = made.values
    belonging = dict((*newsroom.sections, *newsroom.columns))
    pieces = [
        *(values["headline"], values["kicker"], values["deck"], text),
        *(words for photo in made.photos for words in (photo["caption"], photo["credit"])),
        *(person.name for person in made.people),
        *("", "", ""),
        *(belonging[key] for key in (values["column_id"], values["section_id"]) if key),
        *(words for place in made.places for words in (place.name, "")),
        *(station.name for station in made.stations),
        *(name for _key, name in made.tags),
    ]
    named: list[Person | Place] = [*made.people, *made.places, *made.stations]
    return row_from(article, values["headline"], pieces, [one.ways for one in named])
