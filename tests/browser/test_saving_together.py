"""Two forms of one story are saved: both texts are shown, and nothing is made twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .own_server import ADD, STORY, desk, opened, type_on

pytestmark = [pytest.mark.browser, pytest.mark.own_server]

__all__ = ["desk"]


def test_two_people_save_one_story_and_both_texts_are_shown(desk, server):
    writer, editor = opened(desk("writer"), STORY), opened(desk("editor", 1280), STORY)
    expect(editor.locator("[data-part=present]")).to_contain_text("闻小渡")
    type_on(writer, "灯是太阳能的。")
    type_on(editor, "共花了三天。")
    writer.locator("button[name=_continue]").click()
    expect(writer.locator(".messagelist .success")).to_be_visible()
    expect(editor.locator("[data-part=saved]")).to_contain_text("闻小渡")

    editor.locator("button[name=_continue]").click()
    conflict = editor.locator(".conflict")
    expect(conflict).to_contain_text("闻小渡")
    expect(conflict.locator(".theirs")).to_contain_text("灯是太阳能的。")
    expect(conflict.locator(".mine")).to_contain_text("共花了三天。")
    expect(editor.locator("#id_body")).to_have_value("渡口添了六盏灯。共花了三天。")
    body = "SELECT body FROM articles_article"
    assert server.database(body) == [("渡口添了六盏灯。灯是太阳能的。",)]

    conflict.locator("button[type=submit]").click()
    expect(editor.locator(".messagelist .success")).to_be_visible()
    assert server.database(body) == [("渡口添了六盏灯。共花了三天。",)]
    kept = server.database("SELECT COUNT(*) FROM articles_revision")
    assert kept == [(3,)]


AT_THE_SAME_INSTANT = """async (bodies) => {
    const form = document.getElementById("article_form");
    await Promise.all(bodies.map(([key, body]) => {
        const sent = new FormData(form);
        sent.set("body", body);
        if (key) sent.set("draft_key", key);
        return fetch(location.href, { method: "POST", body: sent });
    }));
}"""


def test_form_sent_twice_at_the_same_instant_makes_one_story(desk, server):
    page = opened(desk("writer"), ADD)
    page.fill("#id_headline", "按了两下")
    page.evaluate(AT_THE_SAME_INSTANT, [["", "灯亮了。"], ["", "灯亮了。"]])
    twice = "SELECT COUNT(*) FROM articles_article WHERE headline = '按了两下'"
    assert server.database(twice) == [(1,)]


def test_of_two_saves_at_the_same_instant_one_meets_the_other(desk, server):
    page = opened(desk("writer"), STORY)
    page.evaluate(AT_THE_SAME_INSTANT, [["one-of-two-forms", "一"], ["other-of-two-forms", "二"]])
    revisions = server.database("SELECT content FROM articles_revision ORDER BY number")
    assert len(revisions) == 2
    (body,) = server.database("SELECT body FROM articles_article")[0]
    assert body in ("一", "二")


def test_theirs_is_taken_over_field_by_field(desk, server):
    writer, editor = opened(desk("writer"), STORY), opened(desk("editor", 1280), STORY)
    type_on(writer, "灯是太阳能的。")
    writer.fill("#id_headline", "渡口亮了")
    writer.locator("button[name=_continue]").click()
    expect(writer.locator(".messagelist .success")).to_be_visible()
    type_on(editor, "共花了三天。")
    editor.locator("button[name=_continue]").click()
    editor.locator("[data-take-theirs=headline]").click()
    editor.locator("button[name=_continue]:not(.conflict *)").click()
    expect(editor.locator(".messagelist .success")).to_be_visible()
    assert server.database("SELECT headline, body FROM articles_article") == [
        ("渡口亮了", "渡口添了六盏灯。共花了三天。")
    ]
