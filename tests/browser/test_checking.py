"""What a text names, its figures and its warnings, under the body while a story is typed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Locator, Page, Response, expect

from articles import body
from articles.models import Article, Section, Tag, Term, Waiver
from tests.factories import (
    make_community,
    make_contributor,
    make_district,
    make_draft,
    make_kind,
    make_photo,
    make_section,
    make_station,
)
from tests.newsroom import make_login

from .devices import DESKTOP, PHONE, Desk, found_by_axe
from .writing import has_selected

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = reverse("admin:articles_article_add")
RECOGNISE = reverse("admin:articles_article_recognise")
BODY = "柳堤社区驿站建成180平方米的阅览室，，柳堤社区的医保窗口也开了。沈砚秋摄"


@pytest.fixture
def writer() -> User:
    return make_login("correspondent", "writer")


@pytest.fixture
def desk(device, writer) -> Desk:
    """Open a story's form; a request may fail."""

    def open_form(address: str = ADD, width: int = DESKTOP, login: User | None = None) -> Page:
        page = device(login or writer, width, refusals=True)
        # Drafts have tests of their own.
        page.context.route("**/drafts/**", lambda route: route.abort())
        page.goto(address)
        return page

    return open_form


@pytest.fixture
def directory() -> None:
    district = make_district("临澄区")
    place = make_community("柳堤社区", within=district)
    make_station("柳堤社区驿站", community=place, kind=make_kind())
    make_contributor("沈砚秋", title="记者")
    make_section("民生服务")
    Tag.objects.create(name="医保", slug="yibao")


def read(page: Page, act: Callable[[], object], **texts: str) -> None:
    """Do something, and wait until a reading of the form with these texts has been answered."""

    def is_read(answer: Response) -> bool:
        if not answer.url.endswith(RECOGNISE):
            return False
        sent = answer.request.post_data_json["texts"]
        return all(sent[name] == text for name, text in texts.items())

    with page.expect_response(is_read):
        act()


def type_text(page: Page, body: str, headline: str = "阅览室开了") -> None:
    page.fill("#id_headline", headline)
    read(page, lambda: page.fill("#id_body", body), headline=headline, body=body)
    expect(page.locator("#checking")).to_be_visible()


def chip(page: Page, name: str) -> Locator:
    name_of = page.locator('[data-part="name"]', has_text=re.compile(f"^{name}$"))
    return page.locator("#checking .chip", has=name_of)


def warnings(page: Page) -> Locator:
    return page.locator('#checking [data-part="warnings"] [data-part="list"] > li')


def press(warning: Locator, what: str) -> None:
    warning.locator(f'[data-do="{what}"]').click()


def let_pass(warning: Locator, reason: str) -> None:
    press(warning, "waive")
    warning.locator('[data-part="words"]').fill(reason)
    press(warning, "confirm")


def save(page: Page) -> None:
    with page.expect_navigation(url=re.compile(r"/\d+/change/")):
        page.locator("button[name=_continue]").click()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_one_tap_takes_over_what_the_text_names(desk, directory, width):
    page = desk(width=width)
    type_text(page, f"民生服务：{BODY}")
    for name in ("柳堤社区", "柳堤社区驿站", "医保", "沈砚秋", "民生服务"):
        chip(page, name).click()
        expect(chip(page, name)).to_have_count(0)
    save(page)
    story = Article.objects.get()
    assert [place.name for place in story.communities.all()] == ["柳堤社区"]
    assert [station.name for station in story.stations.all()] == ["柳堤社区驿站"]
    assert [tag.name for tag in story.tags.all()] == ["医保"]
    assert story.section == Section.objects.get(name="民生服务")
    assert [(line.name, line.role) for line in story.bylines.all()] == [("沈砚秋", "记者")]
    # And what the saved story holds is not offered again.
    expect(page.locator("#checking")).to_be_visible()
    expect(page.locator('#checking [data-part="offers"]')).to_be_hidden()


def test_figures_go_into_a_table_at_the_end_of_the_text(desk):
    page = desk()
    type_text(page, "建成180平方米的阅览室，收到3200多册图书。")
    page.locator('#checking [data-part="figures"] summary').click()
    chip(page, "180平方米").click()
    chip(page, "3200多册").click()
    expect(page.locator('#checking [data-part="figures"]')).to_be_hidden()
    first = "建成180平方米的阅览室，收到3200多册图书。"
    last = r"\| 阅览室 \| 180平方米 \|\n\| 图书 \| 3200多册 \|"
    expect(page.locator("#id_body")).to_have_value(re.compile(rf"^{first}\n[\s\S]*\n{last}$"))
    save(page)
    assert "<table" in client_preview(Article.objects.get())


def client_preview(story: Article) -> str:
    return str(body.render_html(body.parse(story.body)))


def test_a_warning_is_shown_in_the_text_and_written_anew(desk):
    page = desk()
    type_text(page, "先说一句。😀\n居民来了，，都很高兴。")
    press(warnings(page), "show")
    expect(page.locator("#id_body")).to_be_focused()
    has_selected(page, "，，")
    mended = "先说一句。😀\n居民来了，都很高兴。"
    read(page, lambda: press(warnings(page), "replace"), body=mended)
    expect(page.locator("#id_body")).to_have_value(mended)
    expect(warnings(page)).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator("#id_body")).to_have_value("先说一句。😀\n居民来了，，都很高兴。")


def test_a_new_storys_warning_is_let_pass_and_the_reason_is_kept_with_it(desk, writer):
    page = desk()
    type_text(page, BODY)
    press(warnings(page), "waive")
    press(warnings(page), "confirm")
    expect(warnings(page).locator('[data-part="refused"]')).to_be_visible()
    warnings(page).locator('[data-part="words"]').fill("原话如此")
    page.keyboard.press("Enter")
    expect(warnings(page)).to_have_count(0)
    page.locator('#checking [data-part="waived"] summary').click()
    expect(page.locator('#checking [data-part="waived"]')).to_contain_text("原话如此")
    assert not Waiver.objects.exists()
    save(page)
    kept = Waiver.objects.get()
    assert (kept.reason, kept.by) == ("原话如此", writer)
    expect(page.locator('#checking [data-part="waived"]')).to_be_visible()
    expect(warnings(page)).to_have_count(0)


def test_a_saved_storys_warning_is_let_pass_at_once(desk, writer):
    story = make_draft(body="居民来了，，都很高兴。", filed_by=writer)
    page = desk(reverse("admin:articles_article_change", args=[story.pk]))
    let_pass(warnings(page), "原话如此")
    expect(warnings(page)).to_have_count(0)
    assert Waiver.objects.get().reason == "原话如此"
    page.reload()
    expect(page.locator('#checking [data-part="waived"]')).to_be_visible()
    expect(warnings(page)).to_have_count(0)


def test_a_reason_half_typed_survives_the_next_reading(desk):
    page = desk()
    type_text(page, "居民来了，，都很高兴。")
    press(warnings(page), "waive")
    warnings(page).locator('[data-part="words"]').fill("原话")
    read(page, lambda: page.fill("#id_headline", "另一个标题"), headline="另一个标题")
    expect(warnings(page).locator('[data-part="words"]')).to_have_value("原话")


def test_typing_keeps_the_focus_and_the_count_is_told_politely(desk):
    page = desk()
    type_text(page, "居民来了")
    page.locator("#id_body").focus()
    page.keyboard.press("Control+End")
    read(page, lambda: page.keyboard.type("，，都很高兴。"), body="居民来了，，都很高兴。")
    expect(warnings(page)).to_have_count(1)
    expect(page.locator("#id_body")).to_be_focused()
    told = page.locator("#checking > [data-part=told]")
    expect(told).to_have_attribute("role", "status")
    expect(told).to_contain_text("1")


def test_the_focus_goes_on_to_the_next_chip(desk, directory):
    page = desk()
    type_text(page, BODY)
    chip(page, "柳堤社区").focus()
    page.keyboard.press("Enter")
    expect(chip(page, "柳堤社区")).to_have_count(0)
    expect(page.locator(".chip:focus")).to_have_count(1)


def test_warnings_never_stand_in_the_way(desk):
    Term.objects.create(text="阅览室", kind=Term.Kind.SENSITIVE, reason="试一试")
    page = desk()
    type_text(page, BODY, "阅览室“开了")
    expect(warnings(page).nth(2)).to_be_attached()
    save(page)
    assert Article.objects.get().headline == "阅览室“开了"


def test_a_photos_caption_is_checked_and_shown(desk, writer):
    story = make_draft(body="灯亮了。", filed_by=writer)
    make_photo(story, caption="巷口（北侧")
    page = desk(reverse("admin:articles_article_change", args=[story.pk]))
    expect(warnings(page)).to_have_count(1)
    press(warnings(page), "show")
    caption = page.locator("#photo-desk [data-field=caption]:visible")
    expect(caption).to_have_value("巷口（北侧")
    expect(caption).to_be_focused()
    assert caption.evaluate("(field) => field.selectionStart") == 2


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_an_answer_that_does_not_come_is_said_and_asked_for_again(desk, width):
    page = desk(width=width)
    page.route(f"**{RECOGNISE}", lambda route: route.abort())
    with page.expect_event("requestfailed", lambda request: request.url.endswith(RECOGNISE)):
        page.fill("#id_body", "居民来了，，都很高兴。")
    expect(page.locator("#id_body")).to_have_value("居民来了，，都很高兴。")
    page.unroute(f"**{RECOGNISE}")
    more = "居民来了，，都很高兴。又一句。"
    read(page, lambda: page.fill("#id_body", more), body=more)
    expect(page.locator("#checking")).to_be_visible()
    expect(warnings(page)).to_have_count(1)
    expect(page.locator('#checking [data-part="trouble"]')).to_be_hidden()


def test_what_was_let_pass_travels_with_a_form_that_comes_back(desk):
    page = desk()
    type_text(page, BODY, headline="x")
    let_pass(warnings(page), "原话如此")
    expect(page.locator("#id_waivers")).not_to_have_value("")
    carried = json.loads(page.input_value("#id_waivers"))
    assert list(carried.values()) == ["原话如此"]
    page.fill("#id_headline", " ")
    page.locator("button[name=_continue]").click()
    expect(page.locator(".field-headline.errors")).to_be_visible()
    expect(page.locator("#checking")).to_be_visible()
    assert json.loads(page.input_value("#id_waivers")) == carried


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_panel_is_at_most_a_screenful_and_can_be_used_by_everybody(desk, directory, width):
    page = desk(width=width)
    text = "\n".join(f"第{n}户居民来了，，领到{n + 20}册图书。" for n in range(1, 30))
    type_text(page, f"{BODY}\n{text}")
    expect(chip(page, "医保")).to_be_visible()
    height = page.locator("#checking").bounding_box()["height"]
    assert height <= 844
    for name in ("figures", "warnings"):
        box = page.locator(f'#checking [data-part="{name}"]')
        if box.get_attribute("open") is None:
            box.locator("> summary").click()
    press(warnings(page).first, "waive")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    assert found_by_axe(page, "#checking") == []
