"""What is printed around the stories, and what it says of the page."""

import datetime

import pytest

from articles.importing import RemarkKind, parse_page

STORY = """
河堤上多了七盏灯

傍晚六点，柳岸街道的河堤步道亮了起来。新装的七盏灯都朝着台阶，照不到对岸人家的窗户。

散步的人比上个月多了一倍，社区打算再添几张长椅。（记者 卢青）
"""


def texts(pieces):
    return [piece.text for piece in pieces]


def test_header_line_in_one_piece_is_read():
    page = parse_page(
        "沅江晚报 2025年3月18日 星期二 第4521期 A06版 街坊 责编:高岚 美编:乔一 校对:孟舟\n" + STORY
    )
    assert page.date == datetime.date(2025, 3, 18)
    assert page.weekday == 1
    assert (page.page_code, page.page_name, page.issue_number) == ("A06", "街坊", 4521)
    assert (page.editor, page.layout, page.proof) == ("高岚", "乔一", "孟舟")
    assert page.masthead == "沅江晚报"
    assert [article.headline for article in page.articles] == ["河堤上多了七盏灯"]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("第三版：邻里", "page_code", "3"),
        ("第三版：邻里", "page_name", "邻里"),
        ("B12 · 暖新闻", "page_code", "B12"),
        ("B12 · 暖新闻", "page_name", "暖新闻"),
        ("总第388期 今日8版", "issue_number", 388),
        ("二〇二五年十一月二十三日 星期日", "date", datetime.date(2025, 11, 23)),
        ("2025.6.1 星期日", "date", datetime.date(2025, 6, 1)),
        ("2025-06-01 周日", "weekday", 6),
        ("本版编辑 周 一 版式设计/吴桐 责任校对：郑小满", "editor", "周一"),
        ("责编：甄白、鲁青 版式：吴桐", "editor", "甄白、鲁青"),
        ("责编甄白版式吴桐校对郑小满", "layout", "吴桐"),
        ("责编甄白版式吴桐校对郑小满", "proof", "郑小满"),
    ],
)
def test_furniture_says_what_the_page_is(line, field, value):
    page = parse_page(line + "\n" + STORY)
    assert getattr(page, field) == value
    assert len(page.articles) == 1


@pytest.mark.parametrize(
    "line",
    [
        "国内统一连续出版物号 CN 34-0099 邮发代号 25-88",
        "ISSN 1234-5678",
        "新闻热线：0556-5550100",
        "投稿邮箱：street@example.cn",
        "社址：柳岸路18号 邮编：246000 广告部电话：5550101",
        "零售每份1.00元",
        "印刷：沅江报业印务中心",
        "扫码关注本报公众号",
        "版权所有 未经许可不得转载",
        "（下转A04版）",
        "▶▶▶上接第一版",
        "————————————",
        "YUANJIANG WANBAO",
        "农历乙巳年二月十九",
        "今天多云 12℃～20℃",
    ],
)
@pytest.mark.parametrize("at_top", [True, False])
def test_furniture_is_left_out_of_the_stories(line, at_top):
    edge = "沅江晚报 2025年3月18日 星期二 A06版\n"
    text = edge + line + "\n" + STORY if at_top else STORY + "\n" + line + "\n" + edge
    page = parse_page(text)
    assert line in texts(page.furniture)
    assert [article.headline for article in page.articles] == ["河堤上多了七盏灯"]
    assert len(page.articles[0].paragraphs) == 2


def test_jumps_inside_a_line_are_cut_off():
    page = parse_page(
        "新桥通车\n\n（上接A01版）新桥全长九十六米，两边都有人行道。\n\n"
        "通车当天，镇上的人都来走一走（下转A04版）"
    )
    (article,) = page.articles
    assert article.headline == "新桥通车"
    assert article.paragraphs == [
        "新桥全长九十六米，两边都有人行道。",
        "通车当天，镇上的人都来走一走",
    ]
    assert texts(page.furniture) == ["（上接A01版）", "（下转A04版）"]
    assert article.remarks == []


def test_guide_to_the_pages_is_furniture():
    page = parse_page("导读\n河堤添新灯 A02\n老人食堂开张 A03\n\n" + STORY)
    assert texts(page.furniture) == ["导读", "河堤添新灯 A02", "老人食堂开张 A03"]


def test_date_under_a_signature_belongs_to_the_notice():
    page = parse_page(
        STORY + "\n\n停水通知\n\n各位居民：\n\n因检修管道，3月20日9时至12时停水。\n\n"
        "柳岸街道办事处\n2025年3月18日\n\n责编：高岚 版式：乔一\n"
    )
    assert page.articles[-1].paragraphs == [
        "各位居民：",
        "因检修管道，3月20日9时至12时停水。",
        "柳岸街道办事处",
        "2025年3月18日",
    ]
    assert page.date is None


def test_telephone_in_a_notice_is_text():
    page = parse_page("招募启事\n\n社区招募志愿者二十名，年龄不限。\n\n联系电话：5550123")
    assert page.articles[0].paragraphs[-1] == "联系电话：5550123"
    assert page.furniture == []


def test_headlines_that_resemble_furniture_stay_headlines():
    for headline in (
        "12345热线打得通了",
        "第12期夜校开学",
        "3版图纸改到居民点头",
        "墙上办起黑板报",
    ):
        page = parse_page(f"{headline}\n\n傍晚，街口来了不少人。大家等着看结果，一直等到天黑。")
        assert [article.headline for article in page.articles] == [headline]


def test_impossible_date_is_remarked_on_and_not_taken():
    page = parse_page("沅江晚报 2025年2月30日 A06版\n" + STORY)
    assert page.date is None
    assert [remark.kind for remark in page.remarks] == [RemarkKind.DATE_IMPOSSIBLE]


def test_weekday_that_does_not_fit_the_date_is_remarked_on():
    page = parse_page("沅江晚报 2025年3月18日 星期五 A06版\n" + STORY)
    assert [remark.kind for remark in page.remarks] == [RemarkKind.WEEKDAY_WRONG]


@pytest.mark.parametrize("is_at_the_foot", [False, True])
@pytest.mark.parametrize(
    "box",
    [
        "本版主持:高岚 美编:乔一 校对:孟舟 联系电话:0551-62000001 "
        "来稿请附作者真实姓名及联系方式 一经采用即付稿酬 文责自负",
        "责任编辑:高岚 版式:乔一 校对:孟舟 电话:62000001。"
        "欢迎来稿,来稿请注明作者姓名、单位、联系电话。",
        "编委 高岚｜主编 乔一｜编辑 孟舟｜校对 连城｜"
        "新闻线索一经采用即奖50元至500元｜微信报料 yjwb2020",
        "主管主办:某某区委宣传部 总编辑:高岚 副总编辑:乔一 责任编辑:孟舟 连城 "
        "视觉设计:向晚 责任校对:秋白 "
        "地址:沅江路128号报业大厦18楼 邮编:230001 新闻热线:0551-62000001 广告热线:0551-62000002 "
        "投稿邮箱:yjwb@example.com 国内统一连续出版物号:CN34-0000 邮发代号:25-00 定价:1.00元 "
        "本报常年法律顾问:某某律师事务所 广告经营许可证:某工商广字001号",
    ],
)
def test_staff_box_is_furniture_however_long(box, is_at_the_foot):
    page = parse_page(f"{STORY}\n{box}\n" if is_at_the_foot else f"{box}\n{STORY}")
    assert box in "".join(texts(page.furniture))
    (story,) = page.articles
    assert (story.kicker, story.headline, len(story.paragraphs)) == ("", "河堤上多了七盏灯", 2)


def test_jump_on_a_line_of_its_own_names_no_page_and_begins_a_story():
    page = parse_page(
        f"A07\n{STORY}".replace("（记者 卢青）", "")
        + "\n（上接A01版）\n\n把长椅搬到树荫下\n\n社区在步道旁添了十二张长椅，每张都朝着河。\n"
    )
    assert (page.page_code, page.page_name) == ("A07", "")
    assert [story.headline for story in page.articles] == ["河堤上多了七盏灯", "把长椅搬到树荫下"]


def test_paper_and_page_name_on_lines_of_their_own_are_furniture():
    page = parse_page(f"A07\n都市·社区\n沅江晚报\n2025/09/22 星期一\n{STORY}")
    assert (page.masthead, page.page_name) == ("沅江晚报", "都市·社区")
    assert page.articles[0].kicker == page.articles[0].column == ""
