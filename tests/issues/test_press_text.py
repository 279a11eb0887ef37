"""A page as the press has set it, beside what was approved."""

import datetime
import io
import re
import time
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import importing, publishing, revisions
from articles.models import Article, Revision
from issues.handover.package import issue_docx
from issues.handover.press_text import (
    MOST_CHARACTERS,
    Verdict,
    compare_page,
    text_of_file,
)
from issues.models import Role
from issues.page_import import Wishes, import_page
from tests.articles.desk import advance, file_story, make_people
from tests.docx_files import make_docx
from tests.factories import (
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

PAGES = Path(__file__).parent.parent / "articles" / "importing" / "pages"
STEMS = sorted(path.stem for path in PAGES.glob("*.txt"))
LAMPS = (
    "3月3日傍晚，渡口的六盏灯亮了。住在河边的阮大爷说，夜里回家不用再打手电。",
    "这条路有三百米长，过去只有一盏灯。社区议事会上，居民提了三次，街道拿出4.2万元装了灯。",
    "社区说，灯由网格员每周查看一遍，坏了当天报修。",
)
ROADS = (
    "桥头的石板路重新铺过，下雨天走上去不再打滑。铺路的石板是从旧址拆下来的。",
    "施工用了十二天，晚上不动工，怕吵着考学的孩子。",
)


def approve(story):
    """Take a story as it stands for the approved text."""
    revision = revisions.record(story, by=None)
    Article.objects.filter(pk=story.pk).move(approved_revision=revision)


@pytest.fixture
def page():
    page = make_page(make_issue(), "A03", "社区")
    lamps = make_article(
        "渡口添灯 夜路不黑", kicker="小事办好", body="\n".join(LAMPS), dateline=True
    )
    sign(lamps, make_contributor("林小舟"))
    make_photo(lamps, caption="渡口的灯亮了", credit="韩冬 摄")
    approve(lamps)
    place(lamps, page, Role.LEAD)
    place(make_article("桥头铺路 雨天不滑", body="\n".join(ROADS)), page)
    return page


SET = f"""小事办好
渡口添灯 夜路不黑
通讯员 林小舟

本报讯　{LAMPS[0]}

{LAMPS[1]}

{LAMPS[2]}

桥头铺路 雨天不滑

{ROADS[0]}

{ROADS[1]}
"""


def verdicts(report):
    return [(finding.headline, finding.verdict.value) for finding in report.findings]


def marks(finding):
    """Return what of a story differs: by field, [gone] and {new} alone."""
    return {
        field.name: "".join(
            {"removed": f"[{run.text}]", "added": f"{{{run.text}}}"}.get(run.kind, "")
            for paragraph in field.paragraphs
            for run in paragraph
        )
        for field in finding.fields
    }


def test_page_that_was_set_as_approved_is_identical(page):
    assert verdicts(compare_page(page, SET)) == [
        ("渡口添灯 夜路不黑", "identical"),
        ("桥头铺路 雨天不滑", "identical"),
    ]


def test_changed_words_are_marked_by_runs_of_characters(page):
    text = (
        SET.replace("六盏灯", "八盏灯")
        .replace("4.2万元", "42万元")
        .replace("雨天不滑", "雨天不打滑")
    )
    report = compare_page(page, text)
    assert [marks(finding) for finding in report.findings] == [
        {"body": "[六]{八}[4.2]{42}"},
        {"headline": "{打}"},
    ]


def test_missing_paragraph_and_byline_are_differences(page):
    text = SET.replace(f"{LAMPS[2]}\n", "").replace("通讯员 林小舟\n", "").replace("本报讯　", "")
    [lamps, _roads] = compare_page(page, text).findings
    assert marks(lamps) == {
        "body": f"[本报讯][{LAMPS[2]}]",
        "credit_line": "[通讯员林小舟]",
    }


def test_white_space_and_paragraphs_are_the_presss_own(page):
    text = SET.replace("。居民", "。\n\n居民").replace("夜路", "　夜路").replace("石板", "石 板")
    text = text.replace(f"{LAMPS[0]}\n\n", LAMPS[0])
    assert {verdict for _headline, verdict in verdicts(compare_page(page, text))} == {"identical"}


def test_story_that_was_left_out_and_one_that_came_in_are_named(page):
    stranger = "邻居节上端出百家宴\n\n广场上摆了四十张桌子，每家端来一道菜，坐到晚上九点才散。"
    report = compare_page(page, SET[: SET.index("桥头")] + stranger)
    assert verdicts(report) == [
        ("渡口添灯 夜路不黑", "identical"),
        ("桥头铺路 雨天不滑", "missing"),
        ("邻居节上端出百家宴", "extra"),
    ]
    assert any("四十张桌子" in line for line in report.findings[2].lines)


def test_order_on_the_page_does_not_matter(page):
    at = SET.index("桥头")
    report = compare_page(page, SET[at:] + "\n" + SET[:at])
    assert {verdict for _headline, verdict in verdicts(report)} == {"identical"}


def test_story_is_known_by_its_body_when_the_press_has_made_another_headline(page):
    report = compare_page(page, SET.replace("桥头铺路 雨天不滑", "石板路换了新颜"))
    assert verdicts(report)[1] == ("桥头铺路 雨天不滑", "differs")
    assert list(marks(report.findings[1])) == ["headline"]


def test_story_is_known_by_its_headline_when_its_body_was_cut_short(page):
    text = SET.replace(f"{ROADS[0]}\n\n{ROADS[1]}", "石板路通了。")
    assert verdicts(compare_page(page, text))[1] == ("桥头铺路 雨天不滑", "differs")


def test_caption_belongs_to_its_story(page):
    text = SET.replace("4.2万元装了灯。\n", "4.2万元装了灯。\n\n渡口的灯亮了 韩冬 摄\n")
    assert verdicts(compare_page(page, text))[0][1] == "identical"
    [lamps, _roads] = compare_page(page, text.replace("渡口的灯亮了 ", "渡口的灯都亮了 ")).findings
    assert marks(lamps) == {"photos": "{都}"}


@pytest.mark.parametrize("stem", STEMS)
def test_page_that_was_imported_is_identical_to_its_own_text_and_a_slip_shows_alone(stem):
    text = importing.read_text((PAGES / f"{stem}.txt").read_bytes())
    page = import_page(text, Wishes(date=datetime.date(2026, 1, 1), code="A01")).page
    found = {verdict for _headline, verdict in verdicts(compare_page(page, text))}
    assert found == {"identical"}
    for placement in page.placements.all():
        story = placement.article
        sentence = max(re.findall(r"[\u4e00-\u9fff]+", story.body), key=len)
        if text.count(sentence) != 1:
            continue
        middle = len(sentence) // 2
        slip = sentence[:middle] + "囍" + sentence[middle + 1 :]
        report = compare_page(page, text.replace(sentence, slip))
        wrong = [finding for finding in report.findings if finding.verdict != "identical"]
        assert [finding.story for finding in wrong] == [story]
        assert "囍" in marks(wrong[0])["body"]


def test_our_own_document_comes_back_identical(page):
    text = text_of_file(issue_docx(page.issue))
    assert {verdict for _headline, verdict in verdicts(compare_page(page, text))} == {"identical"}


def test_approved_text_is_compared_and_not_the_change_in_preparation():
    people = make_people()
    page = make_page(make_issue())
    story = advance(file_story(people, body=LAMPS[0]), people, "public")
    place(story, page)
    publishing.revise(story, by=people.editor)
    [finding] = compare_page(page, f"渡口添灯\n\n{LAMPS[0]}").findings
    assert (finding.verdict, finding.is_approved) == (Verdict.IDENTICAL, True)


def test_story_that_was_never_approved_is_compared_as_it_stands_and_said_so():
    page = make_page(make_issue())
    place(make_draft("渡口添灯", body=LAMPS[0]), page)
    [finding] = compare_page(page, f"渡口添灯\n\n{LAMPS[0]}").findings
    assert (finding.verdict, finding.is_approved) == (Verdict.IDENTICAL, False)


def test_another_pages_text_is_remarked_on(page):
    report = compare_page(page, f"渡口报　A05版　2024年3月5日　星期二\n\n{SET}")
    assert len(report.remarks) == 2
    assert "A05" in report.remarks[0]


def test_comparison_costs_the_same_whatever_stands_on_the_page(page, django_assert_num_queries):
    with django_assert_num_queries(4):
        compare_page(page, SET)
    for n in range(20):
        make_photo(story := make_article(f"第{n}篇"))
        place(story, page)
    with django_assert_num_queries(4):
        compare_page(page, SET)


def test_text_as_long_as_it_may_be_is_compared_in_seconds(page):
    text = (SET * 1500)[:MOST_CHARACTERS]
    # The processor's time: what else the machine has to do does not count.
    begun = time.process_time()
    compare_page(page, text)
    assert time.process_time() - begun < 20


def address(page):
    return reverse("admin:issues_page_press_text", args=[page.pk])


@pytest.fixture
def client():
    return client_of(make_login("issue_editor"))


def test_editor_pastes_a_page_and_reads_what_differs(page, client):
    form = client.get(reverse("admin:issues_page_change", args=[page.pk])).content.decode()
    assert address(page) in form
    before = (list(Article.objects.values()), Revision.objects.count())
    text = SET.replace("六盏灯", "八盏灯")
    answer = client.post(address(page), {"text": text})
    shown = answer.content.decode()
    assert "<del>六</del>" in shown
    assert "<ins>八</ins>" in shown
    assert (list(Article.objects.values()), Revision.objects.count()) == before
    assert answer.context["form"]["text"].value() == text


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("page.txt", SET.encode("gb18030")),
        ("page.txt", SET.encode("utf-16")),
        ("版面.docx", make_docx(*SET.splitlines())),
    ],
)
def test_file_is_read_whatever_its_kind(name, raw, page, client):
    answer = client.post(address(page), {"file": SimpleUploadedFile(name, raw)})
    assert answer.context["form"].errors == {}
    assert answer.context["report"].count(Verdict.IDENTICAL) == 2


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(60 * 2**20))
    return file.getvalue()


BAD = {
    "nothing": ({}, "text"),
    "blanks": ({"text": " \u3000\n\n"}, "text"),
    "far too much": ({"text": "灯" * 2_000_000}, "text"),
    "no text in it": ({"text": "\u200b\n\u200b"}, "text"),
    "empty file": ({"file": ("a.txt", b"")}, "file"),
    "file of blanks": ({"file": ("a.txt", b"  \n")}, "file"),
    "bomb": ({"file": ("a.docx", bomb())}, "file"),
    "archive": ({"file": ("a.docx", b"PK\x03\x04nothing")}, "file"),
    "picture": ({"file": ("a.txt", b"\xff\xd8\xff\xe0")}, "file"),
    "PDF": ({"file": ("a.txt", b"%PDF-1.7")}, "file"),
    "old Word": ({"file": ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(600))}, "file"),
    "no known encoding": ({"file": ("a.txt", b"\x81\xff\xfe\x00\x81" * 9)}, "file"),
    "both": ({"text": SET, "file": ("a.txt", SET.encode())}, "file"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_read_is_refused_at_its_field_and_typed_text_comes_back(what, page, client):
    sent, field = BAD[what]
    sent = {
        name: SimpleUploadedFile(*value) if name == "file" else value
        for name, value in sent.items()
    }
    answer = client.post(address(page), sent)
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert "report" not in answer.context
    assert (answer.context["form"]["text"].value() or "") == sent.get("text", "")


def test_message_of_a_text_that_is_too_long_names_the_limit(page, client):
    answer = client.post(address(page), {"text": "灯" * 2_000_000})
    assert "2000000" in answer.context["form"].errors["text"][0]
    assert str(MOST_CHARACTERS) in answer.context["form"].errors["text"][0]


def test_markup_in_a_text_stays_text(page, client):
    text = SET.replace("阮大爷", "<script>阮</script>")
    shown = client.post(address(page), {"text": text}).content.decode()
    assert "<script>阮" not in shown


@pytest.mark.parametrize("role", ["correspondent", "first_reviewer", None])
def test_page_is_for_those_who_may_see_the_issue(role, page):
    client = client_of(make_login(role))
    assert client.get(address(page)).status_code == 403
    assert client.post(address(page), {"text": SET}).status_code == 403


def test_labels_are_said_in_the_readers_language(page, client):
    shown = client.post(address(page), {"text": SET[: SET.index("桥头")]}).content.decode()
    assert _("not found in the press’s text") in shown
