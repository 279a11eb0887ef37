"""Paragraphs that a column end cut in mid-sentence."""

import pytest

from articles.importing import RemarkKind, parse_page

HEAD = "樟树底下六张椅"
WHOLE = (
    "今年开春，退休木工老聂把旧门板锯开刨平，做成了六张长椅，一张挨一张摆在樟树底下，椅背上刻着"
    "捐木头的人家的门牌号，谁坐着都觉得像是坐在自家门口。"
)
NEXT = "坐的人多了，椅子成了后巷的信箱，谁家要出远门，就把钥匙托给椅子上的人。"


def paragraphs(*lines):
    (article,) = parse_page("\n\n".join([HEAD, *lines])).articles
    assert article.headline == HEAD
    return article.paragraphs


@pytest.mark.parametrize("at", range(26, len(WHOLE) - 4, 3))
def test_paragraph_cut_anywhere_is_whole_again(at):
    if WHOLE[at - 1] in "，。" or WHOLE[at] in "，。":
        at += 1
    assert paragraphs(WHOLE[:at], WHOLE[at:], NEXT) == [WHOLE, NEXT]


def test_paragraph_cut_twice_is_whole_again():
    assert paragraphs(WHOLE[:30], WHOLE[30:60], WHOLE[60:], NEXT) == [WHOLE, NEXT]


def test_paragraph_cut_behind_a_comma_is_whole_again():
    at = WHOLE.index("，", 20) + 1
    assert paragraphs(WHOLE[:at], WHOLE[at:], NEXT) == [WHOLE, NEXT]


def test_paragraph_cut_before_a_mark_is_whole_again():
    at = WHOLE.index("，", 30)
    assert paragraphs(WHOLE[:at], WHOLE[at:], NEXT) == [WHOLE, NEXT]


def test_short_first_piece_that_opens_with_a_preposition_is_no_subhead():
    whole = (
        "围绕老街的用水难题，街道请来七位老水工，把三公里旧管道从头到尾走了一遍，画成了一张大图。"
    )
    assert paragraphs(NEXT, whole[:12], whole[12:], NEXT) == [NEXT, whole, NEXT]


def test_break_behind_a_full_stop_inside_a_quotation_is_closed():
    front = "老聂指着椅背说：“门板是各家拆下来的，烧了可惜，留着占地方。"
    back = "做成椅子，大家都坐得着，谁家的门板谁认得。”他把刻刀收进了布袋。"
    assert paragraphs(front, back, NEXT) == [front + back, NEXT]


def test_speech_in_several_paragraphs_stays_in_several():
    spoken = ["“门板是各家拆下来的。", "“做成椅子，大家都坐得着。”老聂收起了刻刀。"]
    assert paragraphs(*spoken, NEXT) == [*spoken, NEXT]


def test_straight_quotes_do_not_glue_paragraphs():
    spoken = ['"门板烧了可惜。"老聂说。', '"做成椅子大家坐。"老聂又说。']
    assert paragraphs(*spoken, NEXT) == [*spoken, NEXT]


@pytest.mark.parametrize("end", ["。", "！", "？", "……", "。”", "：", "！）", "。》"])
def test_paragraphs_that_end_in_a_stop_stay_apart(end):
    opening = {"。”": "“", "！）": "（", "。》": "《"}.get(end, "")
    first = f"{opening}老聂把最后一张椅子摆好，绕着樟树走了一圈{end}"
    assert paragraphs(first, NEXT) == [first, NEXT]


def test_entries_of_a_list_stay_apart():
    entries = ["● 长椅六张，捐料四十二户", "● 棋桌两张，常坐十六人", "● 书架一只"]
    assert paragraphs("到月底，后巷添了这些东西：", *entries) == [
        "到月底，后巷添了这些东西：",
        *entries,
    ]


def test_numbered_entries_that_end_in_semicolons_stay_apart():
    entries = ["（1）椅子不出巷；", "（2）坐满了让老人；", "（3）雨天各家帮着盖。"]
    assert paragraphs("后巷给椅子定了三条规矩：", *entries) == [
        "后巷给椅子定了三条规矩：",
        *entries,
    ]


def test_rows_of_a_table_stay_apart():
    rows = ["楼栋 户数 捐料", "一号楼 36 12", "二号楼 30 9", "三号楼 42 21"]
    assert paragraphs(NEXT, *rows) == [NEXT, *rows]


def test_verses_stay_apart():
    verses = [
        "门板睡了四十年",
        "醒来成了一张椅",
        "有人坐下说话",
        "有人坐下听雨",
        "有人什么也不说",
        "只把菜篮放在脚边",
    ]
    (article,) = parse_page("\n".join(["椅子", "聂小满", *verses])).articles
    assert article.paragraphs == verses
    assert [credit.name for credit in article.bylines] == ["聂小满"]


def test_paragraph_left_open_is_remarked_on_with_its_line():
    (article,) = parse_page(f"{HEAD}\n\n{NEXT}\n\n{WHOLE[:50]}").articles
    assert [(remark.kind, remark.line) for remark in article.remarks] == [
        (RemarkKind.PARAGRAPH_OPEN, 5)
    ]
