"""Datelines, credits, notes, captions and what is left over."""

import pytest

from articles.importing import PieceKind, RemarkKind, parse_page

HEAD = "河堤上多了七盏灯"
TEXT = "傍晚六点，柳岸街道的河堤步道亮了起来，新装的七盏灯都朝着台阶。"
MORE = "散步的人比上个月多了一倍，社区打算再添几张长椅，让走累的人歇一歇。"


def only(*lines, gap="\n\n"):
    (article,) = parse_page(gap.join(lines)).articles
    return article


def names(article):
    return [(credit.name, credit.role) for credit in article.bylines]


@pytest.mark.parametrize(
    "dateline",
    ["本报讯 ", "本报讯\u3000", "本报讯", "【本报讯】", "晚报讯 ", "本报讯："],
)
def test_dateline_is_a_flag_and_not_in_the_text(dateline):
    article = only(HEAD, dateline + TEXT, MORE)
    assert article.dateline is True
    assert article.paragraphs == [TEXT, MORE]


@pytest.mark.parametrize(
    ("opening", "credits", "dateline"),
    [
        ("本报讯（记者 卢青 通讯员 施蕙）", [("卢青", "记者"), ("施蕙", "通讯员")], True),
        ("本报讯(记者 卢青) ", [("卢青", "记者")], True),
        ("（记者 卢青）", [("卢青", "记者")], False),
    ],
)
def test_credit_behind_the_dateline_is_read(opening, credits, dateline):
    article = only(HEAD, opening + TEXT, MORE)
    assert (article.dateline, names(article)) == (dateline, credits)
    assert article.paragraphs == [TEXT, MORE]


def test_dateline_of_an_agency_stays_in_the_text():
    article = only(HEAD, "新华社北京3月18日电 " + TEXT, MORE)
    assert article.dateline is False
    assert article.paragraphs[0] == "新华社北京3月18日电 " + TEXT


@pytest.mark.parametrize(
    ("lines", "credits"),
    [
        ([HEAD, TEXT, MORE, "记者 卢青 通讯员 施蕙"], [("卢青", "记者"), ("施蕙", "通讯员")]),
        ([HEAD, TEXT, MORE, "（记者 卢青）"], [("卢青", "记者")]),
        ([HEAD, TEXT, MORE + "（卢青 施蕙）"], [("卢青", ""), ("施蕙", "")]),
        ([HEAD, "□ 本报记者 卢青", TEXT, MORE], [("卢青", "本报记者")]),
        ([HEAD, "卢青 文/图", TEXT, MORE], [("卢青", "文/图")]),
        ([HEAD, TEXT, MORE, "——卢青"], [("卢青", "")]),
        ([HEAD, TEXT, MORE + " 卢青 摄"], [("卢青", "摄")]),
        ([HEAD, TEXT, MORE + "本报记者 卢青/摄"], [("卢青", "本报记者"), ("卢青", "摄")]),
    ],
)
def test_credits_are_read_wherever_papers_print_them(lines, credits):
    article = only(*lines)
    assert names(article) == credits
    assert article.paragraphs == [TEXT, MORE]


def test_credits_of_a_story_come_in_printed_order_each_once():
    article = only(HEAD, "本报记者 卢青", TEXT, "▲新灯亮起。 施蕙 摄", MORE, "（本报记者 卢青）")
    assert names(article) == [("卢青", "本报记者"), ("施蕙", "摄")]
    assert article.photo is True


def test_bracket_at_the_end_that_is_no_credit_stays():
    article = only(HEAD, TEXT, MORE + "（以上数据截至三月底）")
    assert article.paragraphs[-1] == MORE + "（以上数据截至三月底）"
    assert article.bylines == []


def test_deck_that_names_a_person_is_no_credit():
    article = only(HEAD, "——访柳岸街道照明管理所所长梁启文", TEXT, MORE, "（记者 卢青）")
    assert article.deck == "——访柳岸街道照明管理所所长梁启文"
    assert names(article) == [("卢青", "记者")]


def test_editors_note_before_the_headline_opens_its_story():
    note = "编者按：河堤的灯坏了一年，又亮了。今天起，本报请读者说说身边的灯。"
    article = only(note, HEAD, "记者 卢青", TEXT, MORE)
    assert (article.headline, article.paragraphs) == (HEAD, [note, TEXT, MORE])


def test_editors_note_under_the_headline_is_its_first_paragraph():
    note = "编者按：河堤的灯坏了一年，又亮了。今天起，本报请读者说说身边的灯。"
    article = only(HEAD, note, TEXT, MORE, "（记者 卢青）")
    assert article.paragraphs == [note, TEXT, MORE]


def test_note_behind_a_story_closes_it():
    article = only(
        HEAD, "记者 卢青", TEXT, MORE, "编后", "灯亮了，人心也亮了。愿每一条回家的路都有灯。"
    )
    assert article.subheads == ["编后"]
    assert len(article.paragraphs) == 3


def test_captions_inside_a_story_are_its_paragraphs():
    captions = ["图①：居民在新灯下散步。", "图②：孩子们在灯下下棋。"]
    article = only(HEAD, "记者 卢青 文/图", TEXT, *captions, MORE)
    assert article.paragraphs == [TEXT, *captions, MORE]
    assert article.photo is True


def test_caption_after_the_credit_belongs_to_the_story_above():
    article = only(HEAD, TEXT, MORE, "（记者 卢青）", "图为新装的路灯。 施蕙 摄")
    assert names(article) == [("卢青", "记者"), ("施蕙", "摄")]
    assert article.paragraphs == [TEXT, MORE, "图为新装的路灯。"]


def test_several_photo_news_are_several_stories():
    lines = []
    for headline, person in (("灯下棋局", "卢青"), ("堤上晒书", "施蕙"), ("巷口理发", "聂小满")):
        lines += [
            headline,
            f"三月六日，居民在河堤边忙着自己的事，{headline}正热闹。",
            f"通讯员 {person} 摄",
        ]
    page = parse_page("\n\n".join(lines))
    assert [(a.headline, a.genre, a.photo, len(a.bylines)) for a in page.articles] == [
        ("灯下棋局", "photo", True, 2),
        ("堤上晒书", "photo", True, 2),
        ("巷口理发", "photo", True, 2),
    ]


def test_photo_news_under_its_column_needs_no_headline():
    page = parse_page(
        "\n\n".join(["图片新闻", TEXT, "（施蕙 摄）", "后巷的椅子", TEXT, MORE, "（记者 卢青）"])
    )
    photo, story = page.articles
    assert (photo.column, photo.headline, photo.genre) == ("图片新闻", "", "photo")
    assert [remark.kind for remark in photo.remarks] == [RemarkKind.HEADLINE_MISSING]
    assert (story.headline, story.column) == ("后巷的椅子", "")


def test_text_without_headline_is_a_story_with_a_remark():
    article = only(TEXT, MORE, "（记者 卢青）")
    assert article.headline == ""
    assert article.paragraphs == [TEXT, MORE]
    assert [(remark.kind, remark.line) for remark in article.remarks] == [
        (RemarkKind.HEADLINE_MISSING, 1)
    ]


def test_story_knows_its_first_and_last_line():
    page = parse_page(
        f"{HEAD}\n\n{TEXT}\n\n{MORE}\n\n（记者 卢青）\n\n后巷的椅子\n\n{MORE}\n\n{TEXT}"
    )
    assert [(article.first_line, article.last_line) for article in page.articles] == [
        (1, 7),
        (9, 13),
    ]


def test_headline_without_text_is_left_over_and_remarked_on():
    page = parse_page(
        f"{HEAD}\n\n{TEXT}\n\n{MORE}\n\n（记者 卢青）\n\n后巷里的那几张旧长椅如今换了新模样"
    )
    assert [article.headline for article in page.articles] == [HEAD]
    assert [piece.text for piece in page.leftover] == ["后巷里的那几张旧长椅如今换了新模样"]
    assert all(piece.kind is PieceKind.LEFTOVER for piece in page.leftover)
    assert [(remark.kind, remark.line) for remark in page.remarks] == [
        (RemarkKind.TEXT_LEFT_OVER, 9)
    ]


def test_credit_that_cannot_be_read_is_kept_and_remarked_on():
    article = only(HEAD, TEXT, MORE, "（记者 卢青 通讯员 施蕙）", gap="\n\n")
    assert article.unread == []
    odd = only(HEAD, "本报讯（记者 卢青 与河堤同行）" + TEXT, MORE)
    text = "".join(piece.text for piece in odd.pieces)
    assert "与河堤同行" in text


def test_page_of_furniture_alone_has_no_stories():
    page = parse_page("沅江晚报 2025年3月18日 星期二 A06版\n责编：高岚 版式：乔一")
    assert page.articles == []
    assert [remark.kind for remark in page.remarks] == [RemarkKind.NO_STORIES]


def test_json_has_the_documented_keys_and_empty_values():
    (story,) = parse_page(f"{HEAD}\n\n{TEXT}").as_json()["articles"]
    assert story == {
        "kicker": "",
        "headline": HEAD,
        "deck": "",
        "column": "",
        "dateline": False,
        "genre": "story",
        "subheads": [],
        "paragraphs": [TEXT],
        "bylines": [],
        "photo": False,
        "communities": ["柳岸街道"],
        "stations": [],
    }


def test_pen_name_in_brackets_ends_the_last_brief():
    page = parse_page(
        "【街巷速览】\n\n双溪街道：上门送学\n\n6月27日，双溪街道的老党员上门读报。（温故）\n\n"
        "松岗镇：田间开讲\n\n6月28日，松岗镇请来农技专家，在葡萄园里上课。（知新）\n\n"
        "七旬老人的小院\n\n推开松岗镇上塘村老人的院门，迎面是满墙的照片。\n\n记者 祝融\n"
    )
    assert [[c.name for c in story.bylines] for story in page.articles] == [
        ["温故"],
        ["知新"],
        ["祝融"],
    ]
    assert page.articles[2].communities == ["松岗镇", "上塘村"]


def test_remark_in_brackets_is_no_pen_name():
    (story,) = parse_page("河堤的灯\n\n灯亮了，大家都说好。（掌声）\n").articles
    assert story.bylines == []
    assert story.paragraphs == ["灯亮了，大家都说好。（掌声）"]
