"""What was typed and not saved is offered back: on another device, on the list, with its photos."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.newsroom import picture

from .devices import DESKTOP, PHONE, found_by_axe
from .own_server import (
    ADD,
    LIST,
    STORY,
    desk,
    device_has,
    opened,
    server_has_it_all,
    state,
    take_back,
    type_on,
)

pytestmark = [pytest.mark.browser, pytest.mark.own_server]

__all__ = ["desk"]


def test_draft_typed_on_a_phone_waits_on_the_desk(desk):
    page = opened(desk("writer"), STORY)
    type_on(page, "又添了两盏。")
    server_has_it_all(page)
    page.close()

    elsewhere = opened(desk("writer", 1280), STORY)
    expect(elsewhere.locator("#id_body")).to_have_value("渡口添了六盏灯。")
    offer = elsewhere.locator("[data-part=offer]")
    expect(offer).to_contain_text("+6")
    offer.locator("[data-do=compare]").click()
    expect(offer.locator("mark", has_text="又添了两盏。")).to_be_visible()
    take_back(elsewhere)
    expect(elsewhere.locator("#id_body")).to_have_value("渡口添了六盏灯。又添了两盏。")


def test_text_taken_over_on_the_desk_is_not_offered_on_the_phone_again(desk):
    phone, computer = desk("writer"), desk("writer", 1280)
    page = opened(phone, STORY)
    type_on(page, "又添了两盏。")
    server_has_it_all(page)
    page.close()
    elsewhere = opened(computer, STORY)
    take_back(elsewhere)
    server_has_it_all(elsewhere)
    elsewhere.locator("button[name=_continue]").click()
    expect(elsewhere.locator(".messagelist .success")).to_be_visible()

    page = phone.new_page()
    with page.expect_response(re.compile("/drafts/")):
        page.goto(LIST)
    page.wait_for_timeout(600)
    expect(page.locator("#drafts")).to_be_hidden()


def test_nobody_sees_what_another_person_types(desk):
    page = opened(desk("writer"), STORY)
    type_on(page, "又添了两盏。")
    server_has_it_all(page)
    editor = opened(desk("editor"), STORY)
    expect(editor.locator("[data-part=present]")).to_contain_text("闻小渡")
    expect(editor.locator("[data-part=offer]")).to_be_hidden()


def test_everything_in_the_form_comes_back_not_only_the_text(desk):
    device = desk("writer")
    page = opened(device, ADD)
    page.fill("#id_headline", "桂花社区的早市")
    page.fill("#id_body", "早市开了。")
    page.check("#id_dateline")
    page.select_option("#id_section", label="要闻")
    box = page.locator("select[name='communities'] + .select2")
    box.locator("[role=combobox]").click()
    page.locator(".select2-container--open .select2-search__field").fill("桂花")
    page.locator(".select2-results__option--highlighted", has_text="桂花社区").click()
    # A row of the formset, whatever stands for it on the screen.
    page.locator("#photos-group .add-row a").evaluate("(link) => link.click()")
    page.locator("[name=photos-0-caption]").evaluate(
        """(field) => { field.value = "早市一角";
        field.dispatchEvent(new Event("input", { bubbles: true })); }"""
    )
    server_has_it_all(page)
    page.close()

    page = opened(device, ADD)
    take_back(page)
    expect(page.locator("#id_dateline")).to_be_checked()
    expect(page.locator("#id_section option:checked")).to_have_text("要闻")
    expect(page.locator("select[name=communities] option:checked")).to_contain_text(["桂花社区"])
    expect(box_of(page)).to_contain_text("桂花社区")
    expect(page.locator("[name=photos-0-caption]")).to_have_value("早市一角")


def test_photos_come_back_with_their_captions_and_are_saved(desk, server, tmp_path):
    photo = tmp_path / "灯.jpg"
    photo.write_bytes(picture().read())
    device = desk("writer")
    page = opened(device, STORY)
    captions = page.locator(".photo-cards [data-field=caption]")
    page.set_input_files("[data-part=choose]", photo)
    expect(page.locator(".photo-cards [data-part=image]:visible")).to_have_count(3)
    captions.nth(2).fill("新添的一张")
    captions.nth(0).fill("改过的图说")
    device_has(page, "新添的一张", "改过的图说")
    page.close()

    page = opened(device, STORY)
    take_back(page)
    captions = page.locator(".photo-cards [data-field=caption]")
    found = ["改过的图说", "船工", "新添的一张"]
    expect(captions).to_have_count(3)
    for number, words in enumerate(found):
        expect(captions.nth(number)).to_have_value(words)
    page.locator("button[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    saved = server.database("SELECT caption FROM articles_photo ORDER BY position")
    assert [caption for (caption,) in saved] == found


def box_of(page: Page):
    return page.locator("select[name='communities'] + .select2")


def test_unsaved_stories_wait_on_the_list_until_one_is_dropped(desk):
    device = desk("writer")
    for headline in ("一号渡口", "三号渡口", "二号渡口"):
        page = opened(device, ADD)
        page.fill("#id_headline", headline)
        server_has_it_all(page)
        page.close()
    page = device.new_page()
    page.goto(LIST)
    waiting = page.locator("#drafts")
    expect(waiting.locator("[data-part=title]")).to_contain_text("3")
    waiting.locator("summary").click()
    waiting.locator("a", has_text="一号渡口").click()
    expect(page.locator("#id_headline")).to_have_value("一号渡口")
    server_has_it_all(page)
    for headline in ("二号渡口", "三号渡口"):
        item = page.locator("[data-part=drafts] li", has_text=headline)
        dropped = f'"{item.get_attribute("data-key")}"'
        with page.expect_response(
            lambda answer, key=dropped: (
                "/drafts/drop/" in answer.url and key in (answer.request.post_data or "")
            )
        ):
            item.locator("[data-do=drop]").click()
    page.close()

    page = device.new_page()
    page.goto(LIST)
    expect(page.locator("#drafts a")).to_have_text(["一号渡口"])


def test_saved_story_leaves_no_draft_behind(desk):
    device = desk("writer")
    page = opened(device, STORY)
    type_on(page, "又添了两盏。")
    server_has_it_all(page)
    page.locator("button[name=_save]").click()
    page.wait_for_url(re.compile(r"/article/(\?.*)?$"))
    page.wait_for_function(
        "() => !Object.keys(localStorage).some((name) => name.includes('draft'))"
    )
    page.wait_for_timeout(800)
    expect(page.locator("#drafts")).to_be_hidden()
    page.goto(STORY)
    page.wait_for_timeout(800)
    expect(page.locator("[data-part=offer]")).to_be_hidden()


def test_form_that_comes_back_with_an_error_is_still_kept(desk):
    device = desk("writer")
    page = opened(device, ADD)
    page.fill("#id_body", "没有标题的稿子。")
    page.locator("button[name=_save]").click()
    expect(page.locator(".errornote:visible")).to_be_visible()
    server_has_it_all(page)
    page.close()
    page = opened(device, ADD)
    take_back(page)
    expect(page.locator("#id_body")).to_have_value("没有标题的稿子。")


def test_own_second_tab_is_noticed_and_its_text_not_offered_here(desk):
    device = desk("writer")
    first = opened(device, STORY)
    type_on(first, "又添了两盏。")
    server_has_it_all(first)
    second = opened(device, STORY)
    expect(second.locator("[data-part=present] [data-part=words]")).not_to_be_empty()
    expect(second.locator("[data-part=offer]")).to_be_hidden()
    expect(second.locator("[data-part=saved]")).to_be_hidden()


@pytest.mark.parametrize("address", [STORY, LIST])
def test_text_of_a_tab_that_answers_late_is_no_longer_offered(desk, address):
    device = desk("writer")
    page = opened(device, STORY)
    key = page.locator("[name=draft_key]").input_value()
    type_on(page, "又添了两盏。")
    server_has_it_all(page)
    page.close()
    other, page = device.new_page(), device.new_page()
    other.goto("/")
    page.goto(address)
    expect(page.locator(f"li[data-key='{key}']")).to_be_visible()
    other.evaluate("key => new BroadcastChannel('bulletin.drafts').postMessage({ key })", key)
    expect(page.locator(".draft-offer")).to_be_hidden()


def test_text_of_a_story_closed_meanwhile_can_be_read_and_dropped_on_the_list(desk, server):
    device = desk("writer")
    page = opened(device, STORY)
    type_on(page, "又添了两盏。")
    server_has_it_all(page)
    server.database("UPDATE articles_article SET status = 'submitted'")
    type_on(page, "共花了三天。")
    state(page, "closed")
    device_has(page, "共花了三天。")
    page.close()

    page = device.new_page()
    page.goto(LIST)
    page.locator("#drafts [data-do=show]").click()
    expect(page.locator("#drafts textarea")).to_have_value(re.compile("又添了两盏。共花了三天。"))
    page.locator("#drafts [data-do=drop]").click()
    page.locator("#drafts button:visible").click()  # undo
    expect(page.locator("#drafts a")).to_have_text(["渡口添灯"])


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_offers_and_conflicts_are_accessible(desk, width):
    device = desk("writer", width)
    page = opened(device, STORY)
    type_on(page, "又添了两盏。")
    server_has_it_all(page)
    editor = opened(desk("editor", width), STORY)
    type_on(editor, "共花了三天。")
    editor.locator("button[name=_continue]").click()
    expect(editor.locator(".messagelist .success")).to_be_visible()
    page.locator("button[name=_continue]").click()
    expect(page.locator(".conflict")).to_be_visible()
    assert found_by_axe(page) == []
    page.close()
    page = opened(device, STORY)
    page.locator("[data-do=compare]").click()
    expect(page.locator("[data-part=comparison]")).to_be_visible()
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
