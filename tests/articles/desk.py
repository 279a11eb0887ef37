"""People of a newsroom and stories at every point of their way, for tests of the reviews."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

from articles import publishing, reviews, revisions
from articles.models import Article, Stage
from tests.newsroom import make_login

NOW = datetime.datetime(2026, 3, 4, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
HOUR = datetime.timedelta(hours=1)
STAGES = ("first", "second", "final")


def make_people() -> SimpleNamespace:
    """Make one login for each part in the reviews."""
    return SimpleNamespace(
        writer=make_login("correspondent", "writer"),
        first=make_login("first_reviewer", "first"),
        second=make_login("second_reviewer", "second"),
        final=make_login("final_reviewer", "final"),
        editor=make_login("issue_editor", "editor"),
    )


def file_story(people: SimpleNamespace, headline: str = "渡口添灯", **fields: Any) -> Article:
    """File a story as its writer does: saved, and kept as a revision."""
    story = Article.objects.create(
        **{"headline": headline, "body": "渡口添了六盏灯。", "filed_by": people.writer, **fields}
    )
    revisions.record(story, by=people.writer, at=NOW)
    return story


def advance(story: Article, people: SimpleNamespace, to: str) -> Article:
    """Take a story to a status by the verbs, each step by the person whose work it is."""
    way = ["draft", "submitted", "first_passed", "second_passed", "approved", "public"]
    for step in way[way.index(story.status) + 1 : way.index(to) + 1]:
        if step == "submitted":
            reviews.submit(story, by=story.filed_by or people.writer, at=NOW)
        elif step == "public":
            publishing.publish(story, by=people.editor, at=NOW)
        else:
            stage = STAGES[way.index(step) - 2]
            by = getattr(people, stage)
            reviews.pass_review(story, stage=Stage(stage), by=by, at=NOW)
    story.refresh_from_db()
    return story


def rewrite(story: Article, by: Any, body: str, **fields: Any) -> Article:
    """Change a story's text as its form does."""
    story.refresh_from_db()
    for name, value in {"body": body, **fields}.items():
        setattr(story, name, value)
    story.save()
    revisions.record(story, by=by, at=NOW)
    return story
