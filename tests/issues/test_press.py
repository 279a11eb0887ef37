"""The press's pages: PDFs and pictures taken in, or refused with nothing changed."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.management import CommandError, call_command
from PIL import Image

from issues import press
from issues.models import PressSheet
from issues.press import pdf as pdfs
from tests.factories import make_issue, make_page
from tests.pdf_files import HEIGHT, WIDTH, empty_pdf, front, locked_pdf, pdf, upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page():
    return make_page(make_issue())


def files() -> list[str]:
    try:
        return sorted(default_storage.listdir("press")[1])
    except FileNotFoundError:
        return []


def colour(sheet: PressSheet, x: int, y: int) -> int:
    """Return how light a place of the picture is; x and y in permille."""
    with sheet.image.open("rb") as file, Image.open(file) as image:
        place = (image.width * x // 1000, image.height * y // 1000)
        return image.convert("L").getpixel(place)


def test_a_pdf_becomes_two_pictures_and_is_kept_as_it_came(page):
    content = pdf(front("巷口装上三盏灯"))
    (sheet,) = press.put_pdf([page], upload(content))
    sheet.refresh_from_db()
    with sheet.pdf.open("rb") as kept:
        assert kept.read() == content
    for file, size, width in (
        (sheet.image, (sheet.width, sheet.height), pdfs.WIDTH),
        (sheet.small, (sheet.small_width, sheet.small_height), pdfs.SMALL_WIDTH),
    ):
        with file.open("rb") as opened, Image.open(opened) as image:
            assert image.format == "JPEG"
            assert image.size == size
            assert image.width == width
            assert image.height == pytest.approx(width * HEIGHT / WIDTH, abs=2)
    assert colour(sheet, 990, 990) > 250


def test_each_page_of_a_pdf_becomes_one_page_of_the_issue(page):
    pages = [page, make_page(page.issue, "A02"), make_page(page.issue, "A03")]
    content = pdf(*([(name, 60, 60, 30)] for name in ("第一张", "第二张", "第三张")))
    kept = press.put_pdf(pages, upload(content))
    assert [sheet.page for sheet in kept] == pages
    for sheet, name in zip(kept, ("第一张", "第二张", "第三张"), strict=True):
        with sheet.pdf.open("rb") as file, io.BytesIO(file.read()) as copy:
            text = _text_of(copy.getvalue())
        assert text == name


def _text_of(content: bytes) -> str:
    import pypdfium2  # noqa: PLC0415 - the application never loads it into its own process

    document = pypdfium2.PdfDocument(content)
    assert len(document) == 1
    return document[0].get_textpage().get_text_range().strip()


def test_one_page_of_a_pdf_with_several_can_be_chosen(page):
    content = pdf([("第一张", 60, 60, 30)], [("第二张", 60, 60, 30)])
    (sheet,) = press.put_pdf([page], upload(content), number=2)
    with sheet.pdf.open("rb") as file:
        assert _text_of(file.read()) == "第二张"


def test_a_turned_page_is_drawn_as_seen(page):
    content = pdf(front("横着"), attributes="/Rotate 90")
    (sheet,) = press.put_pdf([page], upload(content))
    assert sheet.width > sheet.height


REFUSED = {
    "password": (locked_pdf(), {}, "password"),
    "broken": (b"%PDF-1.4\n" + b"nothing of use" * 40, {}, "broken"),
    "cut off": (pdf(front("灯"))[:400], {}, "broken"),
    "no pages": (empty_pdf(), {}, "broken"),
    "no pdf": (b"\x89PNG and so on", {}, "no_pdf"),
    "empty": (b"", {}, "empty"),
    "a banner": (pdf(front("灯"), size=(14_000, 200)), {}, "size"),
    "a stamp": (pdf(front("灯"), size=(20, 30)), {}, "size"),
    "five hundred metres": (pdf(front("灯"), size=(1_400_000, 1_400_000)), {}, "size"),
    "two pages for one": (pdf([], []), {}, "which"),
    "no such page": (pdf([], []), {"number": 3}, "no_such_page"),
    "two pages for one of one": (pdf([], []), {"whole": True}, "count"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_taken_is_refused_and_the_earlier_page_stays(why, page):
    (earlier,) = press.put_pdf([page], upload(pdf(front("先前的"))))
    before = files()
    content, wishes, code = REFUSED[why]
    with pytest.raises(ValidationError) as refused:
        press.put_pdf([page], upload(content), **wishes)
    assert refused.value.code == code
    assert "%(" not in refused.value.messages[0]
    assert PressSheet.objects.get() == earlier
    assert files() == before


def test_as_many_pages_as_chosen_or_none(page):
    pages = [page, make_page(page.issue, "A02")]
    with pytest.raises(ValidationError) as refused:
        press.put_pdf(pages, upload(pdf([], [], [])))
    assert refused.value.code == "count"
    assert "3" in refused.value.messages[0]
    assert "2" in refused.value.messages[0]
    assert not PressSheet.objects.exists()
    assert files() == []


def test_what_takes_too_long_is_given_up(page):
    with pytest.raises(ValidationError) as refused:
        press.put_pdf([page], upload(pdf(front("灯"))), patience=0.001)
    assert refused.value.code == "slow"
    assert files() == []


def test_a_process_that_dies_is_no_more_than_a_broken_file(page, monkeypatch, tmp_path):
    child = tmp_path / "child.py"
    child.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    monkeypatch.setattr(pdfs, "CHILD", child)
    with pytest.raises(ValidationError) as refused:
        press.put_pdf([page], upload(pdf(front("灯"))))
    assert refused.value.code == "broken"


def test_a_far_too_large_file_is_refused_unread(page, monkeypatch):
    huge = TemporaryUploadedFile("版面.pdf", "application/pdf", 300 * 2**20, None)
    monkeypatch.setattr(huge.file, "read", None)
    with huge, pytest.raises(ValidationError) as refused:
        press.put_pdf([page], huge)
    assert refused.value.code == "too_large"
    assert "300" in refused.value.messages[0]


def test_an_operator_says_how_large_a_pdf_may_be(page, settings):
    settings.PRESS_PDF_MEGABYTES = 1
    with pytest.raises(ValidationError) as refused:
        press.put_pdf([page], upload(pdf(front("灯")) + b"\0" * 2**20))
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_in_two_widths_without_a_pdf(kind, page):
    sheet = press.put_picture(page, picture(2000, 3000, kind))
    assert not sheet.pdf
    assert sheet.width <= pdfs.WIDTH
    assert (sheet.small_width, sheet.small_height) == (800, 1200)
    assert sheet.width / sheet.height == pytest.approx(2 / 3, abs=0.01)


def test_a_small_picture_is_not_blown_up(page):
    sheet = press.put_picture(page, picture(300, 400))
    assert (sheet.width, sheet.height, sheet.small_width) == (300, 400, 300)


def test_a_strip_and_what_is_no_picture_are_refused(page):
    for file, code in ((picture(3000, 100), "steep"), (upload(b"GIF89a"), "other_kind")):
        with pytest.raises(ValidationError) as refused:
            press.put_picture(page, file)
        assert refused.value.code == code
    assert files() == []


def picture(width: int, height: int, kind: str = "JPEG") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#b5121b").save(file, kind)
    return SimpleUploadedFile("版面", file.getvalue())


def test_another_page_takes_the_place_of_the_first_and_its_files_go(page):
    (first,) = press.put_pdf([page], upload(pdf(front("先"))))
    names = first.file_names
    second = press.put_picture(page, picture(300, 400))
    assert PressSheet.objects.get() == second
    assert not set(files()) & {name.rpartition("/")[2] for name in names}
    assert len(files()) == 2


def test_files_have_names_that_nobody_guesses(page):
    (sheet,) = press.put_pdf([page], upload(pdf(front("灯"))))
    assert len({*sheet.file_names}) == 3
    for name in sheet.file_names:
        assert len(name.rpartition("/")[2]) > 22


def test_a_page_is_taken_away_with_its_files(page):
    press.put_pdf([page], upload(pdf(front("灯"))))
    press.take_away(page)
    assert not PressSheet.objects.exists()
    assert files() == []
    press.take_away(page)


def test_the_operators_command_takes_an_issue(page, tmp_path, capsys):
    make_page(page.issue, "A02")
    file = tmp_path / "期.pdf"
    file.write_bytes(pdf(front("灯"), front("桥")))
    call_command("press_pages", str(file), "--date", "2024-03-04")
    assert "A02" in capsys.readouterr().out
    assert PressSheet.objects.count() == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--date", "2024-03-05"], "2024-03-05"),
        (["--date", "2024-03-04", "--page", "B09"], "B09"),
        (["--date", "2024-03-04", "--page", "a01"], "2"),
    ],
)
def test_the_operators_command_says_what_is_wrong(arguments, says, page, tmp_path):
    file = tmp_path / "期.pdf"
    file.write_bytes(pdf(front("灯"), front("桥")))
    with pytest.raises(CommandError, match=says):
        call_command("press_pages", str(file), *arguments)
    assert not PressSheet.objects.exists()
