"""Layout characters, widths and line numbers."""

import pytest

from articles.importing.lines import clean, read_lines, width_of


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("\ufeff社\u200b区\u00ad报", "社区报"),
        ("２０２５年Ａ区第３版", "2025年A区第3版"),
        ('“引号”、"直引号"，half,comma。', '“引号”、"直引号"，half,comma。'),
        ("上半\u00a0 下半", "上半 下半"),
        ("问\u3000路修好了吗？", "问\u3000路修好了吗？"),
        ("\u3000\u3000段首缩进\u3000\u3000", "段首缩进"),
        ("０５５６－８８８", "0556－888"),
    ],
)
def test_clean_removes_layout_and_nothing_else(printed, kept):
    assert clean(printed) == kept


def test_width_counts_half_width_characters_as_half():
    assert width_of("第12期") == 3
    assert width_of("“好”——") == 5


def test_lines_keep_their_numbers_indents_and_gaps():
    lines = read_lines("\r\n\r\n标题\r\n\u3000\u3000正文一\n\n    正文二\r末行")
    assert [(line.number, line.text, line.indent, line.gap) for line in lines] == [
        (3, "标题", 0.0, 2),
        (4, "正文一", 2.0, 0),
        (6, "正文二", 2.0, 1),
        (7, "末行", 0.0, 0),
    ]


def test_rows_of_a_table_show_how_many_cells_they_have():
    rows = read_lines("街道\u3000\u3000申请\u3000\u3000完工\n一句 普通的 话")
    assert [row.cells for row in rows] == [3, 1]
