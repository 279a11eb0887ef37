"""Totals that are not the sum of their parts."""

import pytest

from articles.checks.sums import sums
from tests.articles.checks.copies import copy_of, said


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("活动有120人参加，其中男50人、女60人。", "120人参加，其中男50人、女60人"),
        ("全区有养老机构12家，其中公办5家、民办8家。", "12家，其中公办5家、民办8家"),
        (
            "捐款共1000元，其中北仓社区300元、柳堤社区400元、文昌里社区200元。",
            "1000元，其中北仓社区300元、柳堤社区400元、文昌里社区200元",
        ),
        ("修补路面3处、更换井盖5处，共9处。", "3处、更换井盖5处，共9处"),
        ("来了6名党员、4名志愿者，共11人。", "6名党员、4名志愿者，共11人"),
        ("发现隐患12处，其中消防13处。", "12处，其中消防13处"),
        ("投入1.5万元、8000元，合计2.4万元。", "1.5万元、8000元，合计2.4万元"),
        ("来了三十人（男十六人、女十五人）。", "三十人（男十六人、女十五人"),
        ("共有20户，其中已装12户，其余9户在排队。", "20户，其中已装12户，其余9户"),
    ],
)
def test_a_total_that_is_no_sum_is_found(text, passage):
    assert said(sums, text) == [(passage, None)]


@pytest.mark.parametrize(
    "text",
    [
        "活动有120人参加，其中男55人、女65人。",
        "来了120人，其中党员80人、青年60人。",
        "建成驿站42个，其中街道级5个、社区级12个。",
        "受访480户，其中满意450户、基本满意25户。",
        "修补路面3处、更换井盖5处，共惠及居民300人。",
        "修补路面3处、更换井盖5处，全年共开展活动12处。",
        "修补路面3处、更换井盖5处，共8处。",
        "来了60多人，其中男20人、女30人。",
        "来了约50人、60人，共100人。",
        "投入1.25万元、2.26万元，共3.5万元。",
        "3月5日、6月7日，共12天。",
        "去年建了3个、今年建了5个，累计80个。",
        "每户3盏、每栋12盏，共装了300盏。",
        "9栋楼装上电梯，14栋在排队，共惠及224户。",
        "第一批3名、第二批5名，共8名。",
        "来了100人，其中90%是居民，30人是学生。",
    ],
)
def test_totals_that_hold_or_say_something_else_are_left_alone(text):
    assert said(sums, text) == []


TABLE = "| 社区 | 户数 | 人数 |\n| --- | --- | --- |\n| 北仓 | 120 | 300 |\n| 柳堤 | 80 | 210 |\n"


def test_a_table_is_added_up():
    assert said(sums, TABLE + "| 合计 | 210 | 510 |") == [("210", None)]
    assert said(sums, TABLE + "| **合计** | 200 | 510 |") == []
    assert said(sums, TABLE + "| 平均 | 210 | 510 |") == []


def test_a_table_of_words_is_not():
    text = "| 事项 | 时间 |\n| 登记 | 周一 |\n| 办理 | 3天 |\n| 合计 | 9天 |"
    assert said(sums, text) == []


def test_the_message_says_both_numbers():
    [found] = sums(copy_of("修补路面3处、更换井盖5处，共9处。"))
    assert "8处" in str(found.message)
    assert "9处" in str(found.message)
