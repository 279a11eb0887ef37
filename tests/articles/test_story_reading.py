"""One story from elsewhere into the fields of the form."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import body
from articles.docx import read_docx
from articles.importing import PageTextError
from articles.story_reading import Caption, read_story
from tests.docx_files import bold, make_docx, picture_file

TEXT = """“电梯装不装，大家说了算。”4月2日，柳荫社区会议室里，二十多位居民围坐一圈。
一楼的住户担心采光，六楼的老人盼着下楼。社区干部跑了七趟，把方案改了五遍。
问需：从门里走到门外
网格员挨家挨户上门，把意见写满了三个本子。"""
BODY = TEXT.replace("问需", "## 问需")
CREDIT = "全媒体记者 付明 通讯员 黄小雨 李雪"


def whole(text):
    return read_story(text).whole


def test_story_goes_into_its_fields():
    story = whole(
        f"社区搭台，居民唱戏\n柳荫社区议出电梯新方案\n——一张长桌的故事\n\n本报讯（{CREDIT}）{TEXT}"
    )
    assert (story.kicker, story.headline, story.deck) == (
        "社区搭台，居民唱戏",
        "柳荫社区议出电梯新方案",
        "——一张长桌的故事",
    )
    assert (story.dateline, story.credit_line, story.genre) == (True, CREDIT, "story")
    assert story.body == BODY


@pytest.mark.parametrize(
    "text",
    [
        f"柳荫社区议出电梯新方案\n{CREDIT}\n\n{TEXT}",
        f"柳荫社区议出电梯新方案\n\n{TEXT}\n（{CREDIT}）",
        f"柳荫社区议出电梯新方案\r\n\u3000\u3000{CREDIT}\r\n"
        + TEXT.replace("\n", "\r\n\u3000\u3000"),
        f"标题：柳荫社区议出电梯新方案\n作者：{CREDIT}\n正文：\n{TEXT}",
        f"【标题】：柳荫社区议出电梯新方案\n\n正文：{TEXT}\n作者：{CREDIT}",
        f"## 柳荫社区议出电梯新方案\n{CREDIT}\n{BODY}",
    ],
)
def test_story_is_the_same_however_it_was_typed(text):
    story = whole(text)
    assert (story.kicker, story.headline, story.deck) == ("", "柳荫社区议出电梯新方案", "")
    assert (story.credit_line, story.dateline) == (CREDIT, False)
    assert story.body == BODY


@pytest.mark.parametrize("credit", ["", "通讯员 黄小雨\n"])
def test_two_lines_of_titles_are_told_apart(credit):
    story = whole(f"社区搭台 居民唱戏\n柳荫社区议出电梯新方案\n{credit}{TEXT}")
    assert (story.kicker, story.headline) == ("社区搭台 居民唱戏", "柳荫社区议出电梯新方案")
    assert story.body == BODY


@pytest.mark.parametrize("opening", ["本报讯（通讯员 黄小雨）", "本报讯 通讯员 黄小雨 "])
def test_two_lines_of_titles_stand_above_the_dateline(opening):
    story = whole(f"社区搭台，居民唱戏\n柳荫社区议出电梯新方案\n{opening}{TEXT}")
    assert (story.kicker, story.headline) == ("社区搭台，居民唱戏", "柳荫社区议出电梯新方案")
    assert (story.dateline, story.credit_line) == (True, "通讯员 黄小雨")
    assert story.body == BODY


def test_text_copied_from_a_page_is_made_whole_again():
    lines = [TEXT.replace("\n", "")[at : at + 20] for at in range(0, 100, 20)]
    story = whole("柳荫社区议出电梯新方案\n" + "\n".join(lines))
    assert story.headline == "柳荫社区议出电梯新方案"
    assert "\n" not in story.body


def test_text_without_any_title_is_body():
    story = whole(TEXT)
    assert (story.headline, story.body) == ("", BODY)


def test_credits_at_head_and_foot_are_one_line():
    story = whole(f"柳荫社区议出电梯新方案\n通讯员 黄小雨\n{TEXT}\n（付明 摄）")
    assert story.credit_line == "通讯员 黄小雨 （付明 摄）"


def test_contact_lines_are_left_over_and_not_lost():
    reading = read_story(f"柳荫社区议出电梯新方案\n{TEXT}\n联系电话：0556-1234567\n责任编辑：某某")
    assert sorted(reading.left_over) == ["联系电话：0556-1234567", "责任编辑：某某"]
    assert reading.whole.body == BODY


def test_column_is_told():
    story = whole(f"【街巷短波】\n柳荫社区议出电梯新方案\n本报讯 {TEXT}")
    assert (story.column, story.genre) == ("街巷短波", "brief")


def test_set_lines_stay_where_they_stood():
    first, second, *rest = TEXT.split("\n")
    text = "\n".join(
        [
            "柳荫社区议出电梯新方案",
            "[图1]",
            first,
            "| 甲 | 乙 |",
            "| 1 | 2 |",
            second,
            "- 丙",
            *rest,
        ]
    )
    lines = BODY.split("\n")
    assert whole(text).body.split("\n") == [
        "[图1]",
        lines[0],
        "| 甲 | 乙 |",
        "| 1 | 2 |",
        lines[1],
        "- 丙",
        *lines[2:],
    ]


def test_caption_under_a_picture_is_the_pictures():
    reading = read_story(f"渡口添灯\n[图1]\n图为渡口新灯。 蔺小舟 摄\n{TEXT}\n[图2]\n蔺小舟 摄")
    assert reading.captions == {
        1: Caption("图为渡口新灯。", "蔺小舟 摄"),
        2: Caption("", "蔺小舟 摄"),
    }
    assert reading.whole.body == f"[图1]\n{BODY}\n[图2]"
    assert reading.whole.credit_line == ""


def test_caption_of_a_photo_story_is_its_text():
    reading = read_story("渡口添灯\n[图1]\n图为渡口新灯。 蔺小舟 摄")
    assert reading.captions == {}
    assert reading.whole.body == "[图1]\n图为渡口新灯。"
    assert (reading.whole.genre, reading.whole.credit_line) == ("photo", "蔺小舟 摄")


SECOND = "3月4日，区医院的医生来到桥头小区，为八十位老人量血压。"


def test_several_stories_are_told_and_each_can_be_taken():
    reading = read_story(
        f"柳荫社区议出电梯新方案\n{TEXT}\n[图1]\n（黄小雨）\n\n桥头义诊进小区\n[图2]\n{SECOND}（蔺小舟）"
    )
    assert [(one.headline, one.credit_line) for one in reading.parts] == [
        ("柳荫社区议出电梯新方案", "黄小雨"),
        ("桥头义诊进小区", "蔺小舟"),
    ]
    assert [one.body for one in reading.parts] == [f"{BODY}\n[图1]", f"[图2]\n{SECOND}"]
    assert reading.whole.body == f"{BODY}\n[图1]\n## 桥头义诊进小区\n[图2]\n{SECOND}"
    assert reading.whole.headline == "柳荫社区议出电梯新方案"


def test_one_story_is_not_told_to_be_several():
    assert read_story(f"柳荫社区议出电梯新方案\n{CREDIT}\n{TEXT}").parts == []


def test_document_keeps_its_headings_its_marks_and_its_pictures():
    def strong(document):
        paragraph = document.add_paragraph("一楼的住户担心")
        paragraph.add_run("采光").bold = True
        paragraph.add_run("，六楼的老人盼着下楼，谁也说服不了谁。")

    raw = make_docx(
        ("柳荫社区议出电梯新方案", "Title"),
        CREDIT,
        TEXT.split("\n")[0],
        picture_file(),
        "图为居民围坐。付明 摄",
        strong,
        bold("上门去问"),
        TEXT.split("\n")[3],
    )
    found = read_docx(raw)
    reading = read_story(found.lines, asides=["边上的批注", " "])
    assert reading.whole.headline == "柳荫社区议出电梯新方案"
    assert reading.whole.credit_line == CREDIT
    assert reading.whole.body == "\n".join(
        [
            TEXT.split("\n")[0],
            "[图1]",
            "一楼的住户担心**采光**，六楼的老人盼着下楼，谁也说服不了谁。",
            "## 上门去问",
            TEXT.split("\n")[3],
        ]
    )
    assert reading.captions == {1: Caption("图为居民围坐。", "付明 摄")}
    assert reading.left_over == ["边上的批注"]


@pytest.mark.parametrize("text", ["", " \n\u3000\n", "\u200b"])
def test_nothing_is_refused(text):
    with pytest.raises(PageTextError) as refusal:
        read_story(text)
    assert refusal.value.code == "empty"


def test_pictures_alone_are_a_body():
    assert whole("[图1]\n[图2]").body == "[图1]\n[图2]"


LINES = st.sampled_from(
    [
        *TEXT.split("\n"),
        "柳荫社区议出电梯新方案",
        "——一张长桌的故事",
        "社区搭台 居民唱戏",
        CREDIT,
        "（通讯员 黄小雨）",
        "蔺小舟 摄",
        "新华社供稿",
        "图为渡口新灯。",
        "本报讯 灯亮了，路就平了，夜里有人走，居民说这是件大好事。",
        "本报讯（记者 付明）灯亮了。",
        "责任编辑：某某",
        "引题：社区搭台",
        "副题：从门里到门外",
        "作者：阮青禾",
        "正文：灯亮了。",
        "联系电话：0556-1234567",
        "栏目：街巷短波",
        "【街巷短波】",
        "[图1]",
        "| 甲 | 乙 |",
        "- 丙丁",
        "> 戊己",
        "## 摸黑的日子",
        "Q：问：灯什么时候亮？",
        "下转第3版",
        "临澄日报 2024年3月4日 星期一 A03",
        "",
        "",
    ]
)


def letters(text):
    return "".join(c for c in text if c.isalnum())


def words_of(line):
    """What of a line has to be found again: all its words, but for labels and 本报讯."""
    for label in ("引题：", "副题：", "作者：", "正文：", "栏目：", "本报讯"):
        line = line.replace(label, "")
    if line.startswith("（记者 付明）"):
        return ["付明", letters(line.removeprefix("（记者 付明）"))]
    if line in (CREDIT, "（通讯员 黄小雨）", "蔺小舟 摄"):
        return re.findall(r"付明|黄小雨|李雪|蔺小舟", line)
    return [letters(part) for part in line.split()]


@given(st.lists(LINES, min_size=1, max_size=14))
def test_every_word_is_in_a_field_or_left_over(lines):
    try:
        reading = read_story("\n".join(lines))
    except PageTextError:
        assert not letters("".join(lines))
        return
    story = reading.whole
    shown = [story.kicker, story.headline, story.deck, story.body, story.credit_line, story.column]
    shown += reading.left_over
    shown += [part for one in reading.captions.values() for part in (one.text, one.credit)]
    got = letters("".join(shown))
    assert [words for line in lines for words in words_of(line) if words not in got] == []
    assert body.parse(story.body).blocks or not story.body
