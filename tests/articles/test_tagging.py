import pytest

from articles.tagging import tags_from_text, text_from_tags


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("物业，停车、议事；养老", ["物业", "停车", "议事", "养老"]),
        ("垃圾 分类,垃圾 分类", ["垃圾 分类"]),
        ("ＡＥＤ、 急救\n#护学岗", ["AED", "急救", "护学岗"]),
        (" ，、; ", []),
        ("", []),
    ],
)
def test_tags_are_divided_as_chinese_writers_divide_them(typed, tags):
    assert tags_from_text(typed) == tags


def test_text_from_tags_reads_back():
    assert tags_from_text(text_from_tags(["议事", "停车"])) == ["停车", "议事"]
