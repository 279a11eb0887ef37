"""Reading .docx files: what is kept, and what is said about files that are none."""

import io
import zipfile

import docx
import pytest
from django.core.exceptions import ValidationError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from articles import body
from articles.docx import read_docx
from articles.story_lines import LineKind
from tests.docx_files import bold, make_docx, picture_file, saved

WORDS, HEADING, SET, PICTURE = LineKind


def read(*paragraphs):
    return [(line.kind, line.marked) for line in read_docx(make_docx(*paragraphs)).lines]


def test_paragraphs_come_in_order_without_empty_ones():
    assert read("渡口添灯", "", "灯亮了。", "\u3000\u3000路平了。") == [
        (WORDS, "渡口添灯"),
        (WORDS, "灯亮了。"),
        (WORDS, "路平了。"),
    ]


def test_headings_are_known_by_style_by_bold_and_by_size():
    def large(document):
        document.add_paragraph().add_run("字大的小标题").font.size = Pt(16)

    def text(document):
        document.add_paragraph().add_run("正文都是小四号字，句子比标题长得多。").font.size = Pt(12)

    assert read(("渡口添灯", "Title"), ("摸黑的日子", "Heading 2"), bold("灯下"), large, text) == [
        (HEADING, "渡口添灯"),
        (HEADING, "摸黑的日子"),
        (HEADING, "灯下"),
        (HEADING, "字大的小标题"),
        (WORDS, "正文都是小四号字，句子比标题长得多。"),
    ]


def test_bold_sentence_is_no_heading_and_bold_words_in_one_are_strong():
    def strong(document):
        paragraph = document.add_paragraph("共有")
        paragraph.add_run("十二盏").bold = True
        paragraph.add_run("灯。")

    assert read(bold("这一段全是粗体，可它是一句话。"), strong) == [
        (WORDS, "这一段全是粗体，可它是一句话。"),
        (WORDS, "共有**十二盏**灯。"),
    ]


def test_line_end_inside_a_paragraph_divides_it():
    def broken(document):
        run = document.add_paragraph().add_run("社区搭台")
        run.add_break()
        run.add_text("渡口添灯")

    assert read(broken) == [(WORDS, "社区搭台"), (WORDS, "渡口添灯")]


def test_tables_lists_and_quotations_become_the_bodys_own():
    def table(document):
        rows = document.add_table(2, 2)
        for n, text in enumerate(("地点", "盏|数", "渡口", "12")):
            rows.cell(n // 2, n % 2).text = text

    shown = read(table, ("甲", "List Bullet"), ("乙", "List Bullet"), ("一句话", "Quote"))
    text = "\n".join(marked for _kind, marked in shown)
    assert {kind for kind, _marked in shown} == {SET}
    found = body.parse(text).blocks
    assert [type(block).__name__ for block in found] == ["Table", "List", "Quotation"]
    assert [[cell[0].text for cell in row] for row in found[0].rows] == [
        ["地点", "盏|数"],
        ["渡口", "12"],
    ]


def test_numbered_paragraphs_keep_their_numbers():
    assert [marked for _kind, marked in read(("甲", "List Number"), ("乙", "List Number"))] == [
        "1. 甲",
        "2. 乙",
    ]


def test_text_in_a_frame_is_text():
    def framed(document):
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "渡口添灯"
        cell.add_paragraph("灯亮了。")

    assert read(framed) == [(WORDS, "渡口添灯"), (WORDS, "灯亮了。")]


def test_links_lead_on_if_they_lead_to_the_web():
    def linked(document):
        paragraph = document.add_paragraph("见")
        for address, words in (("https://example.org/a", "公告"), ("javascript:alert(1)", "此处")):
            target = paragraph.part.relate_to(
                address, docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), target)
            run = paragraph.add_run(words)
            link.append(run._r)
            paragraph._p.append(link)

    assert read(linked) == [(WORDS, "见[公告](https://example.org/a)此处")]


def test_marks_in_the_words_are_words():
    shown = read("## 不是小标题", "| 不是表格", "星**号")
    assert [body.plain_text(body.parse(marked)) for _kind, marked in shown] == [
        "## 不是小标题",
        "| 不是表格",
        "星**号",
    ]


def test_pictures_come_in_order_at_their_places():
    found = read_docx(make_docx("甲。", picture_file(), "乙。", picture_file("#00f")))
    assert [line.marked for line in found.lines] == ["甲。", "[图1]", "乙。", "[图2]"]
    assert [one.number for one in found.pictures] == [1, 2]
    assert all(one.raw.startswith(b"\xff\xd8") for one in found.pictures)


def test_picture_that_is_only_linked_keeps_its_place():
    raw = make_docx("甲。", picture_file())
    raw = repacked(
        raw,
        {
            "word/_rels/document.xml.rels": lambda text: text.replace(
                b'Target="media/image1.jpg"', b'Target="media/gone.jpg"'
            )
        },
    )
    (picture,) = read_docx(raw).pictures
    assert picture.raw == b""


def repacked(raw, changes, **more):
    """Return a .docx with some of its parts changed, and others added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, changes.get(part.filename, bytes)(old.read(part)))
        for name, content in more.items():
            new.writestr(name.replace("__", "/"), content)
    return file.getvalue()


FOOTNOTES = """<?xml version="1.0"?><w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:footnote w:id="2"><w:p><w:r><w:t>数字由社区提供</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def test_notes_are_not_lost():
    raw = repacked(make_docx("甲。"), {}, **{"word__footnotes.xml": FOOTNOTES})
    assert read_docx(raw).asides == ["数字由社区提供"]


def test_deleted_words_of_a_tracked_change_stay_deleted():
    def tracked(document):
        paragraph = document.add_paragraph("灯")
        for kind, tag, words in (("w:del", "w:delText", "灭"), ("w:ins", "w:t", "亮")):
            change, run, text = OxmlElement(kind), OxmlElement("w:r"), OxmlElement(tag)
            text.text = words
            run.append(text)
            change.append(run)
            paragraph._p.append(change)

    assert read(tracked) == [(WORDS, "灯亮")]


def code_of(raw):
    with pytest.raises(ValidationError) as refusal:
        read_docx(raw)
    assert refusal.value.messages[0]
    return refusal.value.code


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = make_docx("灯亮了。")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "old_word"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"%PDF-1.7\n", "pdf"),
        ("渡口添灯".encode(), "no_docx"),
        (b"{\\rtf1", "no_docx"),
        (GOOD[: len(GOOD) // 2], "broken"),
        (b"PK\x03\x04" + b"\0" * 100, "broken"),
        (repacked(GOOD, {"word/document.xml": lambda text: text[:200]}), "broken"),
        (repacked(GOOD, {"word/document.xml": lambda _text: b"<a/>"}), "broken"),
    ],
)
def test_file_that_is_none_is_refused_with_what_to_do(raw, code):
    assert code_of(raw) == code


def test_spreadsheet_under_a_wrong_name_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert code_of(file.getvalue()) == "no_docx"


def test_file_that_would_unpack_to_far_too_much_is_not_unpacked(monkeypatch):
    bomb = repacked(GOOD, {}, word__media__image1=b"\0" * 12_000_000)
    assert len(bomb) < 100_000
    monkeypatch.setattr("articles.docx.mammoth", None)  # would be asked next
    assert code_of(bomb) == "too_large"


def test_entities_that_grow_are_refused():
    laughs = (
        b'<!DOCTYPE a [<!ENTITY a "'
        + b"l" * 50_000
        + b'">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(9))
        + b"]>"
    )
    raw = repacked(
        GOOD,
        {
            "word/document.xml": lambda text: text.replace(
                b"<w:document", laughs + b"<w:document", 1
            ).replace("灯".encode(), b"&j;")
        },
    )
    assert code_of(raw) == "broken"


def test_empty_document_has_no_lines():
    assert read_docx(saved(docx.Document())).lines == []
