"""Comparing two texts of a story in its words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.differences import Kind, compare, inline, side_by_side

LETTERS = st.text(alphabet="灯亮了路平。，12\n\r ab", max_size=120)


def marked(changes):
    """Write changes as text: [gone], {new}."""
    signs = {Kind.SAME: "{}", Kind.REMOVED: "[{}]", Kind.ADDED: "{{{}}}"}
    return "".join(signs[change.kind].format(change.text) for change in changes)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("渡口添了六盏灯。", "渡口添了六盏灯。", "渡口添了六盏灯。"),
        ("渡口添了六盏灯。", "渡口添了七盏灯。", "渡口添了[六]{七}盏灯。"),
        ("花了118万元。", "花了11.8万元。", "花了[118]{11.8}万元。"),
        ("10:30开门", "10:45开门", "[10:30]{10:45}开门"),
        ("", "灯亮了。", "{灯亮了。}"),
        ("灯亮了。", "", "[灯亮了。]"),
        ("居民贾某说。", "居民老贾说得好。", "居民[贾某说]{老贾说得好}。"),
        ("请读《灯下》第一期。", "请读《灯上》第一期。", "请读[《灯下》]{《灯上》}第一期。"),
        ("他在“小圆桌”旁。", "他在“长圆桌”旁。", "他在[“小圆桌”]{“长圆桌”}旁。"),
    ],
)
def test_runs_are_shown_as_a_reader_would_mark_them(old, new, shown):
    assert marked(compare(old, new)) == shown


def test_islands_of_a_character_are_no_confetti():
    old, new = "昨天下午他去了社区的活动室", "今天上午我到了街道的会议室"
    assert marked(compare(old, new)) == "[昨天下午他去了社区的活动室]{今天上午我到了街道的会议室}"


FIRST = "渡口添了六盏灯，夜里回家的人不再打手电。"
SECOND = "桥头的石板路重新铺过，下雨天走上去不再打滑。"
THIRD = "居民把菜园让出一半，改成了晾衣裳的场地。"


def test_moved_paragraph_is_gone_here_and_comes_there_whole():
    shown = inline(f"{FIRST}\n{SECOND}\n{THIRD}", f"{SECOND}\n{THIRD}\n{FIRST}")
    assert [marked(paragraph) for paragraph in shown] == [
        f"[{FIRST}]",
        SECOND,
        THIRD,
        f"{{{FIRST}}}",
    ]
    assert [change.moved for paragraph in shown for change in paragraph] == [
        True,
        False,
        False,
        True,
    ]


def test_paragraph_that_is_only_gone_has_not_moved():
    changes = compare(f"{FIRST}\n{SECOND}", SECOND)
    assert [change.moved for change in changes] == [False, False]


def test_divided_paragraph_keeps_its_words():
    whole, divided = FIRST + SECOND, f"{FIRST}\n{SECOND}"
    assert [marked(paragraph) for paragraph in inline(whole, divided)] == [FIRST + "{¶}", SECOND]
    assert [marked(paragraph) for paragraph in inline(divided, whole)] == [FIRST + "[¶]" + SECOND]
    (pair,) = side_by_side(whole, divided)
    assert (marked(pair.old), marked(pair.new)) == (whole, f"{FIRST}{{\n}}{SECOND}")


def test_every_paragraph_changed_lightly_stands_beside_what_it_became():
    old = "\n".join(f"第{n}户的{FIRST[: n % 9 + 8]}，{SECOND[n % 7 :]}" for n in range(120))
    pairs = side_by_side(old, old.replace("石板", "青石板"))
    assert all(pair.old and pair.new for pair in pairs)
    assert len(pairs) == 120


def test_paragraph_put_in_between_leaves_its_neighbours_alone():
    old = "第一段说的是灯。\n第三段说的是路。"
    new = "第一段说的是灯。\n第二段说的是桥，很长的桥。\n第三段说的是路。"
    assert marked(compare(old, new)) == (
        "第一段说的是灯。\n{第二段说的是桥，很长的桥。\n}第三段说的是路。"
    )


def test_sides_stand_beside_what_they_became():
    old = "灯亮了，路就平了。\n没有人再提这件事情了。"
    new = "灯全亮了，路就平了。\n桥也修好了，走上去不再摇晃。"
    first, second, third = side_by_side(old, new)
    assert (marked(first.old), marked(first.new)) == (
        "灯亮了，路就平了。",
        "灯{全}亮了，路就平了。",
    )
    assert (marked(second.old), second.new) == ("[没有人再提这件事情了。]", [])
    assert (third.old, marked(third.new)) == ([], "{桥也修好了，走上去不再摇晃。}")


def test_inline_keeps_paragraphs_apart():
    shown = inline("灯亮了。\n路平了。", "灯亮了。\n\n路平了，桥也好了。")
    assert [marked(paragraph) for paragraph in shown] == ["灯亮了。", "路平了{，桥也好了}。"]


@given(LETTERS, LETTERS)
def test_the_runs_make_both_texts(old, new):
    changes = compare(old, new)
    assert "".join(change.text for change in changes if change.kind != Kind.ADDED) == old
    assert "".join(change.text for change in changes if change.kind != Kind.REMOVED) == new


@given(LETTERS, LETTERS)
def test_sides_hold_every_visible_character(old, new):
    pairs = side_by_side(old, new)
    for side, text in (("old", old), ("new", new)):
        shown = "".join(run.text for pair in pairs for run in getattr(pair, side))
        assert shown.replace("\n", "").replace("\r", "") == text.replace("\n", "").replace("\r", "")


@given(LETTERS)
def test_a_text_does_not_differ_from_itself(text):
    assert all(change.kind == Kind.SAME for change in compare(text, text))
    assert all(pair.is_same for pair in side_by_side(text, text))


LONG = "\n".join(f"第{n}段，渡口添了{n}盏灯，路就平了，夜里有人走。" * 4 for n in range(1000))


@pytest.mark.parametrize(
    "new",
    [
        LONG.replace("第7", "第八").replace("路就平了", "路平了", 400),
        LONG.replace("路就平了", "路平了"),
        LONG.replace("\n", ""),
        "\n".join(reversed(LONG.splitlines())),
        "".join(reversed(LONG)),
    ],
    ids=["here and there", "everywhere", "one paragraph", "other order", "another text"],
)
def test_hundred_thousand_characters_are_compared_whole_and_soon(new):
    assert len(LONG) > 100_000
    start = time.process_time()
    changes = compare(LONG, new)
    # A second here; difflib alone would take minutes.
    assert time.process_time() - start < 5
    assert "".join(change.text for change in changes if change.kind != Kind.ADDED) == LONG
    assert "".join(change.text for change in changes if change.kind != Kind.REMOVED) == new
