"""Communities, villages, towns and stations a story names."""

import pytest

from articles.importing import Directory, ProposedPlace, parse_page


def named(text, **known):
    (article,) = parse_page(f"家门口的事\n\n{text}", directory=Directory.of(**known)).articles
    return article.communities, article.stations


@pytest.mark.parametrize(
    ("text", "communities"),
    [
        ("近日，临溪区城关街道北园社区组织志愿者上门量血压。", ["城关街道", "北园社区"]),
        ("北园社区党委书记罗敏说，灯修好了。", ["北园社区"]),
        ("记者走进桂花社区，看见院子里晒满了被子。", ["桂花社区"]),
        ("家住解放社区的孙阿姨每天来领报纸。", ["解放社区"]),
        ("红星社区、五一社区和十里河社区的居民都来了。", ["红星社区", "五一社区", "十里河社区"]),
        ("东风镇张家坝村的稻子黄了。", ["东风镇", "张家坝村"]),
        ("下桥村与柿林村共用一台烘干机。", ["下桥村", "柿林村"]),
        ("雨停了，和平路街道把积水扫干净。", ["和平路街道"]),
        ("临溪区镇海门社区的院门重新漆过。", ["镇海门社区"]),
        ("向阳社区和同心社区共用一个球场。", ["向阳社区", "同心社区"]),
        ("工农新村社区选出了楼长。", ["工农新村社区"]),
        ("前进社区的老人爱下棋。", ["前进社区"]),
        ("安和社区联合安和派出所巡夜。", ["安和社区"]),
        ("文化路社区的墙上画了一棵树。", ["文化路社区"]),
    ],
)
def test_names_that_their_surroundings_show_are_found(text, communities):
    assert named(text)[0] == communities


@pytest.mark.parametrize(
    "text",
    [
        "该社区、各社区、23个社区和每个社区都来观摩。",
        "科普宣传进社区，党员到社区报到，在社区服务，赴社区认领岗位。",
        "推动社区治理创新，完善社区服务体系，清理社区挂牌，净化社区环境。",
        "城市社区、老旧社区和农村社区各有各的难处。",
        "干部走村入户，村里的路灯亮了，乡里和镇上都来了人。",
        "城乡融合发展，美丽乡村建设，返乡青年多了起来。",
        "到街道办事要跑三趟，各街道都在想办法。",
        "住房和城乡建设局的人来看过。",
        "丰溪区社区治理现场会开了一天。",
        "社区党群服务中心里坐满了人，暖心驿站也开了门。",
    ],
)
def test_general_words_are_no_names(text):
    assert named(text) == ([], [])


def test_name_shown_once_is_found_in_every_story_of_the_page():
    page = parse_page(
        "堤上的灯\n\n这几天成了白鹿街道的热闹事。河堤亮了。\n\n（记者 卢青）\n\n"
        "巷里的椅\n\n连日来，白鹿街道给后巷添了长椅。\n\n（记者 卢青）"
    )
    assert [article.communities for article in page.articles] == [["白鹿街道"], ["白鹿街道"]]


def test_names_come_in_the_order_of_first_mention_headline_included():
    (article,) = parse_page("柿林村：路修通了\n\n下桥村和柿林村的人都来走一走。").articles
    assert article.communities == ["柿林村", "下桥村"]


@pytest.mark.parametrize(
    ("text", "stations"),
    [
        ("居民到北园社区党群服务站充电。", ["北园社区党群服务站"]),
        ("北园社区暖“新”驿站里有热水。", ["北园社区暖“新”驿站"]),
        ("北园社区“候鸟”驿站里有热水。", ["北园社区“候鸟”驿站"]),
        ("北园社区的墙是新的。他走进了北园暖心驿站。", ["北园暖心驿站"]),
        ("北园社区的灯亮着。北园社区把驿站建在路口。", []),
        ("北园社区暖“蜂”驿站里有热水。", ["北园社区暖“蜂”驿站"]),
        ("大家在暖“蜂”驿站里歇脚。", ["暖“蜂”驿站"]),
        ("北园社区的“燕归来”驿站里有热水。", ["“燕归来”驿站"]),
        ("大家在“老伙计”驿站歇脚，“老伙计”驿站不收钱。", ["“老伙计”驿站"]),
        ("街上新开了“蓝蜂驿站”。", ["蓝蜂驿站"]),
        ("柿林村医保经办点能办十八件事。", ["柿林村医保经办点"]),
        ("园区里的星光党群服务站晚上也开门。星光党群服务站不关灯。", ["星光党群服务站"]),
        ("北园社区居民到党群服务中心办事。", []),
        ("各社区的便民服务中心都开了。", []),
    ],
)
def test_stations_with_a_name_of_their_own_are_found(text, stations):
    assert named(text)[1] == stations


def test_known_names_are_found_wherever_they_stand():
    communities, stations = named(
        "他把北仓社区当家，常去北仓社区党群服务站坐坐，也爱说临澄区的旧事。",
        communities=["北仓社区", "临澄区"],
        stations=["北仓社区党群服务站"],
    )
    assert communities == ["北仓社区", "临澄区"]
    assert stations == ["北仓社区党群服务站"]


def test_known_name_inside_a_longer_one_is_not_it():
    assert named("新北仓社区也在改造。", communities=["北仓社区"])[0] == ["新北仓社区"]


def test_longer_known_name_wins_over_a_shorter_one():
    found = named("人们在云栖里社区等车。", communities=["云栖里", "云栖里社区"])[0]
    assert found == ["云栖里社区"]


def test_other_names_lead_to_the_name_in_the_directory():
    directory = Directory(communities={"十里铺": "十里铺社区", "十里铺社区": "十里铺社区"})
    (article,) = parse_page(
        "十里铺：旧书换花\n\n十里铺社区换出了一百盆花。", directory=directory
    ).articles
    assert article.communities == ["十里铺社区"]


def test_unknown_places_are_proposed_with_level_line_and_mentions():
    page = parse_page(
        "家门口的事\n\n北仓社区的灯亮了。\n\n东风镇柿林村的路通了，柿林村党群服务站也开了门。",
        directory=Directory.of(communities=["北仓社区"]),
    )
    assert page.proposed_places == [
        ProposedPlace("东风镇", "community", "town", 5, 1),
        ProposedPlace("柿林村", "community", "village", 5, 2),
        ProposedPlace("柿林村党群服务站", "station", "", 5, 1),
    ]
