"""An issue as the press takes it."""

import datetime
import io
import tracemalloc
import zipfile

import docx
import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse

from articles.models import Photo, gate
from issues.handover.package import issue_archive, issue_docx
from issues.models import Role
from tests.factories import (
    HIDDEN,
    MORNING,
    make_article,
    make_contributor,
    make_draft,
    make_issue,
    make_page,
    make_photo,
    place,
    sign,
)
from tests.newsroom import client_of, make_login

pytestmark = pytest.mark.django_db

BODY = """渡口添了六盏灯，**夜里**不黑了。
## 摸黑的日子
> 过去全靠手电。
- 十二盏灯
| 路段 | 盏数 |
| --- | --- |
| 渡口 | 6 |
[图2]
灯亮了，[公告](https://city.example/a)贴出来了。"""


@pytest.fixture
def issue():
    issue = make_issue()
    first = make_page(issue, "A01", editor="顾行")
    story = make_article(
        "渡口添灯", kicker="小事办好", deck="六盏灯亮在夜里", body=BODY, dateline=True
    )
    sign(story, make_contributor("林小舟"))
    make_photo(story, 60, 40, caption="亮灯那一刻", credit="韩冬 摄")
    make_photo(story, caption="渡口")
    place(story, first, Role.LEAD)
    second = make_page(issue, "A03", '社区/"街道"')
    place(make_draft("还没审完", body="未定的字句。"), second)
    place(make_article("撤掉的稿", body="撤掉的字句。", **HIDDEN["withdrawn"]), second)
    return issue


def unpacked(issue):
    with issue_archive(issue) as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def paragraphs(raw):
    """Return a document's paragraphs as (style, text)."""
    document = docx.Document(io.BytesIO(raw))
    return [(one.style.name, one.text) for one in document.paragraphs if one.text]


def test_archive_holds_a_folder_a_page_with_its_text_and_its_pictures(issue):
    files = unpacked(issue)
    assert sorted(files) == [
        "A01 要闻/A01 要闻.docx",
        "A01 要闻/A01-01-图1.jpg",
        "A01 要闻/A01-01-图2.jpg",
        "A03 社区 街道/A03 社区 街道.docx",
        "README.txt",
    ]
    original = Photo.objects.get(caption="亮灯那一刻")
    with original.image.open() as file:
        assert files["A01 要闻/A01-01-图1.jpg"] == file.read()


def test_document_of_a_page_holds_the_parts_of_its_stories_in_styles_of_their_own(issue):
    raw = unpacked(issue)["A01 要闻/A01 要闻.docx"]
    assert paragraphs(raw) == [
        ("Heading 1", "A01 要闻"),
        ("Subtitle", "小事办好"),
        ("Heading 2", "渡口添灯"),
        ("Subtitle", "六盏灯亮在夜里"),
        ("Byline", "（通讯员 林小舟）"),
        ("Caption", "【图1】A01-01-图1.jpg\u3000亮灯那一刻（韩冬 摄）"),
        ("Normal", "本报讯\u3000渡口添了六盏灯，夜里不黑了。"),
        ("Heading 3", "摸黑的日子"),
        ("Quote", "过去全靠手电。"),
        ("List Bullet", "十二盏灯"),
        ("Caption", "【图2】A01-01-图2.jpg\u3000渡口"),
        ("Normal", "灯亮了，公告贴出来了。"),
    ]
    document = docx.Document(io.BytesIO(raw))
    strong = [
        run.text
        for one in document.paragraphs
        if one.style.name == "Normal"
        for run in one.runs
        if run.bold
    ]
    assert strong == ["本报讯", "夜里"]
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["路段", "盏数"],
        ["渡口", "6"],
    ]


def test_whole_issue_is_one_document_with_a_heading_a_page(issue):
    found = paragraphs(issue_docx(issue))
    pages = [text for style, text in found if style == "Heading 1"]
    assert pages == ["A01 要闻", 'A03 社区/"街道"']
    assert found[0][0] == "Title"


def test_what_is_not_approved_is_said_in_brackets_and_withdrawn_text_stays_at_home(issue):
    files = unpacked(issue)
    for raw in (files["A03 社区 街道/A03 社区 街道.docx"], issue_docx(issue)):
        texts = [text for _style, text in paragraphs(raw)]
        draft = texts.index("还没审完")
        assert texts[draft + 1].startswith("【")
        assert "草稿" in texts[draft + 1]
        assert texts[draft + 2] == "未定的字句。"
        gone = texts.index("撤掉的稿")
        assert texts[gone + 1].startswith("【")
        assert "撤掉的字句。" not in texts
    lines = files["README.txt"].decode("utf-8-sig").split("\r\n")
    [approved] = [line for line in lines if "渡口添灯" in line]
    assert approved.split("\t")[:5] == ["A01", "01", "头条", "渡口添灯", "48"]
    assert "【" not in approved
    assert "A01-01-图1.jpg、A01-01-图2.jpg" in approved
    [draft] = [line for line in lines if "还没审完" in line]
    assert "草稿】" in draft


def test_same_issue_gives_the_same_bytes_on_another_day(issue):
    def export():
        with issue_archive(issue) as file:
            return file.read(), issue_docx(issue)

    with time_machine.travel(MORNING, tick=False):
        once = export()
    with time_machine.travel(MORNING + datetime.timedelta(days=40), tick=False):
        assert export() == once


def test_picture_whose_file_is_gone_is_named_and_the_rest_goes_out(issue):
    photo = Photo.objects.get(caption="渡口")
    photo.image.storage.delete(photo.image.name)
    files = unpacked(issue)
    assert "A01 要闻/A01-01-图1.jpg" in files
    assert "A01 要闻/A01-01-图2.jpg" not in files
    index = files["README.txt"].decode("utf-8-sig")
    assert "A01-01-图2.jpg" in index
    assert index.count("A01-01-图1.jpg、") == 1


def test_pictures_do_not_stand_in_memory_together(issue):
    page = issue.pages.first()
    weight = 4 * 2**20
    for n in range(12):
        story = make_article(f"第{n}篇")
        with gate.opened():
            photo = make_photo(story)
            photo.image.save("large.jpg", ContentFile(bytes(weight)), save=False)
            Photo.objects.filter(pk=photo.pk).update(image=photo.image.name)
        place(story, page)
    tracemalloc.start()
    try:
        with issue_archive(issue) as file:
            size = file.seek(0, io.SEEK_END)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size > 12 * weight
    assert peak < 4 * weight


def test_export_costs_the_same_whatever_stands_in_the_issue(issue, django_assert_num_queries):
    with django_assert_num_queries(3):
        issue_archive(issue).close()
    for n in range(15):
        make_photo(story := make_article(f"第{n}篇"))
        place(story, issue.pages.first())
    with django_assert_num_queries(3):
        issue_archive(issue).close()
    with django_assert_num_queries(3):
        issue_docx(issue)


def test_issue_without_pages_is_exported_all_the_same():
    assert list(unpacked(make_issue())) == ["README.txt"]


def test_table_wider_than_word_allows_and_odd_characters_are_written():
    issue = make_issue()
    cells = "|".join(f"格{n}" for n in range(90))
    story = make_article("灯\x0b亮", body=f"|{cells}|\n灯\x0c亮\x1f了。")
    place(story, make_page(issue))
    document = docx.Document(io.BytesIO(issue_docx(issue)))
    assert "格89" in document.tables[0].rows[0].cells[-1].text


@pytest.mark.parametrize(
    ("kind", "mime"),
    [
        ("zip", "application/zip"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_download_is_offered_on_the_issues_page(kind, mime, issue):
    client = client_of(make_login("issue_editor"))
    address = reverse(f"admin:issues_issue_{kind}", args=[issue.pk])
    form = client.get(reverse("admin:issues_issue_change", args=[issue.pk])).content.decode()
    assert address in form
    response = client.get(address)
    assert response["Content-Type"] == mime
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert int(response["Content-Length"]) == len(b"".join(response.streaming_content))


@pytest.mark.parametrize("role", ["correspondent", "first_reviewer", "final_reviewer", None])
def test_download_is_for_those_who_may_see_the_issue(role, issue):
    client = client_of(make_login(role))
    for kind in ("zip", "docx"):
        assert client.get(reverse(f"admin:issues_issue_{kind}", args=[issue.pk])).status_code == 403
