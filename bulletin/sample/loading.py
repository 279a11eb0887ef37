"""Writing the sample newsroom into the database: whole or not at all, and the same twice."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from articles import bylines, publishing, reviews, revisions
from articles.models import (
    Article,
    Byline,
    Contributor,
    Photo,
    ReviewDuty,
    Section,
    Stage,
    Status,
    gate,
)
from bulletin.sample import reading
from bulletin.sample.activities import load_activities
from bulletin.sample.front_page import print_front_page
from bulletin.sample.logins import sample_password
from bulletin.sample.pictures import draw
from bulletin.sample.places import load_places
from bulletin.sample.standing import load_coming, load_pattern, move_coming_on
from communities.models import Activity, Community, ServiceStation
from issues import scheduling
from issues.models import Issue, Page, Placement
from issues.models import Stage as IssueStage
from issues.models import gate as issue_gate

REVIEWERS = (
    (Stage.FIRST, "wen.jing"),
    (Stage.SECOND, "gu.xing"),
    (Stage.FINAL, "fang.zhiyuan"),
)
# Hours before a story's or an issue's own that the newsroom sits down to it.
EVENING = 14


@transaction.atomic
def load(*, today: datetime.date | None = None) -> None:
    """Load the sample newsroom, or bring it up to date.

    Everything is found again by its address name, number or import key, so a second run on the
    same day changes nothing, and a run on a later day moves the paper's dates on.

    Args:
        today: the day the newest issue is of; the current one, if none is given.
    """
    today = today or timezone.localdate()
    load_places(today)
    load_activities(today)
    load_sections()
    load_people()
    pages = load_issues(today)
    newest = pages[0, "A01"].issue
    pattern = load_pattern(newest)
    for file in filing_order(reading.stories(), today):
        load_story(file, today, pages)
    print_front_page(pages[0, "A01"])
    schedule_issues({page.issue for page in pages.values()})
    load_desk(today)
    load_coming(pattern, newest)


def filing_order(files: list[reading.StoryFile], today: datetime.date) -> list[reading.StoryFile]:
    """Return stories in the order they are filed: the oldest first, a page's lead last of its day.

    Lists show the newest first, and of stories that appear in one instant the last filed.
    """
    from_the_back = sorted(
        files, key=lambda file: (file.head.get("page", ""), file.head.get("position", 0))
    )[::-1]
    return sorted(from_the_back, key=lambda file: file.printed_on(today))


def load_sections() -> None:
    """Load sections and standing columns."""
    for row in reading.table("sections")["sections"]:
        Section.objects.update_or_create(slug=row.pop("slug"), defaults=row)


def load_people() -> None:
    """Load contributors and one login for each role; existing passwords stay."""
    data = reading.table("people")
    for row in data["contributors"]:
        community = row.pop("community", "")
        row["community"] = Community.objects.filter(name=community).first() if community else None
        Contributor.objects.update_or_create(name=row.pop("name"), defaults=row)
    for row in data["users"]:
        user, created = User.objects.get_or_create(
            username=row["username"],
            defaults={
                "first_name": row["name"],
                "email": f"{row['username']}@sample.invalid",
                "is_staff": True,
            },
        )
        if created:
            user.set_password(sample_password())
            user.save(update_fields=["password"])
        user.groups.set([Group.objects.get(name=row["role"])])
        if name := row.get("contributor"):
            Contributor.objects.filter(name=name).update(user=user)
        if name := row.get("manages"):
            Community.objects.get(name=name).managers.set([user])


def load_issues(today: datetime.date) -> dict[tuple[int, str], Page]:
    """Load the issues with their pages, each open to its stories.

    Returns:
        The pages by (weeks ago, code).
    """
    pages = {}
    # The newest first: when the sample is loaded again a few days later, each date is free by then.
    rows = sorted(reading.table("issues")["issues"], key=lambda row: row["ago_weeks"])
    move_coming_on(rows[0]["number"], today)
    for row in rows:
        date = today - datetime.timedelta(weeks=row["ago_weeks"])
        issue = Issue.objects.filter(number=row["number"]).first() or Issue(number=row["number"])
        with issue_gate.opened():
            if issue.date != date:
                # A later run moves issues on that have been public.
                issue.date, issue.publish_at = date, None
                issue.status = IssueStage.PLANNING
                issue.save()
            for position, page_row in enumerate(row["pages"], start=1):
                code = page_row.pop("code")
                page, _created = Page.objects.update_or_create(
                    issue=issue, code=code, defaults={**page_row, "position": position}
                )
                page.placements.all().delete()
                pages[row["ago_weeks"], code] = page
    return pages


def schedule_issues(issues: set[Issue]) -> None:
    """Lock each new issue on the evening before its day, and let it appear at midnight."""
    editor = User.objects.get(username="ye.zhiqiu")
    for issue in issues:
        if issue.is_held_fast or issue.date is None:
            continue
        hour = midnight(issue.date)
        evening = hour - datetime.timedelta(hours=EVENING - len(REVIEWERS) - 1)
        scheduling.lock(issue, by=editor, at=evening)
        scheduling.schedule(issue, by=editor, publish_at=hour, at=evening)


def midnight(date: datetime.date) -> datetime.datetime:
    """Return the beginning of a day in the newsroom's time zone."""
    return timezone.make_aware(datetime.datetime.combine(date, datetime.time.min))


def load_story(
    file: reading.StoryFile, today: datetime.date, pages: dict[tuple[int, str], Page]
) -> Article:
    """Load one story with its bylines, places, tags and photos, and put it on its page."""
    head, day = file.head, file.printed_on(today)
    page = pages.get((head.get("ago_weeks", -1), head.get("page", "")))
    credits = bylines.parse(head.get("byline", ""))
    fields = {
        key: reading.date_in(head.get(key, ""), day) for key in ("kicker", "headline", "deck")
    }
    # Stories of the web alone appear over the day, those of an issue with it.
    hours = 0 if page else 8 + len(file.slug) % 10
    with gate.opened():
        # A later run moves the dates in texts that have been approved on.
        story = _write_story(file, fields, credits, day)
    _let_in(story, midnight(day) + datetime.timedelta(hours=hours), alone=page is None)
    if page:
        with issue_gate.opened():
            Placement.objects.create(
                page=page, article=story, role=head["role"], position=head["position"]
            )
    return story


def _write_story(
    file: reading.StoryFile, fields: dict[str, str], credits: bylines.CreditLine, day: datetime.date
) -> Article:
    """Write a story's text, people, places and pictures."""
    head = file.head
    story, _created = Article.objects.update_or_create(
        origin=f"sample/{file.slug}",
        defaults={
            **fields,
            "genre": head["genre"],
            "body": reading.date_in(file.text, day),
            "dateline": head.get("dateline", False),
            "section": Section.objects.get(name=head["section"]),
            "column": Section.objects.get(name=head["column"]) if head.get("column") else None,
            "filed_by": _login_of(credits),
        },
    )
    story.tags.set(head.get("tags", []))
    story.communities.set(Community.objects.filter(name__in=head.get("communities", [])))
    story.stations.set(ServiceStation.objects.filter(name__in=head.get("stations", [])))
    story.activities.set(Activity.objects.filter(title__in=head.get("activities", [])))
    story.bylines.all().delete()
    for position, credit in enumerate(credits, start=1):
        Byline.objects.create(
            article=story,
            contributor=Contributor.objects.get(name=credit.name),
            name=credit.name,
            role=credit.role,
            kind=bylines.kind_of(credit.role),
            organisation=credit.organisation,
            position=position,
        )
    _load_photos(story, head.get("photos", []), day)
    return story


def _let_in(story: Article, publish_at: datetime.datetime, *, alone: bool) -> None:
    """Take a story through its three reviews, on the evening before it appears.

    Args:
        story: the story.
        publish_at: when it appears.
        alone: whether it is published by itself, and not with an issue.

    """
    known = story.approved_revision
    if known and known.text_digest == revisions.text_digest(revisions.snapshot(story)):
        if story.publish_at == publish_at:
            return
        Article.objects.filter(pk=story.pk).move(publish_at=None)
    elif story.status != Status.DRAFT:
        Article.objects.filter(pk=story.pk).move(status=Status.DRAFT, publish_at=None)
    story.refresh_from_db()
    logins = {user.username: user for user in User.objects.all()}
    evening = publish_at - datetime.timedelta(hours=EVENING)
    if story.status == Status.DRAFT:
        revisions.record(story, by=story.filed_by, at=evening)
        reviews.submit(story, by=story.filed_by or logins["liang.chao"], at=evening)
        for hours, (stage, name) in enumerate(REVIEWERS, start=1):
            later = evening + datetime.timedelta(hours=hours)
            reviews.pass_review(story, stage=stage, by=logins[name], at=later)
    if alone:
        signed = evening + datetime.timedelta(hours=len(REVIEWERS) + 1)
        publishing.publish(story, by=logins["ye.zhiqiu"], publish_at=publish_at, at=signed)


def load_desk(today: datetime.date) -> None:
    """Load stories in work, so that each desk has something on it; those there already stay."""
    logins = {user.username: user for user in User.objects.all()}
    ReviewDuty.objects.get_or_create(user=logins["wen.jing"], stage=Stage.FIRST, section=None)
    ReviewDuty.objects.get_or_create(user=logins["gu.xing"], stage=Stage.SECOND, section=None)
    for hours, file in enumerate(reading.stories("desk"), start=3):
        if Article.objects.filter(origin=f"sample/{file.slug}").exists():
            continue
        head, day = {"kicker": "", "deck": "", **file.head}, today
        credits = bylines.parse(head["byline"])
        fields = {key: head[key] for key in ("kicker", "headline", "deck")}
        story = _write_story(replace(file, head=head), fields, credits, day)
        at = timezone.now() - datetime.timedelta(hours=hours * 5)
        story.deadline = at + datetime.timedelta(days=2)
        story.save(update_fields=["deadline"])
        revisions.record(story, by=story.filed_by, at=at)
        _bring_to(story, head["reach"], head.get("reason", ""), logins, at)


def _bring_to(
    story: Article, reach: str, reason: str, logins: dict[str, User], at: datetime.datetime
) -> None:
    """Take a story as far as its file says, by the verbs of the newsroom."""
    if reach == "draft":
        return
    reviews.submit(story, by=story.filed_by or logins["liang.chao"], at=at)
    if reach == "returned":
        by = logins["wen.jing"]
        reviews.send_back(story, stage=Stage.FIRST, by=by, note=reason, at=at)
        return
    passes = {"submitted": 0, "first_passed": 1, "second_passed": 2, "approved": 3}[reach]
    for stage, name in REVIEWERS[:passes]:
        reviews.pass_review(story, stage=stage, by=logins[name], at=at)


@cache
def picture(scene: str) -> bytes:
    """Return a scene's picture; one that illustrates two stories is drawn once."""
    return draw(scene)


def _login_of(credits: bylines.CreditLine) -> User | None:
    names = [credit.name for credit in credits]
    filing = User.objects.filter(groups__name__in=("correspondent", "reporter"))
    return filing.filter(contributor__name__in=names).order_by("pk").first()


def _load_photos(story: Article, rows: list[dict[str, str]], day: datetime.date) -> None:
    story.photos.filter(position__gt=len(rows)).delete()
    for position, row in enumerate(rows, start=1):
        photo = Photo.objects.filter(article=story, position=position).first()
        photo = photo or Photo(article=story, position=position)
        photo.caption = reading.date_in(row["caption"], day)
        photo.credit, photo.alt = row["credit"], row["alt"]
        if not photo.image:
            photo.image = ContentFile(picture(row["scene"]), name=f"{row['scene']}.jpg")
        photo.save()
