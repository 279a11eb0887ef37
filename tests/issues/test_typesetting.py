"""Pages set in type: what stands on them, what has no room, the same bytes twice."""

import dataclasses
import datetime
from pathlib import Path

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from articles.models import Article
from communities.typesetting import fonts
from issues import typesetting
from issues.models import PageArea, PageProof, PressSheet, Role, Stage
from issues.typesetting import BROADSHEET, SHEETS, compiler, proofs, turning
from issues.typesetting.setting import _composed, copy_of
from tests.factories import (
    make_article,
    make_issue,
    make_page,
    make_photo,
    make_press,
    outline,
    place,
)
from tests.issues.typesetting_pages import full_page, prose, told, words

pytestmark = pytest.mark.django_db(transaction=True)
TABLOID = SHEETS["tabloid"]


def make_one_story(paragraphs: int):
    page = make_page(make_issue(), "A02")
    text = "\n".join(prose(8, number * 10) for number in range(paragraphs))
    return page, place(make_article("巷口装上三盏灯", body=text), page, Role.LEAD)


def test_everything_stands_on_the_page_exactly_once():
    page = full_page()
    made = typesetting.typeset(page)
    assert made.overset == []
    text = words(made.pdf)
    assert {line: text.count(line) for line in told(page)} == dict.fromkeys(told(page), 1)
    for part in ("2024年3月4日", "星期一", "第7期", "A01", "何桂兰", "沈砚秋", "闻婧", "街巷快讯"):
        assert part in text
    assert text.count("本报讯") == 3


def test_the_same_page_gives_the_same_bytes():
    page = full_page()
    assert typesetting.typeset(page).pdf == typesetting.typeset(page).pdf


def test_the_pdf_says_what_it_is_and_is_tagged():
    pdf = typesetting.typeset(full_page(lead=4)).pdf
    document = pypdfium2.PdfDocument(pdf)
    facts = document.get_metadata_dict()
    size = document[0].get_size()
    document.close()
    assert facts["Title"].endswith("2024-03-04 A01 要闻")
    assert facts["CreationDate"].startswith("D:20240304")
    assert size == pytest.approx((BROADSHEET.width, BROADSHEET.height), abs=0.1)
    for mark in (b"/StructTreeRoot", b"/Lang(zh-CN)", b"/S/H1", b"/S/P", b"/S/Figure", b"/Alt"):
        assert mark in pdf


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.name)
def test_no_two_blocks_overlap_and_all_stay_on_the_sheet(sheet):
    page = full_page()
    composition, matters = _composed(copy_of(page, sheet), sheet)
    boxes = list(composition.rectangles.values())
    assert len(boxes) == len(matters) == page.placements.count()
    for number, one in enumerate(boxes):
        assert sheet.left - 1 <= one.left < one.right <= sheet.left + sheet.frame + 1
        assert sheet.margin < one.top < one.bottom <= sheet.height - sheet.margin + 1
        for other in boxes[number + 1 :]:
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            assert across < 1 or down < 1


def test_every_line_stands_on_the_grid():
    sheet = BROADSHEET
    composition, _matters = _composed(copy_of(full_page(), sheet), sheet)
    lines = [thing for thing in composition.things if thing["t"] == "passage"]
    assert len(lines) > 30
    for line in lines:
        row = (line["y"] - composition.top) / sheet.pitch
        assert row == pytest.approx(round(row), abs=0.01)


def test_the_lead_is_the_largest_headline_and_stands_at_the_top():
    composition, _matters = _composed(copy_of(full_page(), BROADSHEET), BROADSHEET)
    heads = [thing for thing in composition.things if thing.get("level")]
    sizes = {head["level"]: head["size"] for head in heads}
    assert sizes[1] == max(head["size"] for head in heads)
    assert next(head for head in heads if head["level"] == 1)["y"] == min(
        head["y"] for head in heads if head["level"] == 1
    )
    assert all(len(head["lines"]) <= 3 for head in heads)


def test_what_has_no_room_is_counted_to_the_character():
    page, placement = make_one_story(40)
    made = typesetting.typeset(page, TABLOID)
    (over,) = made.overset
    assert over.key == placement.pk
    printed = words(made.pdf)
    body = "".join(Article.objects.get().body.split())
    shown = len(body) - over.characters
    assert body[:shown] in printed
    assert body[:shown][-60:] + body[shown] not in printed
    assert over.characters > 1000


def test_a_short_story_has_room():
    page, _placement = make_one_story(2)
    assert typesetting.typeset(page, TABLOID).overset == []


def test_a_story_without_room_goes_on_on_another_page():
    page, placement = make_one_story(40)
    other = make_page(page.issue, "A03")
    place(make_article("另一版的头条", body=prose(10, 900)), other, Role.LEAD)
    turning.turn(placement, other)
    first, second = (typesetting.typeset(one) for one in (page, other))
    body = "".join(Article.objects.get(headline="巷口装上三盏灯").body.split())
    (over,) = first.overset
    assert over.turns_to == "A03"
    assert second.overset == []
    before, after = words(first.pdf), words(second.pdf)
    cut = len(body) - over.characters
    assert body[:cut] in before
    assert body[cut:] in after
    assert "（下转A03版）" in before
    assert "（上接A02版）" in after
    assert set(second.areas) == {one.pk for one in other.placements.all()}


def test_a_story_that_has_room_is_not_turned():
    page, placement = make_one_story(2)
    other = make_page(page.issue, "A03")
    turning.turn(placement, other)
    assert "下转" not in words(typesetting.typeset(page).pdf)
    with pytest.raises(ValidationError) as refused:
        proofs.make(make_page(page.issue, "A04"), BROADSHEET, by=None)
    assert refused.value.code == "empty"


def test_pages_do_not_wait_for_each_other():
    page, placement = make_one_story(2)
    other = make_page(page.issue, "A03")
    back = place(make_article("另一版的头条"), other, Role.LEAD)
    elsewhere = make_page(make_issue(datetime.date(2024, 3, 5), number=8), "A03")
    turning.turn(placement, other)
    for story, target in ((back, page), (placement, elsewhere), (placement, page)):
        with pytest.raises(ValidationError) as refused:
            turning.turn(story, target)
        assert refused.value.code == "no_target"
    assert list(turning.pages_for(other)) == []
    turning.turn(placement, None)
    assert list(turning.pages_for(other)) == [page]


def test_a_locked_issue_may_turn_stories():
    page, placement = make_one_story(2)
    assert page.issue.status == Stage.SCHEDULED
    other = make_page(page.issue, "A03")
    turning.turn(placement, other)
    placement.refresh_from_db()
    assert placement.continued_on == other


def test_a_page_of_too_many_stories_is_refused():
    page = make_page(make_issue(), "A02")
    for number in range(31):
        place(make_article(f"第{number}篇"), page)
    with pytest.raises(ValidationError) as refused:
        proofs.make(page, BROADSHEET, by=None)
    assert refused.value.code == "crowded"
    assert "31" in refused.value.messages[0]


def test_without_fonts_the_package_is_named(settings, tmp_path):
    settings.TYPESETTING_FONTS = str(tmp_path)
    page, _placement = make_one_story(1)
    with pytest.raises(ValidationError) as refused:
        typesetting.typeset(page)
    assert refused.value.code == "fonts"
    assert "apt-get install fonts-noto-cjk" in refused.value.messages[0]
    assert str(tmp_path) in refused.value.messages[0]


def test_setting_is_given_up_in_time():
    data = {"task": "compose", "things": []}
    with pytest.raises(ValidationError) as refused:
        compiler.compose(data, [], patience=0.01)
    assert refused.value.code == "slow"


def test_a_compiler_that_fails_says_so(caplog):
    with pytest.raises(ValidationError) as refused:
        compiler.measure({"task": "measure", "passages": [{}]})
    assert refused.value.code == "failed"
    assert "typesetting failed" in caplog.text


def test_a_picture_whose_file_is_gone_is_named():
    page = full_page(lead=3)
    photo = page.placements.with_stories()[0].article.photos.all()[0]
    default_storage.delete(photo.image.name)
    with pytest.raises(ValidationError) as refused:
        typesetting.typeset(page)
    assert refused.value.code == "picture"


STRANGE = (
    "ﬁ ligature, ̂ marks, 🎉表情、⼀部首，zero\u200bwidth; <b>不是标签</b>",
    "#set page() $x$ @ref *星* _线_ `码` [x] {y} // 注释 \\ / = - + ~",
    "https://example.com/" + "a" * 120,
    "（（《《“‘「『】】』』」’”》》））——……·，。、；：？！",
)


@pytest.mark.parametrize("text", STRANGE)
def test_strange_text_is_set_and_is_no_program(text):
    page = make_page(make_issue(), "A02")
    place(make_article("奇怪的文字 #strong[x]", body=f"{text}\n{prose(3)}"), page, Role.LEAD)
    made = typesetting.typeset(page)
    assert "".join(prose(3).split()) in words(made.pdf)
    assert "#strong[x]" in words(made.pdf)
    assert made.overset == []


def test_a_proof_is_taken_with_its_areas():
    page = full_page(lead=6)
    make_press(page)
    outline(page.placements.first())
    before = PressSheet.objects.get().file_names
    proof = proofs.make(page, BROADSHEET, by=None)
    assert PressSheet.objects.get().file_names == before
    with proof.pdf.open("rb") as file:
        pdf = file.read()
    sheet = proofs.take(proof)
    with sheet.pdf.open("rb") as file:
        assert file.read() == pdf
    assert not PageProof.objects.exists()
    assert not any(map(default_storage.exists, before))
    assert (sheet.width, sheet.small_width) == (1600, 800)
    areas = {area.placement_id: area for area in PageArea.objects.all()}
    assert set(areas) == {placement.pk for placement in page.placements.all()}
    lead = areas[page.placements.get(role=Role.LEAD).pk]
    assert lead.right - lead.left > 500
    assert lead.top < 200


def test_a_proof_is_set_again_and_thrown_away():
    page, _placement = make_one_story(1)
    first = proofs.make(page, BROADSHEET, by=None)
    second = proofs.make(page, TABLOID, by=None)
    assert list(PageProof.objects.all()) == [second]
    assert not any(map(default_storage.exists, first.file_names))
    proofs.throw_away(second)
    assert not PageProof.objects.exists()
    assert not any(map(default_storage.exists, second.file_names))


def test_a_proof_of_what_has_changed_is_not_taken():
    page, placement = make_one_story(1)
    proof = proofs.make(page, BROADSHEET, by=None)
    article = placement.article
    make_photo(article, 600, 400)
    with pytest.raises(ValidationError) as refused:
        proofs.take(proof)
    assert refused.value.code == "stale"
    assert not PressSheet.objects.exists()


def test_the_command_writes_a_file_or_keeps_the_pages(tmp_path, capsys):
    page, _placement = make_one_story(1)
    out = tmp_path / "page.pdf"
    call_command("typeset", date=page.issue.date, page="a02", out=out)
    assert out.read_bytes().startswith(b"%PDF")
    assert not PressSheet.objects.exists()
    call_command("typeset", date=page.issue.date, sheet="tabloid")
    assert PressSheet.objects.get().page == page
    assert str(page) in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("typeset", date=page.issue.date, page="B09")
    make_page(page.issue, "A03")
    with pytest.raises(CommandError):
        call_command("typeset", date=page.issue.date, out=out)


def test_fonts_are_looked_for_where_systems_keep_them():
    assert fonts.folder() == Path("/usr/share/fonts/opentype/noto")
    assert dataclasses.is_dataclass(BROADSHEET)
