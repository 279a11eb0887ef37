"""Notices, rows of items, photo news in a row: where each begins and ends."""

from articles.importing import parse_page

BELOW = """
三代人的饭桌

穆家的八仙桌用了七十多年。桌面磨得发亮，四条腿换过两条。

今年在外打工的孙子回来得早，他给家里装了暖气。

作者：穆清
"""


def heads(page):
    return [story.headline for story in page.articles]


def test_notice_under_a_signed_commentary_is_a_story_of_its_own():
    page = parse_page(
        "把掌声送上去\n□ 田野\n小区里有能人，关键看会不会发现。把舞台搭起来，谁都愿意出一份力。\n"
        "迁坟公告\n因道路建设需要，马鞍街道北山坡范围内的坟墓需要迁移，请坟主三十日内登记。\n"
        "联系人：庞主任　联系电话：0712-5550198\n榆溪区马鞍街道办事处\n2025年9月22日\n"
    )
    assert heads(page) == ["把掌声送上去", "迁坟公告"]
    assert [story.genre for story in page.articles] == ["story", "notice"]
    assert page.articles[1].paragraphs[-2:] == ["榆溪区马鞍街道办事处", "2025年9月22日"]


def test_who_gives_a_notice_is_its_last_paragraph_without_a_date_too():
    page = parse_page(
        "关于征集“金点子”的启事\n\n现面向居民公开征集“金点子”，内容不限。\n\n中共望川县委社会工作部\n\n"
        "读者来信\n\n一封感谢信\n\n我的母亲在赶集时晕倒，一位年轻人背起她就跑。\n\n读者 应如兰\n"
    )
    assert heads(page) == ["关于征集“金点子”的启事", "一封感谢信"]
    assert page.articles[0].paragraphs[-1] == "中共望川县委社会工作部"
    assert [(c.name, c.role) for c in page.articles[1].bylines] == [("应如兰", "读者")]


def test_items_without_headlines_are_briefs_each():
    page = parse_page(
        "◎一周快报\n\n枣园社区 12月1日,社区组织居民代表评议物业,提出整改意见6条。\n\n"
        "望江社区 12月2日,社区开展用电安全检查,现场整改9处。\n\n"
        "石桥村 12月3日,村里的培训班开班,42名村民报名。\n" + BELOW
    )
    assert heads(page) == ["", "", "", "三代人的饭桌"]
    assert [story.column for story in page.articles] == ["一周快报"] * 3 + [""]
    assert [story.genre for story in page.articles] == ["brief"] * 3 + ["story"]


def test_heading_over_plain_text_ends_questions_and_answers():
    page = parse_page(
        "旧衣物怎么回收\n\n问：旧衣服哪里可以回收？\n\n答：东门设有一个回收箱，洗净装袋后投入即可。\n\n"
        "问：衣服去了哪里？\n\n答：经过分拣消毒，较新的捐给有需要的家庭。\n" + BELOW
    )
    assert heads(page) == ["旧衣物怎么回收", "三代人的饭桌"]
    assert [story.genre for story in page.articles] == ["interview", "story"]


def test_photo_column_is_that_of_all_photos_in_its_row():
    page = parse_page(
        "图片新闻\n\n雪后扫出平安路\n\n12月3日，居民清扫路面积雪。\n\n管仲达 摄\n\n"
        "巧手迎冬至\n\n12月4日，望江社区的阿姨们聚在一起包汤圆。特约记者 敖蕾/摄\n" + BELOW
    )
    assert [story.column for story in page.articles] == ["图片新闻", "图片新闻", ""]


def test_captions_and_a_column_head_below_them_are_no_verses():
    page = parse_page(
        "夜校可期\n\n望江社区里传出古筝声，夜校迎来第三期学员。\n\n文/廖子墨 图/商羽\n\n"
        "▲学员们在上古筝课。\n\n▼夜校的书法课堂。\n\n"
        "图片新闻\n\n雪后扫出平安路\n\n12月3日，居民清扫路面积雪。\n\n管仲达 摄\n"
    )
    assert heads(page) == ["夜校可期", "雪后扫出平安路"]
