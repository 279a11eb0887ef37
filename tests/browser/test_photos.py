"""Photos in a story's form: uploaded, put in order, into the text and into focus, and not lost."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _
from PIL import Image
from playwright.sync_api import (
    Locator,
    Page,
    Route,
    expect,
)

from articles.models import Article, LoosePicture, Photo
from tests.factories import make_draft, make_photo
from tests.newsroom import client_of, make_login

from .devices import DESKTOP, PHONE, Desk, found_by_axe, resize, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = reverse("admin:articles_article_add")
SEND = reverse("admin:articles_article_pictures")
KEEP = reverse("admin:articles_article_keep")


def as_kept(route: Route) -> None:
    """Answer as the server does that has kept a draft."""
    sent = route.request.post_data_json or {}
    kept = {"kept_at": 0, "seq": sent.get("seq"), "present": [], "head": 0, "saved": None}
    route.fulfill(json=kept)


@pytest.fixture
def writer() -> User:
    return make_login("correspondent", "writer")


@pytest.fixture
def desk(device, writer) -> Desk:
    """Open a story's form; a picture may be refused."""

    def open_form(address: str = ADD, width: int = PHONE, **options: object) -> Page:
        page = device(writer, width, refusals=True, **options)
        # Drafts have tests of their own.
        page.context.route(f"**{KEEP}", as_kept)
        page.goto(address)
        if options.get("java_script_enabled", True):
            expect(page.locator("#photo-desk")).to_be_visible()
        return page

    return open_form


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Make pictures as a phone does, each of another colour, with the place they were taken."""
    made = []
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (30.0, 49.0, 12.0)
    for number, colour in enumerate(("red", "green", "blue"), start=1):
        path = tmp_path / f"灯{number}.jpg"
        Image.new("RGB", (640, 480), colour).save(path, exif=exif)
        made.append(path)
    return made


def choose(page: Page, *files: Path) -> None:
    page.set_input_files("#photo-desk [data-part=choose]", list(files))


def cards(page: Page) -> Locator:
    return page.locator(".photo-card:not(.away)")


def arrived(page: Page, count: int) -> None:
    expect(page.locator(".photo-card [data-part=image]:visible")).to_have_count(count)


def captioned(page: Page, *captions: str) -> None:
    for number, caption in enumerate(captions):
        cards(page).nth(number).locator("[data-field=caption]").fill(caption)


def has_captions(page: Page, *captions: str) -> None:
    fields = page.locator("[data-field=caption]:visible")
    expect(fields).to_have_count(len(captions))
    for number, caption in enumerate(captions):
        expect(fields.nth(number)).to_have_value(caption)


def fill_text(page: Page, body: str = "灯亮了。") -> None:
    page.fill("#id_headline", "渡口添灯")
    page.fill("#id_body", body)


def save(page: Page) -> None:
    with page.expect_navigation(url=re.compile(r"/\d+/change/")):
        page.locator("button[name=_continue]").click()


def told(page: Page) -> Locator:
    return page.locator("#photo-desk [data-part=told]")


def expect_drawn(image: Locator) -> None:
    """Wait until a picture has been loaded and has its size."""
    image.evaluate("(image) => image.decode()")


def press(page: Page, number: int, what: str) -> None:
    cards(page).nth(number - 1).locator(f"[data-do={what}]").click()


def colour_of(photo: Photo) -> str:
    with photo.image.open() as file, Image.open(file) as image:
        assert not image.getexif()
        middle = image.convert("RGB").resize((1, 1)).getpixel((0, 0))
    return ("red", "green", "blue")[max(range(3), key=lambda band: middle[band])]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_several_photos_are_filed_at_once(desk, pictures, width):
    page = desk(width=width)
    fill_text(page)
    choose(page, *pictures)
    arrived(page, 3)
    captioned(page, "一号灯", "二号灯", "三号灯")
    cards(page).nth(0).locator("[data-field=credit]").fill("韩冬 摄")
    cards(page).nth(0).locator("[data-field=alt]").fill("一盏路灯")
    save(page)
    photos = list(Photo.objects.order_by("position"))
    assert [(photo.position, photo.caption) for photo in photos] == [
        (1, "一号灯"),
        (2, "二号灯"),
        (3, "三号灯"),
    ]
    assert [colour_of(photo) for photo in photos] == ["red", "green", "blue"]
    assert (photos[0].credit, photos[0].alt) == ("韩冬 摄", "一盏路灯")
    assert not LoosePicture.objects.exists()
    # And so they stand in the form again.
    arrived(page, 3)
    has_captions(page, "一号灯", "二号灯", "三号灯")


def test_phone_offers_its_camera_and_a_desk_does_not(desk):
    page = desk()
    camera = page.locator("#photo-desk [data-part=camera]")
    assert camera.get_attribute("capture") == "environment"
    # Pictures alone are named, so that an iPhone hands its own format over as JPEG.
    assert camera.get_attribute("accept") == "image/jpeg,image/png,image/webp"
    expect(page.locator(".photo-camera")).to_be_visible()
    assert page.locator("#photo-desk [data-part=choose]").get_attribute("multiple") is not None
    expect(desk(width=DESKTOP).locator(".photo-camera")).to_be_hidden()


def test_broken_picture_says_so_and_holds_nothing_up(desk, pictures, tmp_path):
    broken, iphone = tmp_path / "坏.jpg", tmp_path / "IMG_1.HEIC"
    broken.write_bytes(pictures[0].read_bytes()[:900])
    iphone.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400))
    page = desk()
    fill_text(page)
    choose(page, broken, pictures[0], iphone, pictures[1])
    arrived(page, 2)
    failed = page.locator(".photo-card:has(.failed)")
    expect(failed).to_have_count(2)
    sentence = _("The picture is broken or was cut off on its way; please choose it again.")
    expect(failed.nth(0)).to_contain_text("坏.jpg")
    expect(failed.nth(0)).to_contain_text(sentence)
    expect(failed.nth(1)).to_contain_text("IMG_1.HEIC")
    expect(failed.nth(1)).to_contain_text("JPEG")
    failed.nth(0).locator("[data-do=cancel]").click()
    expect(failed).to_have_count(1)
    save(page)
    assert [colour_of(photo) for photo in Photo.objects.all()] == ["red", "green"]


def test_order_is_changed_by_keyboard_and_the_text_follows(desk, pictures):
    page = desk()
    fill_text(page, "第一段。\n[图1]\n第二段。\n【图３】\n第三段，见[图2]。\n[图2]")
    choose(page, *pictures)
    arrived(page, 3)
    captioned(page, "一号灯", "二号灯", "三号灯")
    grip = cards(page).nth(2).locator("[data-do=grip]")
    grip.focus()
    page.keyboard.press("ArrowUp")
    has_captions(page, "一号灯", "三号灯", "二号灯")
    for number in "23":
        expect(told(page)).to_contain_text(number)
    page.keyboard.press("ArrowUp")
    has_captions(page, "三号灯", "一号灯", "二号灯")
    # It is at the top; the keyboard is still on it.
    page.keyboard.press("ArrowUp")
    expect(cards(page).nth(0).locator("[data-do=grip]")).to_be_focused()
    body = "第一段。\n[图2]\n第二段。\n【图1】\n第三段，见[图2]。\n[图3]"
    expect(page.locator("#id_body")).to_have_value(body)
    press(page, 1, "down")
    has_captions(page, "一号灯", "三号灯", "二号灯")
    expect(cards(page).nth(1).locator("[data-do=down]")).to_be_focused()
    save(page)
    photos = Photo.objects.order_by("position")
    assert [photo.caption for photo in photos] == ["一号灯", "三号灯", "二号灯"]
    assert [colour_of(photo) for photo in photos] == ["red", "blue", "green"]


def test_order_is_changed_by_dragging(desk, pictures):
    page = desk(width=DESKTOP)
    fill_text(page, "[图1]")
    choose(page, *pictures)
    arrived(page, 3)
    captioned(page, "一号灯", "二号灯", "三号灯")
    # Far from the edges of the screen, where the page would move on under the card.
    resize(page, DESKTOP, 1600)
    grip = cards(page).nth(0).locator("[data-do=grip]")
    cards(page).nth(0).evaluate("(card) => card.scrollIntoView({ block: 'center' })")
    box, below = grip.bounding_box(), cards(page).nth(1).bounding_box()
    assert box is not None
    assert below is not None
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 10, below["y"] + below["height"] * 0.6, steps=8)
    page.mouse.up()
    has_captions(page, "二号灯", "一号灯", "三号灯")
    expect(page.locator("#id_body")).to_have_value("[图2]")
    save(page)
    assert list(Photo.objects.order_by("position").values_list("caption", flat=True)) == [
        "二号灯",
        "一号灯",
        "三号灯",
    ]


@pytest.mark.parametrize(
    ("caret", "body"),
    [
        (0, "[图1]\n第一段。\n第二段。"),
        (2, "第一段。\n[图1]\n第二段。"),
        (5, "第一段。\n[图1]\n第二段。"),
        (9, "第一段。\n第二段。\n[图1]"),
        (None, "第一段。\n第二段。\n[图1]"),
    ],
)
def test_photo_is_put_into_the_text_at_the_caret_and_taken_out(desk, pictures, caret, body):
    page = desk()
    text = "第一段。\n第二段。"
    fill_text(page, text)
    if caret is None:
        page.goto(ADD)
        expect(page.locator("#photo-desk")).to_be_visible()
        page.evaluate("(text) => { document.getElementById('id_body').value = text; }", text)
    else:
        field = page.locator("#id_body")
        field.focus()
        field.evaluate("(field, at) => field.setSelectionRange(at, at)", caret)
    choose(page, pictures[0])
    arrived(page, 1)
    press(page, 1, "place")
    expect(page.locator("#id_body")).to_have_value(body)
    expect(told(page)).to_contain_text("[图1]")
    expect(cards(page).nth(0).locator("[data-part=in]")).to_be_visible()
    press(page, 1, "place")
    expect(page.locator("#id_body")).to_have_value(text)
    expect(cards(page).nth(0).locator("[data-part=in]")).to_be_hidden()


def test_removed_photo_leaves_the_text_and_comes_back_with_it(desk, pictures):
    page = desk()
    text = "第一段。\n[图1]\n第二段。\n[图2]\n[图3]"
    fill_text(page, text)
    choose(page, *pictures)
    arrived(page, 3)
    captioned(page, "一号灯", "二号灯", "三号灯")
    press(page, 2, "remove")
    has_captions(page, "一号灯", "三号灯")
    expect(page.locator("#id_body")).to_have_value("第一段。\n[图1]\n第二段。\n[图2]")
    undo = page.locator("#photo-desk [data-do=undo]:visible")
    expect(undo).to_be_focused()
    undo.press("Enter")
    has_captions(page, "一号灯", "二号灯", "三号灯")
    expect(page.locator("#id_body")).to_have_value(text)
    press(page, 1, "remove")
    save(page)
    photos = Photo.objects.order_by("position")
    assert [colour_of(photo) for photo in photos] == ["green", "blue"]
    assert Article.objects.get().body.splitlines() == ["第一段。", "第二段。", "[图1]", "[图2]"]


def test_saved_photo_is_removed_and_brought_back_with_what_was_typed(desk, writer):
    story = make_draft(filed_by=writer, body="[图1]\n[图2]")
    for caption in ("一号灯", "二号灯"):
        make_photo(story, caption=caption)
    page = desk(reverse("admin:articles_article_change", args=[story.pk]))
    captioned(page, "改过的一号灯")
    press(page, 1, "remove")
    page.locator("#photo-desk [data-do=undo]:visible").click()
    press(page, 2, "remove")
    expect(page.locator("#id_body")).to_have_value("[图1]")
    save(page)
    assert [photo.caption for photo in story.photos.all()] == ["改过的一号灯"]


def test_focus_is_set_by_a_tap_and_by_arrow_keys(desk, pictures):
    page = desk()
    fill_text(page)
    choose(page, pictures[0])
    arrived(page, 1)
    card = cards(page).nth(0)
    press(page, 1, "focus")
    aim = card.locator("[data-part=aim]")
    expect(aim).to_be_focused()
    for _n in range(8):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    expect(told(page)).to_contain_text("10%")
    expect(told(page)).to_contain_text("55%")
    square = card.locator("[data-part=square]")
    expect(square).to_have_css("object-position", "0% 50%")
    expect_drawn(card.locator("[data-part=aimed]"))
    box = aim.bounding_box()
    assert box is not None
    aim.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.2})
    expect(square).to_have_css("object-position", "100% 25%")
    save(page)
    photo = Photo.objects.get()
    assert abs(photo.focus_x - 90) <= 1
    assert abs(photo.focus_y - 20) <= 1
    # It is there when the form is opened again.
    press(page, 1, "focus")
    cross = cards(page).nth(0).locator("[data-part=cross]")
    expect(cross).to_have_attribute("style", re.compile(rf"left: {photo.focus_x}%"))


def test_photos_are_still_there_when_the_form_comes_back_with_an_error(desk, pictures):
    page = desk()
    page.fill("#id_body", "灯亮了。")
    choose(page, *pictures[:2])
    arrived(page, 2)
    captioned(page, "一号灯", "二号灯")
    press(page, 2, "up")
    with page.expect_navigation():
        page.locator("button[name=_continue]").click()
    expect(page.locator(".field-headline .errorlist")).to_be_visible()
    arrived(page, 2)
    has_captions(page, "二号灯", "一号灯")
    page.fill("#id_headline", "渡口添灯")
    save(page)
    photos = Photo.objects.order_by("position")
    assert [(photo.caption, colour_of(photo)) for photo in photos] == [
        ("二号灯", "green"),
        ("一号灯", "red"),
    ]


def test_picture_that_is_gone_is_chosen_again_under_its_caption(desk, pictures):
    page = desk()
    fill_text(page)
    choose(page, pictures[0])
    arrived(page, 1)
    captioned(page, "一号灯")
    LoosePicture.objects.all().delete()
    with page.expect_navigation():
        page.locator("button[name=_continue]").click()
    expect(page.locator(".photo-card .errorlist")).to_contain_text(
        _("This picture is no longer here; please choose it again.")
    )
    page.set_input_files(".photo-card [data-part=again]", pictures[1])
    arrived(page, 1)
    save(page)
    photo = Photo.objects.get()
    assert (photo.caption, colour_of(photo)) == ("一号灯", "green")


def test_cut_line_is_waited_for_and_the_picture_arrives_by_itself(desk, pictures):
    page = desk()
    fill_text(page)
    page.context.set_offline(True)
    choose(page, *pictures[:2])
    lost = cards(page).nth(0)
    expect(lost.locator("[data-do=retry]")).to_be_visible()
    expect(lost).to_contain_text(page.locator("#photo-desk").get_attribute("data-lost") or "—")
    page.context.set_offline(False)
    arrived(page, 2)
    save(page)
    assert [colour_of(photo) for photo in Photo.objects.all()] == ["red", "green"]


def test_story_waits_for_its_pictures_before_it_is_saved(desk, pictures):
    page = desk()
    fill_text(page)
    held: list[Route] = []
    page.route(f"**{SEND}", lambda route: held.append(route))
    choose(page, pictures[0])
    until(page, lambda: held)
    expect(cards(page).nth(0).locator("progress")).to_be_visible()
    page.locator("button[name=_continue]").click()
    saving = page.locator("#photo-desk").get_attribute("data-saving")
    expect(page.locator("#photo-desk [data-part=alert]")).to_have_text(saving or "—")
    assert not Article.objects.exists()
    with page.expect_navigation(url=re.compile(r"/\d+/change/")):
        held[0].continue_()
    assert Photo.objects.count() == 1


def test_upload_can_be_cancelled(desk, pictures):
    page = desk()
    fill_text(page)
    held: list[Route] = []
    page.route(f"**{SEND}", lambda route: held.append(route))
    choose(page, pictures[0])
    until(page, lambda: held)
    cards(page).nth(0).locator("[data-do=cancel]").click()
    expect(cards(page)).to_have_count(0)
    page.unroute(f"**{SEND}")
    choose(page, pictures[1])
    arrived(page, 1)
    save(page)
    assert [colour_of(photo) for photo in Photo.objects.all()] == ["green"]


def test_expired_login_keeps_the_picture_for_another_try(desk, pictures, writer, live_server):
    page = desk()
    fill_text(page)
    page.context.clear_cookies()
    choose(page, pictures[0])
    failed = cards(page).nth(0)
    expect(failed.locator("[data-part=login]")).to_be_visible()
    session = client_of(writer).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    failed.locator("[data-do=retry]").click()
    arrived(page, 1)


TRANSFER = """(bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], "灯.jpg", { type: "image/jpeg" }));
    return transfer;
}"""


def test_pictures_are_dropped_and_pasted(desk, pictures):
    page = desk(width=DESKTOP)
    fill_text(page)
    transfer = page.evaluate_handle(TRANSFER, list(pictures[0].read_bytes()))
    for event in ("dragover", "drop"):
        page.dispatch_event("#id_body", event, {"dataTransfer": transfer, "bubbles": True})
    arrived(page, 1)
    paste = """([transfer, text]) => {
        if (text) transfer.setData("text/plain", text);
        const event = new ClipboardEvent("paste", {
          clipboardData: transfer, bubbles: true, cancelable: true,
        });
        document.getElementById("id_body").dispatchEvent(event);
        return event.defaultPrevented;
    }"""
    transfer = page.evaluate_handle(TRANSFER, list(pictures[1].read_bytes()))
    assert page.evaluate(paste, [transfer, ""])
    arrived(page, 2)
    # Word puts a picture of the text beside the text: the text is meant.
    transfer = page.evaluate_handle(TRANSFER, list(pictures[2].read_bytes()))
    assert page.evaluate(paste, [transfer, "路就平了。"])
    expect(page.locator("#id_body")).to_have_value("灯亮了。路就平了。")
    expect(cards(page)).to_have_count(2)
    save(page)
    assert [colour_of(photo) for photo in Photo.objects.all()] == ["red", "green"]


def test_missing_description_is_warned_of_and_stops_nobody(desk, pictures):
    page = desk()
    fill_text(page)
    choose(page, *pictures[:2])
    arrived(page, 2)
    warning = page.locator("#photo-desk [data-part=undescribed]")
    expect(warning).to_contain_text("2")
    cards(page).nth(0).locator("[data-field=alt]").fill("一盏路灯")
    expect(warning).to_contain_text("1")
    cards(page).nth(1).locator("[data-field=alt]").fill("另一盏路灯")
    expect(warning).to_be_hidden()
    cards(page).nth(1).locator("[data-field=alt]").fill("")
    save(page)
    assert Photo.objects.count() == 2


def test_without_script_photos_are_filed_in_plain_rows(desk, pictures):
    page = desk(java_script_enabled=False)
    page.locator("a[href='?photo_rows=4']").click()
    fill_text(page)
    page.set_input_files("[name=photos-0-image]", pictures[0])
    page.fill("[name=photos-0-caption]", "一号灯")
    page.set_input_files("[name=photos-2-image]", pictures[2])
    page.fill("#id_headline", "")
    page.locator("button[name=_continue]").click()
    # The pictures are kept, though the browser has forgotten the files.
    expect(page.locator("#photos-group .picture img")).to_have_count(2)
    page.fill("#id_headline", "渡口添灯")
    page.locator("button[name=_continue]").click()
    page.wait_for_url(re.compile(r"/\d+/change/"))
    photos = Photo.objects.order_by("position")
    assert [(photo.caption, colour_of(photo)) for photo in photos] == [
        ("一号灯", "red"),
        ("", "blue"),
    ]


def test_rows_asked_for_without_script_leave_no_cards_with_it(desk):
    page = desk(f"{ADD}?photo_rows=4")
    expect(page.locator("#photo-desk")).to_be_visible()
    expect(page.locator("a[href='?photo_rows=4']")).to_be_hidden()
    expect(cards(page)).to_have_count(0)
    fill_text(page)
    save(page)
    assert not Photo.objects.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(desk, pictures, tmp_path, width, scheme):
    broken = tmp_path / "坏.jpg"
    broken.write_bytes(b"broken")
    page = desk(width=width, color_scheme=scheme)
    fill_text(page)
    choose(page, *pictures, broken)
    arrived(page, 3)
    expect(page.locator(".photo-state.failed")).to_have_count(1)
    press(page, 1, "place")
    press(page, 1, "focus")
    press(page, 3, "remove")
    assert found_by_axe(page, "#photo-desk") == []
    sheet = page.locator("html")
    assert sheet.evaluate("(html) => html.scrollWidth <= html.clientWidth")
    small = page.locator("#photo-desk :is(button, .button):visible").evaluate_all(
        "(all) => all.filter((one) => one.getBoundingClientRect().height < 44)"
        ".map((one) => one.outerHTML)"
    )
    assert small == []


def test_picture_of_forty_megapixels_is_filed(desk, tmp_path):
    large = tmp_path / "大.jpg"
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((8000, 6000)).convert("RGB").save(buffer, "JPEG", quality=85)
    large.write_bytes(buffer.getvalue())
    page = desk()
    fill_text(page)
    choose(page, large)
    expect(page.locator(".photo-card [data-part=image]:visible")).to_have_count(1)
    save(page)
    assert (Photo.objects.get().width, Photo.objects.get().height) == (2400, 1800)
