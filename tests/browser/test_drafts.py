"""Nothing typed is lost: a server that is killed, a login that runs out, a line that is cut."""

from __future__ import annotations

import contextlib
import re

import pytest
from playwright.sync_api import Error, Route, expect

from .own_server import (
    ADD,
    PASSWORD,
    STORY,
    desk,
    device_has,
    log_in,
    opened,
    server_has_it_all,
    state,
    take_back,
    type_on,
)

pytestmark = [pytest.mark.browser, pytest.mark.own_server]

__all__ = ["desk"]


def test_server_killed_in_mid_typing_costs_not_a_character(desk, server):
    device = desk("writer")
    page = opened(device, ADD)
    type_on(page, "渡口夜航", "#id_headline")
    type_on(page, "傍晚六点，渡口的灯亮了。")
    server_has_it_all(page)
    type_on(page, "船工们把缆绳")
    server.kill()
    type_on(page, "系好，等最后一班")
    state(page, "offline")
    type_on(page, "渡船靠岸。")
    device_has(page, "渡船靠岸。")
    page.close()

    server.start()
    page = opened(device, ADD)
    expect(page.locator("#id_body")).to_have_value("")
    take_back(page)
    expect(page.locator("#id_headline")).to_have_value("渡口夜航")
    whole = "傍晚六点，渡口的灯亮了。船工们把缆绳系好，等最后一班渡船靠岸。"
    expect(page.locator("#id_body")).to_have_value(whole)
    page.locator("button[name=_continue]").click()
    page.wait_for_url(re.compile(r"/\d+/change/"))
    expect(page.locator("#id_body")).to_have_value(whole)
    assert server.database("SELECT COUNT(*) FROM articles_article") == [(2,)]


@pytest.mark.parametrize("address", [ADD, STORY])
def test_form_that_is_only_read_keeps_nothing(desk, server, address):
    page = opened(desk("writer"), address)
    page.locator("#id_body").focus()
    page.wait_for_timeout(5000)
    page.close()
    assert server.database("SELECT COUNT(*) FROM articles_workingdraft") == [(0,)]


def test_typing_on_after_the_server_is_back_reaches_it_by_itself(desk, server):
    page = opened(desk("writer"), STORY)
    server.kill()
    type_on(page, "又添了两盏。")
    state(page, "offline")
    server.start()
    server_has_it_all(page)
    (content,) = server.database("SELECT content FROM articles_workingdraft")[0]
    assert "渡口添了六盏灯。又添了两盏。" in str(content).encode().decode("unicode_escape")


def test_saving_to_a_dead_server_keeps_the_form_and_saves_once_it_answers(desk, server):
    page = opened(desk("writer"), STORY)
    type_on(page, "又添了两盏。")
    server.kill()
    page.locator("button[name=_continue]").click()
    state(page, "unsent", "offline")
    expect(page.locator("#id_body")).to_have_value("渡口添了六盏灯。又添了两盏。")
    server.start()
    server_has_it_all(page)
    page.locator("button[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert server.database("SELECT body FROM articles_article") == [
        ("渡口添了六盏灯。又添了两盏。",)
    ]


def test_expired_login_loses_nothing_and_work_goes_on_after_a_new_one(desk, server):
    device = desk("writer")
    page = opened(device, STORY)
    server.database("DELETE FROM django_session")
    type_on(page, "又添了两盏。")
    state(page, "login")
    page.locator("button[name=_continue]").click()
    state(page, "login")
    expect(page.locator("#id_body")).to_have_value("渡口添了六盏灯。又添了两盏。")

    with device.expect_page() as other:
        page.locator("#draft-line [data-part=login]").click()
    other.value.fill("#id_username", "writer")
    other.value.fill("#id_password", PASSWORD)
    other.value.press("#id_password", "Enter")
    other.value.wait_for_url(re.compile(r"/admin/$"))
    other.value.close()
    server_has_it_all(page)
    page.locator("button[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("#id_body")).to_have_value("渡口添了六盏灯。又添了两盏。")


def test_another_login_in_the_same_browser_gets_neither_draft_nor_story(desk, server):
    device = desk("writer")
    page = opened(device, STORY)
    device.clear_cookies()
    log_in(device.new_page(), "editor")
    type_on(page, "又添了两盏。")
    state(page, "other_user")
    page.locator("button[name=_continue]").click()
    state(page, "other_user")
    assert server.database("SELECT COUNT(*) FROM articles_workingdraft") == [(0,)]
    assert server.database("SELECT body FROM articles_article") == [("渡口添了六盏灯。",)]
    theirs = opened(device, STORY)
    expect(theirs.locator("[data-part=offer]")).to_be_hidden()


def test_cut_line_leaves_the_text_on_the_device_and_sends_it_later(desk, server):
    device = desk("writer")
    page = opened(device, STORY)
    device.set_offline(True)
    type_on(page, "又添了两盏。")
    state(page, "offline")
    device.set_offline(False)
    server_has_it_all(page)
    assert server.database("SELECT COUNT(*) FROM articles_workingdraft") == [(1,)]


def test_half_written_syllable_is_kept_only_once_it_is_written(desk):
    device = desk("writer")
    page = opened(device, STORY)
    page.locator("#id_body").focus()
    page.keyboard.press("Control+End")
    session = device.new_cdp_session(page)
    session.send(
        "Input.imeSetComposition", {"text": "nihao", "selectionStart": 5, "selectionEnd": 5}
    )
    page.wait_for_timeout(600)
    assert page.evaluate("Object.values(localStorage).join().includes('nihao')") is False
    session.send("Input.insertText", {"text": "你好"})
    device_has(page, "灯。你好")


def test_crashed_page_has_lost_nothing_that_the_device_has_kept(desk):
    device = desk("writer")
    page = opened(device, ADD)
    type_on(page, "船工们把缆绳系好")
    device_has(page, "船工们把缆绳系好")
    with page.expect_event("crash"), contextlib.suppress(Error):
        page.goto("chrome://crash")
    page = opened(device, ADD)
    take_back(page)
    expect(page.locator("#id_body")).to_have_value("船工们把缆绳系好")


FILL_THE_DEVICE = """() => {
  let piece = "x".repeat(1 << 20);
  for (let n = 0; piece.length; n += 1) {
    try { localStorage.setItem("other" + n, piece); }
    catch { piece = piece.slice(piece.length / 2 + 1); }
  }
}"""


def test_answer_from_before_the_typing_is_not_taken_for_the_text(desk, server):
    device = desk("writer")
    asked: list[Route] = []
    device.route("**/drafts/keep/", lambda route: asked.append(route))
    page = opened(device, STORY)
    page.evaluate(FILL_THE_DEVICE)
    while not asked:
        page.wait_for_timeout(50)
    type_on(page, "又添了两盏。")
    state(page, "full")
    # Only now is it answered that somebody is here.
    with page.expect_response("**/drafts/keep/"):
        asked.pop().continue_()
    page.wait_for_timeout(300)
    assert page.locator("#draft-line").get_attribute("data-state") == "full"
    device.unroute("**/drafts/keep/")
    for request in asked:
        request.continue_()
    state(page, "server")
    assert server.database("SELECT COUNT(*) FROM articles_workingdraft") == [(1,)]


def test_full_device_says_so_and_the_server_has_the_text(desk, server):
    page = opened(desk("writer"), STORY)
    page.evaluate(FILL_THE_DEVICE)
    type_on(page, "又添了两盏。")
    state(page, "server")
    assert server.database("SELECT COUNT(*) FROM articles_workingdraft") == [(1,)]
