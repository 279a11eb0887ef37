"""One of everything, plain and the same each time; a test says what it needs otherwise."""

from __future__ import annotations

import datetime
import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from articles import revisions
from articles.bylines import kind_of
from articles.models import Article, Byline, Contributor, Photo, Section, Status, gate
from articles.models.states import FROZEN
from communities.models import Activity, Community, Level, ServiceStation, StationKind
from communities.slugs import pinyin_slug
from issues.models import Issue, Page, PageArea, Placement, PressSheet, Role, Stage
from issues.models import gate as issue_gate

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
MORNING = datetime.datetime(2024, 3, 4, 8, 30, tzinfo=SHANGHAI)
THAT_DAY = MORNING.date()
LONG_AFTER = datetime.datetime(2999, 1, 1, tzinfo=SHANGHAI)

SET_BY_VERBS = {
    "status",
    "publish_at",
    "round",
    "stage_since",
    "withdrawn_at",
    "withdrawal_reason",
    "approved_revision",
    "revises",
}
# What keeps a story from the reader, as fields.
HIDDEN = {
    "draft": {"status": Status.DRAFT},
    "awaiting final review": {"status": Status.SECOND_PASSED},
    "returned": {"status": Status.RETURNED},
    "withdrawn": {
        "status": Status.WITHDRAWN,
        "withdrawn_at": MORNING,
        "withdrawal_reason": "照片用错了。",
    },
    "future": {"publish_at": LONG_AFTER},
    "without a time": {"publish_at": None},
}
# What keeps an issue from the reader.
UNRELEASED = {
    "planning": {"status": Stage.PLANNING},
    "locked": {"status": Stage.LOCKED},
    "scheduled for later": {"status": Stage.SCHEDULED, "publish_at": LONG_AFTER},
}


def make_section(name: str = "要闻", **overrides: Any) -> Section:
    return Section.objects.create(**{"name": name, "slug": pinyin_slug(name), **overrides})


def make_article(headline: str = "巷口装上三盏灯", **overrides: Any) -> Article:
    """Make a story the public sees (or, by its fields, one that it does not).

    What only reviews may set is set here without any, so that a test about something else need
    not go through three of them.
    """
    fields = {
        "headline": headline,
        "body": "3月3日傍晚，巷口的三盏路灯亮了。",
        "status": Status.APPROVED,
        "publish_at": MORNING,
        **overrides,
    }
    guarded = {name: fields.pop(name) for name in list(fields) if name in SET_BY_VERBS}
    story = Article.objects.create(**fields)
    revision = revisions.record(story, by=fields.get("filed_by"), at=MORNING)
    if guarded["status"] in FROZEN:
        guarded.setdefault("approved_revision", revision)
    if guarded["status"] != Status.DRAFT:
        guarded.setdefault("stage_since", MORNING)
        guarded.setdefault("round", 1)
    Article.objects.filter(pk=story.pk).move(**guarded)
    story.refresh_from_db()
    return story


def make_draft(headline: str = "巷口装上三盏灯", **overrides: Any) -> Article:
    """Make a story that its writer is still at."""
    return make_article(headline, **{"status": Status.DRAFT, "publish_at": None, **overrides})


def make_contributor(name: str = "林小舟", **overrides: Any) -> Contributor:
    return Contributor.objects.create(**{"name": name, "title": "通讯员", **overrides})


def sign(article: Article, contributor: Contributor, role: str = "通讯员", **overrides: Any):
    """Put a name under a story, after those that are there."""
    fields = {
        "name": contributor.name,
        "role": role,
        "kind": kind_of(role),
        "position": article.bylines.count() + 1,
    }
    with gate.opened():
        return Byline.objects.create(
            article=article, contributor=contributor, **{**fields, **overrides}
        )


def make_photo(article: Article, width: int = 30, height: int = 20, **overrides: Any) -> Photo:
    """Add a picture to a story, after those that are there."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "gray").save(file, "JPEG")
    fields = {"position": article.photos.count() + 1, "alt": "一条小巷，三盏路灯"}
    fields.update(overrides)
    image = ContentFile(file.getvalue(), name="lamp.jpg")
    with gate.opened():
        return Photo.objects.create(article=article, image=image, **fields)


def make_district(name: str = "青禾区") -> Community:
    return Community.objects.create(name=name, slug=pinyin_slug(name), level=Level.DISTRICT)


def make_community(
    name: str = "桂花社区",
    *,
    within: Community,
    level: Level = Level.COMMUNITY,
    **overrides: Any,
) -> Community:
    fields = {"name": name, "slug": pinyin_slug(name), "level": level, "parent": within}
    return Community.objects.create(**{**fields, **overrides})


def make_kind(name: str = "驿站", **overrides: Any) -> StationKind:
    return StationKind.objects.create(**{"name": name, "slug": pinyin_slug(name), **overrides})


def make_station(
    name: str = "桂花驿站", *, community: Community, kind: StationKind, **overrides: Any
) -> ServiceStation:
    fields = {"name": name, "slug": pinyin_slug(name), "community": community, "kind": kind}
    return ServiceStation.objects.create(**{**fields, **overrides})


def make_activity(title: str = "家门口的义诊", **overrides: Any) -> Activity:
    """Make an activity of a morning; say where it is (`community` or `station`)."""
    fields = {
        "title": title,
        "kind": "clinic",
        "starts_on": THAT_DAY,
        "starts_at": datetime.time(9),
        "ends_at": datetime.time(11, 30),
    }
    return Activity.objects.create(**{**fields, **overrides})


def make_issue(date: datetime.date = THAT_DAY, **overrides: Any) -> Issue:
    """Make an issue the public sees (or, by its fields, one that it does not)."""
    fields = {"date": date, "number": 7, "status": Stage.SCHEDULED, "publish_at": MORNING}
    with issue_gate.opened():
        return Issue.objects.create(**{**fields, **overrides})


def make_page(issue: Issue, code: str = "A01", name: str = "要闻", **overrides: Any) -> Page:
    fields = {"code": code, "name": name, "position": issue.pages.count() + 1}
    with issue_gate.opened():
        return Page.objects.create(issue=issue, **{**fields, **overrides})


def place(article: Article, page: Page, role: Role = Role.FEATURE, **overrides: Any) -> Placement:
    """Put a story on a page, after those that are there."""
    position = page.placements.count() + 1
    with issue_gate.opened():
        return Placement.objects.create(
            page=page, article=article, role=role, **{"position": position, **overrides}
        )


def make_press(page: Page, *, pdf: bytes = b"", width: int = 90, height: int = 120) -> PressSheet:
    """Give a page a picture of the press's page, and its PDF if one is given."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(file, "JPEG")
    sheet = PressSheet(
        page=page,
        width=width,
        height=height,
        small_width=width,
        small_height=height,
        kept_at=MORNING,
    )
    sheet.image.save("page.jpg", ContentFile(file.getvalue()), save=False)
    sheet.small.save("page.jpg", ContentFile(file.getvalue()), save=False)
    if pdf:
        sheet.pdf.save("page.pdf", ContentFile(pdf), save=False)
    sheet.save()
    return sheet


def outline(placement: Placement, *points: tuple[int, int]) -> PageArea:
    """Draw an area of a story over its page: a rectangle, if no corners are given."""
    corners = points or ((100, 100), (500, 100), (500, 400), (100, 400))
    area = PageArea.over(placement, corners, placement.areas.count() + 1)
    area.save()
    return area
