"""Credit lines: reading, printing back, finding them in a story."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.bylines import (
    Credit,
    RoleKind,
    find_leading,
    find_trailing,
    format_credits,
    is_credit_line,
    kind_of,
    parse,
)
from articles.bylines.folding import clean, fold

HERE = Path(__file__).parent
# The page a newspaper really printed; it stands beside the checkout where there is one.
PRINTED_PAGE = HERE.parents[2] / "shared" / "seed" / "page.txt"


def read_table():
    """The lines of bylines.tsv: line, credits `name:role@organisation`, and what else is read.

    The third column is `unread` where the line must be flagged, or `source=` and the source; a
    line without it must be read whole.
    """
    rows = []
    for row in (HERE / "bylines.tsv").read_text(encoding="utf-8").splitlines():
        if not row or row.startswith("#"):
            continue
        line, printed, *rest = row.split("\t")
        credits = []
        for credit in printed.split(" ; ") if printed != "-" else []:
            name, _, role = credit.partition(":")
            role, _, organisation = role.partition("@")
            credits.append(Credit(name.strip(), role.strip(), organisation.strip()))
        rows.append((line.replace("\\n", "\n"), credits, rest[0] if rest else ""))
    return rows


TABLE = read_table()


def test_table_has_enough_distinct_lines():
    lines = [line for line, _, _ in TABLE]
    assert len(lines) == len(set(lines)) >= 400


# What 图片由…提供 and conjunctions are written with: layout, which no credit repeats.
LAYOUT = set("本版组文图片照稿件由为均皆都和与及提供除署名外")


def lost_characters(line):
    """The letters and digits of a line that are in no credit, source, dateline, note or rest."""
    found = parse(line)
    kept = "".join((*found.unread, *found.notes, found.source, found.dateline))
    people = "".join(credit.name + credit.role + credit.organisation for credit in found)
    known = set(fold(clean(kept + people))) | LAYOUT
    return "".join(c for c in fold(clean(line)) if c.isalnum() and c not in known)


@pytest.mark.parametrize(("line", "credits", "rest"), TABLE, ids=[row[0] for row in TABLE])
def test_line_gives_its_credits_and_loses_nothing(line, credits, rest):
    found = parse(line)
    assert list(found) == credits
    assert found.is_exact == (rest != "unread")
    assert found.source == (rest.removeprefix("source=") if rest.startswith("source=") else "")
    assert lost_characters(line) == ""


@pytest.mark.parametrize("line", [row[0] for row in TABLE])
def test_line_printed_back_reads_the_same(line):
    found = parse(line)
    assert list(parse(format_credits(found))) == list(found)
    assert list(parse(format_credits(found, brackets=True))) == list(found)


def test_package_needs_no_django():
    code = "import sys, articles.bylines as b; b.parse('记者 某某'); print('django' in sys.modules)"
    root = HERE.parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env={}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


# What a line says besides people


def test_dateline_is_kept_apart():
    assert parse("本报讯（记者 周明）").dateline == "本报讯"
    assert parse("新华社北京10月12日电（记者 周明）").dateline == "新华社北京10月12日电"
    assert parse("记者 周明").dateline == ""


def test_notes_hold_what_names_nobody():
    assert parse("记者 周明（右） 2024年10月16日").notes == ("右", "2024年10月16日")
    assert parse("责编：周明 电话：0556-5325915").notes == ("电话：0556-5325915",)


def test_unread_fragment_is_verbatim():
    assert parse("图为　活动现场。（记者 周明 摄）").unread == ("图为　活动现场",)
    assert parse("记者　走进社区，看变化").unread == ("记者　走进社区，看变化",)


def test_names_that_divide_in_two_ways_are_flagged():
    assert [credit.name for credit in parse("记者王林江明")] == ["王林", "江明"]
    ambiguous = parse("记者王康白成龙")
    assert not ambiguous
    assert ambiguous.unread == ("记者王康白成龙",)


def test_role_without_a_person_gives_no_credit():
    assert parse("责任编辑") == []
    assert not parse("责任编辑").is_exact
    assert parse("记者 周明 通讯员").unread == ("通讯员",)


def test_everyday_word_is_a_name_only_where_a_credit_calls_for_a_person():
    assert parse("记者 程度") == [Credit("程度", "记者")]
    assert parse("记者 连线").unread == ("记者 连线",)
    assert parse("摄影 方法").unread == ("摄影 方法",)


def test_picture_title_is_not_taken_for_a_person():
    assert parse("春暖花开 周明 摄") == [Credit("周明", "摄")]
    assert parse("《晨练》 周明 摄").notes == ("《晨练》",)
    assert parse("《晨练》 周明 摄") == [Credit("周明", "摄")]


@pytest.mark.parametrize("piece", ["文 ", "记者 周明 ", "（", "王芳李伟", "社区", "摄", "图片由"])
def test_text_of_ten_thousand_characters_is_no_credit_line(piece):
    line = (piece * 10_000)[:10_000].strip()
    assert parse(line) == []
    assert "".join(parse(line).unread) == line
    lines = "\n".join(["记者 周明"] * 2_000)
    assert parse(lines) == [Credit("周明", "记者")]


def test_duplicate_credit_is_given_once():
    assert parse("记者 周明 记者 周明") == [Credit("周明", "记者")]


def test_layout_marks_make_no_difference():
    plain = list(parse("全媒体记者 陶然 通讯员 胡静怡 摄"))
    for line in (
        "全媒体记者　陶　然　通讯员　胡静怡　摄",
        "全媒体记者\u00a0陶然\u00a0\u00a0通讯员\t胡静怡 摄",
        "\ufeff全媒体\u200b记者 陶然 通讯员 胡静怡 摄",
        "（全媒体记者陶然 通讯员胡静怡 摄）",
        "■全媒体记者：陶然；通讯员：胡静怡 摄",
    ):
        assert list(parse(line)) == plain


# Printing


@pytest.mark.parametrize(
    ("credits", "line"),
    [
        (
            [Credit("陶然", "全媒体记者"), Credit("胡静怡", "通讯员")],
            "全媒体记者 陶然 通讯员 胡静怡",
        ),
        (
            [Credit("陶然", "记者"), Credit("周明", "记者"), Credit("郑立", "通讯员")],
            "记者 陶然 周明 通讯员 郑立",
        ),
        (
            [Credit("陶然", "记者"), Credit("郑立", "通讯员"), Credit("郑立", "摄")],
            "记者 陶然 通讯员 郑立 摄",
        ),
        (
            [
                Credit("陶然", "记者"),
                Credit("陶然", "文/图"),
                Credit("郑立", "通讯员"),
                Credit("郑立", "文/图"),
            ],
            "记者 陶然 通讯员 郑立 文/图",
        ),
        (
            [Credit("陶然", "记者"), Credit("陶然", "文"), Credit("郑立", "摄")],
            "记者 陶然 文 郑立 摄",
        ),
        ([Credit("陶然", "全媒体记者", "安庆日报")], "安庆日报全媒体记者 陶然"),
        ([Credit("陶然", "", "区文旅局"), Credit("郑立", "", "区文旅局")], "区文旅局 陶然 郑立"),
        ([Credit("陶然", "责编"), Credit("郑立", "校对")], "责编 陶然 校对 郑立"),
        ([Credit("陶然", "摄影报道")], "陶然 摄影报道"),
        ([Credit("陶然", "記者"), Credit("陶然", "攝")], "記者 陶然 攝"),
        ([], ""),
    ],
)
def test_credits_print_like_a_newspaper(credits, line):
    assert format_credits(credits) == line


def test_credits_print_in_brackets():
    assert format_credits([Credit("郑立", "通讯员")], brackets=True) == "（通讯员 郑立）"
    assert format_credits([], brackets=True) == ""


def test_second_photographer_is_not_given_the_first_ones_picture():
    credits = [
        Credit("陶然", "记者"),
        Credit("陶然", "摄"),
        Credit("郑立", "通讯员"),
        Credit("郑立", "摄"),
    ]
    assert list(parse(format_credits(credits))) == credits


# Kinds


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        (
            RoleKind.REPORTER,
            "全媒体记者 本报记者 首席记者 融媒记者 实习记者 见习记者 特约记者 记者 摄影记者",
        ),
        (RoleKind.CORRESPONDENT, "通讯员 特约通讯员 本报通讯员 报道员"),
        (RoleKind.PHOTOGRAPHER, "摄 图 摄影 图片 供图 航拍 摄影报道"),
        (RoleKind.WRITER, "文 作者 撰文 文/图 图文 文图 图/文 整理 编译 评论员"),
        (RoleKind.EDITOR, "责编 编辑 责任编辑 美编 校对 版式 值班主任 一审 实习编辑"),
        (RoleKind.INTERN, "实习生"),
        (RoleKind.OTHER, "志愿者 领读"),
    ],
)
def test_role_has_its_kind(kind, roles):
    assert {role: kind_of(role) for role in roles.split()} == dict.fromkeys(roles.split(), kind)


# Finding


@pytest.mark.parametrize(
    "line",
    [
        "全媒体记者 陶然 通讯员 胡静怡",
        "通讯员 胡静怡 摄",
        "胡静怡 摄",
        "文/图 陶然",
        "（通讯员 胡静怡）",
        "责编:周明 版式:李雪梅 校对:郑立",
        "本报讯（记者 周明）",
        "□ 周明",
        "（周明 李雪梅）",
        "安庆日报记者 周明 2024年10月16日",
    ],
)
def test_line_is_nothing_but_a_credit(line):
    assert is_credit_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "记者走进社区看变化",
        "记者 走进社区 看变化",
        "通讯员培训班开班",
        "小区里来了摄影师",
        "周明",
        "新闻广角",
        "责任编辑",
        "记者节快乐",
        "来源：新华社",
        "2024年10月31日 星期四",
        "宜秀区",
        "志愿者 周明",
        "图为活动现场。周明 摄",
        "（右）",
        "——访宜秀区医疗保障局副局长周明",
        "",
    ],
)
def test_line_is_more_or_less_than_a_credit(line):
    assert not is_credit_line(line)


@pytest.mark.parametrize(
    ("paragraph", "body", "credit"),
    [
        ("守护群众用药。(通讯员 周明)", "守护群众用药。", "(通讯员 周明)"),
        (
            "守护群众用药。（记者 周明 通讯员 郑立 文/图）",
            "守护群众用药。",
            "（记者 周明 通讯员 郑立 文/图）",
        ),
        ("大家都说好。”（周明）", "大家都说好。”", "（周明）"),
        ("居民在下棋。（周明 摄）（资料图片）", "居民在下棋。", "（周明 摄）（资料图片）"),
        ("形势向好。（据新华社电）", "形势向好。", "（据新华社电）"),
        ("居民在下棋。 周明 摄", "居民在下棋。", "周明 摄"),
        ("居民在下棋　周明 摄", "居民在下棋", "周明 摄"),
        ("居民在下棋。记者 周明", "居民在下棋。", "记者 周明"),
        ("通讯员 周明", "", "通讯员 周明"),
        ("社区书记周明（右）看望老人（左）", "社区书记周明（右）看望老人（左）", ""),
        ("社区书记换了人（周明）", "社区书记换了人（周明）", ""),
        ("记者了解到，驿站有微波炉（冰箱）。", "记者了解到，驿站有微波炉（冰箱）。", ""),
        ("全文没有署名。", "全文没有署名。", ""),
    ],
)
def test_trailing_credit_is_divided_from_its_paragraph(paragraph, body, credit):
    assert find_trailing(paragraph) == (body, credit)


@pytest.mark.parametrize(
    ("paragraph", "opening", "body"),
    [
        ("本报讯(记者 周明) 近日，社区开展义诊。", "本报讯(记者 周明)", "近日，社区开展义诊。"),
        (
            "本报讯（通讯员郑立 记者周明）近日，社区开展义诊。",
            "本报讯（通讯员郑立 记者周明）",
            "近日，社区开展义诊。",
        ),
        ("本报记者周明报道 近日，社区开展义诊。", "本报记者周明报道", "近日，社区开展义诊。"),
        (
            "新华社北京10月12日电（记者 周明、李雪梅）近日，社区开展义诊。",
            "新华社北京10月12日电（记者 周明、李雪梅）",
            "近日，社区开展义诊。",
        ),
        (
            "本报讯 记者周明 通讯员郑立 近日，社区开展义诊。",
            "本报讯 记者周明 通讯员郑立",
            "近日，社区开展义诊。",
        ),
        ("本报讯 近日，社区开展义诊。", "本报讯", "近日，社区开展义诊。"),
        ("（记者 周明）近日，社区开展义诊。", "（记者 周明）", "近日，社区开展义诊。"),
        ("近日，社区开展义诊。", "", "近日，社区开展义诊。"),
        ("记者走进社区，看到义诊。", "", "记者走进社区，看到义诊。"),
        ("（右二）近日，社区开展义诊。", "", "（右二）近日，社区开展义诊。"),
    ],
)
def test_leading_credit_is_divided_from_its_paragraph(paragraph, opening, body):
    assert find_leading(paragraph) == (opening, body)


# Properties

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余欧阳"
GIVEN = "伟芳娜敏静丽强军洋勇杰娟涛明超霞刚华志玉春海梅晓雪婷玲慧雨佳欣思浩宇轩怡博俊鹏飞"
names = st.one_of(
    st.tuples(st.sampled_from(SURNAMES[:-2]), st.text(GIVEN, min_size=1, max_size=2)).map("".join),
    st.text(GIVEN, min_size=1, max_size=2).map(lambda given: "欧阳" + given),
    st.sampled_from(["阿依夏木·吐尔逊", "才让卓玛", "乙某", "张某某"]),
)
organisations = st.sampled_from(["", "", "", "安庆日报", "宜秀区融媒体中心", "市立医院"])
people_roles = st.sampled_from(["记者", "本报记者", "全媒体记者", "通讯员", "实习生", "特约通讯员"])
works = st.sampled_from(["", "", "摄", "文/图", "摄影报道", "供图", "图文"])


@st.composite
def printed_lines(draw):
    """Lines as a compositor may set them: groups of names under roles, work at the end."""
    separator = draw(st.sampled_from([" ", "　", "、", "，"]))
    gap = draw(st.sampled_from([" ", "　", "：", ""]))
    groups = []
    for _ in range(draw(st.integers(1, 3))):
        people = draw(st.lists(names, min_size=1, max_size=3, unique=True))
        if gap and draw(st.booleans()):
            people = [f"{name[0]}　{name[1]}" if len(name) == 2 else name for name in people]
        groups.append(draw(organisations) + draw(people_roles) + gap + separator.join(people))
    line = draw(st.sampled_from([" ", "　"])).join([*groups, draw(works)]).strip()
    return draw(st.sampled_from(["{}", "（{}）", "({})", "■ {}", "本报讯（{}）"])).format(line)


@settings(max_examples=300, deadline=None)
@given(printed_lines())
def test_printed_line_reads_whole_and_prints_back(line):
    found = parse(line)
    assert found
    assert found.is_exact
    assert list(parse(format_credits(found))) == list(found)


credits = st.builds(
    Credit,
    name=names,
    role=st.sampled_from(
        [
            "记者",
            "本报记者",
            "通讯员",
            "摄",
            "文",
            "图",
            "文/图",
            "摄影报道",
            "责编",
            "校对",
            "整理",
            "",
        ]
    ),
    organisation=organisations,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(credits, max_size=5))
def test_any_credits_that_were_read_print_back(listed):
    found = parse(format_credits(listed))
    assert list(parse(format_credits(found))) == list(found)


TEXT = st.text(
    "记者通讯员摄文图/、，。：:（）() 　王李明报社区10月2日本讯了的在是·“”《》\n▲■", max_size=40
)


@settings(max_examples=500, deadline=None)
@given(st.one_of(TEXT, st.text(max_size=40)))
@example("（")
@example("图片由")
@example("·")
def test_any_text_is_read_without_losing_or_inventing_words(text):
    found = parse(text)
    seen = "".join(text.split())
    assert all(
        character in seen
        for fragment in (*found.unread, *found.notes, found.source, found.dateline)
        for character in "".join(fragment.split())
    )
    for credit in found:
        assert all(character in seen for character in credit.name if character != "·")
    assert lost_characters(text) == ""
    body, credit_text = find_trailing(text)
    assert "".join((body + credit_text).split()) == seen
    opening, rest = find_leading(text)
    assert "".join((opening + rest).split()) == seen


@pytest.mark.skipif(not PRINTED_PAGE.exists(), reason="the printed page is not beside the checkout")
def test_printed_page_gives_its_credits_and_nothing_else():
    lines = [line.strip() for line in PRINTED_PAGE.read_text(encoding="utf-8").splitlines()]
    credit_lines = [line for line in lines if is_credit_line(line)]
    trailing = [find_trailing(line) for line in lines]
    found = [parse(credit) for _, credit in trailing if credit]
    assert len(credit_lines) == 4
    assert len(found) == 8
    assert all(line.is_exact for line in found)
    assert {credit.role for line in found for credit in line} == {"全媒体记者", "通讯员", "摄"}
    others = [line for line in lines if not find_trailing(line)[1]]
    assert [list(parse(line)) for line in others if parse(line)] == []
