"""Stories that have run give no false alarm."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from articles import importing
from articles.checks import Copy, examine
from bulletin.sample import reading

DAY = datetime.date(2026, 11, 23)
STORIES = [*reading.stories(), *reading.stories("desk")]
PAGES = sorted((Path(__file__).parents[1] / "importing" / "pages").glob("*.txt"))


def names_in(node: object) -> set[str]:
    """Return every name in the sample's table of places."""
    if isinstance(node, list):
        return {name for one in node for name in names_in(one)}
    if not isinstance(node, dict):
        return set()
    own = {node[key] for key in ("name", "other_name") if isinstance(node.get(key), str)}
    return own | {name for one in node.values() for name in names_in(one)}


DIRECTORY = frozenset(names_in(reading.table("places")))


def of_sample(story: reading.StoryFile) -> Copy:
    day = story.printed_on(DAY)
    texts = {name: story.head.get(name, "") for name in ("kicker", "headline", "deck")}
    texts["body"] = story.text
    for number, photo in enumerate(story.head.get("photos", [])):
        texts[f"caption-{number}"] = photo.get("caption", "")
    written = {name: reading.date_in(text, day) for name, text in texts.items()}
    return Copy(written, day, DIRECTORY)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
def test_a_story_of_the_sample_is_clean(story):
    assert [(one.kind, one.quote) for one in examine(of_sample(story))] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_stories_of_a_page_are_clean(path):
    stories = importing.parse_page(importing.read_text(path.read_bytes())).articles
    known = frozenset(name for story in stories for name in story.communities)
    found = []
    for story in stories:
        texts = {name: getattr(story, name) for name in ("kicker", "headline", "deck")}
        copy = Copy({**texts, "body": "\n".join(story.paragraphs)}, None, known)
        found += [(one.kind, one.quote) for one in examine(copy)]
    assert found == []


def test_a_clean_story_is_not_clean_once_it_is_spoilt():
    """The rules see these stories at all."""
    copy = of_sample(STORIES[0])
    spoilt = {
        **copy.texts,
        "body": copy.texts["body"] + "\n居民的的意见，，都记下了（一条也没有漏。",
    }
    kinds = [one.kind for one in examine(Copy(spoilt, copy.date, DIRECTORY))]
    assert kinds == ["doubled_word", "doubled_mark", "unclosed"]
