"""The way of a story through the newsroom, as its people see it in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles.models import Article, Comment
from tests.articles.desk import advance, file_story, make_people
from tests.browser.test_admin import (
    DESKTOP,
    PHONE,
    admin,
    desk,
    found_by_axe,
    save,
    without_sideways_scroll,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["desk"]


@pytest.fixture
def people():
    return make_people()


def decide(page, decision, note=""):
    if note:
        page.fill("#id_note", note)
    with page.expect_navigation():
        page.click(f"button[name=decision][value={decision}]")


def open_first_in_queue(page, stage):
    page.goto(admin("index"))
    page.click(f"a[href='{admin('articles_article_queue', stage)}']")
    page.locator("#content table tbody a").first.click()


def test_story_is_returned_resubmitted_passed_by_three_and_published_on_phones(desk, people):
    writer = desk(people.writer)
    writer.goto(admin("articles_article_add"))
    writer.fill("[name=headline]", "渡口添灯")
    writer.fill("[name=body]", "渡口添了六盏灯。\n夜里不黑了。")
    save(writer, "_submit")
    story = Article.objects.get()
    expect(writer.locator("button[name=_save]")).to_have_count(0)

    first = desk(people.first)
    open_first_in_queue(first, "first")
    decide(first, "return")
    expect(first.get_by_role("alert")).to_be_visible()
    first.click(".quick button >> nth=1")
    expect(first.locator("#id_note")).not_to_have_value("")
    decide(first, "return")
    expect(first.locator(".messagelist")).to_contain_text("渡口添灯")

    writer.goto(admin("index"))
    writer.click("section[aria-labelledby=day-returned] a")
    expect(writer.locator(".fate .reason")).to_be_visible()
    writer.fill("[name=body]", "渡口添了八盏灯。\n夜里不黑了。")
    save(writer, "_submit")

    open_first_in_queue(first, "first")
    expect(first.locator(".compared del")).to_have_text("六")
    expect(first.locator(".compared ins")).to_have_text("八")
    decide(first, "pass")
    expect(first.locator(".messagelist")).to_contain_text("渡口添灯")
    for stage in ("second", "final"):
        reviewer = desk(getattr(people, stage))
        open_first_in_queue(reviewer, stage)
        decide(reviewer, "pass", "可以。")
        expect(reviewer.locator(".messagelist")).to_contain_text("渡口添灯")
    story.refresh_from_db()
    assert (story.status, story.is_public()) == ("approved", False)

    editor = desk(people.editor)
    editor.goto(admin("index"))
    editor.click("section[aria-labelledby=day-publish] a")
    with editor.expect_navigation():
        editor.click("section[aria-labelledby=deed-publish] button")
    editor.click(f"a[href='{story.get_absolute_url()}']")
    expect(editor.locator("main")).to_contain_text("渡口添了八盏灯。")

    writer.goto(admin("articles_article_record", story.pk))
    expect(writer.locator(".record-sheet tbody tr")).not_to_have_count(0)


def test_marked_passage_becomes_a_comment_that_the_writer_settles(desk, people):
    story = advance(file_story(people), people, "submitted")
    page = desk(people.first, DESKTOP)
    page.goto(admin("articles_article_review", story.pk))
    page.evaluate(
        "() => { const text = document.querySelector('.of-body p').firstChild;"
        " getSelection().setBaseAndExtent(text, 4, text, 7) }"
    )
    expect(page.locator("#id_quote")).to_have_value("六盏灯")
    page.fill("#id_text", "几盏？")
    page.click(".comment-form button")
    expect(page.locator(".compared mark")).to_contain_text("六盏灯")
    writer = desk(people.writer)
    writer.goto(admin("articles_article_review", story.pk))
    with writer.expect_navigation():
        writer.click(".comment button")
    assert Comment.objects.get().resolved_by == people.writer


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_pages_of_the_desk_are_accessible_and_never_scroll_sideways(desk, people, width, scheme):
    story = advance(file_story(people, "从“等一等”到“马上办”" * 4), people, "second_passed")
    Comment.objects.create(
        article=story,
        revision=story.head,
        by=people.first,
        at=story.stage_since,
        text="几盏？",
        quote="六盏灯",
        field="body",
    )
    page = desk(people.final, width, scheme)
    addresses = {
        "desk": admin("index"),
        "queue": admin("articles_article_queue", "final"),
        "review": admin("articles_article_review", story.pk),
        "revisions": admin("articles_article_revisions", story.pk),
        "record": admin("articles_article_record", story.pk),
        "usage": admin("articles_article_usage"),
    }
    wrong = {}
    for name, address in addresses.items():
        page.goto(address)
        problems = found_by_axe(page)
        if not without_sideways_scroll(page):
            problems.append("scrolls sideways")
        if problems:
            wrong[name] = problems
    assert wrong == {}


def test_record_prints_on_one_page(desk, people):
    story = advance(file_story(people), people, "public")
    page = desk(people.final, DESKTOP)
    page.goto(admin("articles_article_record", story.pk))
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1
