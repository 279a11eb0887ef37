"""Whole newspaper pages, printed as different papers print them, against the parse a reader makes.

`pages/README.md` says what each page examines and which conventions its expectation follows.
"""

import datetime
import json
import re
from pathlib import Path

import pytest

from articles import importing

PAGES = Path(__file__).parent / "pages"
STEMS = sorted(path.stem for path in PAGES.glob("*.txt"))


def expected_stories(stem):
    return json.loads((PAGES / f"{stem}.json").read_text(encoding="utf-8"))["articles"]


def parsed(stem):
    return importing.parse_page(importing.read_text((PAGES / f"{stem}.txt").read_bytes()))


def comparable(story):
    """Even out what the conventions leave open: wide spaces, and one person's order of roles."""
    names = [credit["name"] for credit in story["bylines"]]
    bylines = sorted(
        ((credit["name"], credit["role"]) for credit in story["bylines"]),
        key=lambda credit: (names.index(credit[0]), credit[1]),
    )
    paragraphs = [re.sub(r"\s+", " ", paragraph) for paragraph in story["paragraphs"]]
    return story | {"bylines": bylines, "paragraphs": paragraphs}


def differences(found, wanted):
    """Name the fields that differ, one to a line."""
    found, wanted = comparable(found), comparable(wanted)
    return "".join(
        f"\n  {field}:\n    printed {wanted[field]!r}\n    parsed  {found.get(field)!r}"
        for field in wanted
        if found.get(field) != wanted[field]
    )


@pytest.mark.parametrize("stem", STEMS)
def test_page_is_cut_into_its_stories(stem):
    headlines = [story["headline"] for story in parsed(stem).as_json()["articles"]]
    assert headlines == [story["headline"] for story in expected_stories(stem)]


@pytest.mark.parametrize(
    ("stem", "wanted"),
    [
        pytest.param(stem, story, id=f"{stem}-{number}")
        for stem in STEMS
        for number, story in enumerate(expected_stories(stem), start=1)
    ],
)
def test_story_is_read_as_printed(stem, wanted):
    stories = parsed(stem).as_json()["articles"]
    alike = [story for story in stories if story["headline"] == wanted["headline"]]
    opening = [story for story in alike if story["paragraphs"][:1] == wanted["paragraphs"][:1]]
    found = next(iter(opening or alike), None)  # items of a column may have no headline
    assert found is not None, f"{stem} has no story “{wanted['headline']}”"
    assert set(found) == set(wanted)
    problems = differences(found, wanted)
    assert not problems, f"{stem} “{wanted['headline']}” differs in{problems}"


@pytest.mark.parametrize("stem", STEMS)
def test_page_keeps_what_its_masthead_says(stem):
    wanted = json.loads((PAGES / f"{stem}.page.json").read_text(encoding="utf-8"))
    if wanted["date"] is not None:
        wanted["date"] = datetime.date.fromisoformat(wanted["date"])
    page = parsed(stem)
    assert {field: getattr(page, field) for field in wanted} == wanted
