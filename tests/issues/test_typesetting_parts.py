"""The parts of typesetting that need no compiler: columns, headlines, divisions of a page."""

import pytest

from issues.models import Role
from issues.typesetting.arranging import BETWEEN, Arranger
from issues.typesetting.blocks import spread
from issues.typesetting.flowing import Line, Set, level, pour
from issues.typesetting.heads import ems, fitted, head_of
from issues.typesetting.measuring import divide
from issues.typesetting.sheets import BROADSHEET, SHEETS
from issues.typesetting.stories import Run, Story


def lines(count, passage=0):
    return [Line(passage, number, 13) for number in range(count)]


HEAD = Line(1, 0, 6, is_head=True)


def test_columns_are_filled_one_after_the_other():
    poured = pour(lines(10), [4, 4, 4])
    assert [len(column) for column in poured.columns] == [4, 4, 2]
    assert poured.rest == []


def test_what_no_column_holds_is_left_over():
    assert list(pour(lines(10), [4, 4]).rest) == lines(10)[8:]


def test_a_subhead_has_air_above_it_but_not_at_the_top():
    text = [*lines(2), HEAD, *lines(5, 2)]
    (column,) = pour(text, [9]).columns
    assert [one.row for one in column] == [0, 1, 3, 4, 5, 6, 7, 8]
    text = [*lines(4), HEAD, *lines(3, 2)]
    assert pour(text, [4, 4]).columns[1][0] == Set(HEAD, 0)


@pytest.mark.parametrize("depth", [5, 6])
def test_a_subhead_never_ends_a_column(depth):
    text = [*lines(4), HEAD, *lines(5, 2)]
    first, second = pour(text, [depth, 9]).columns
    assert [one.line for one in first] == lines(4)
    assert second[0].line == HEAD


def test_what_cannot_be_divided_goes_to_the_next_column_whole():
    table = Line(1, 0, 40, rows=3)
    first, second = pour([*lines(2), table], [4, 4]).columns
    assert len(first) == 2
    assert second == [Set(table, 0)]


def test_columns_end_level():
    assert level(lines(10), [6, 6, 6]) == [4, 3, 3]
    assert level(lines(12), [4, 4, 4]) == [4, 4, 4]


def test_spare_rows_go_to_subheads_first():
    column = pour([*lines(2), HEAD, *lines(3, 2)], [9]).columns[0]
    rows = [one.row for one in spread(column, [*lines(9)], 1)]
    assert rows == [0, 1, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("text", "width", "wanted"),
    [
        ("巷口装上三盏灯", 400, ["巷口装上三盏灯"]),
        ("一层一层商量 一户一户点头", 250, ["一层一层商量", "一户一户点头"]),
        ("石埠社区：早市收摊后多了一班洒水车", 180, ["石埠社区：", "早市收摊后多了", "一班洒水车"]),
        ("机坞社区拆下23根飞线", 130, ["机坞社区", "拆下23根飞线"]),
    ],
)
def test_headlines_are_divided_where_their_meaning_is(text, width, wanted):
    found, size = fitted(text, width, 40, 22)
    assert "".join(found) == text.replace(" ", "") or found == wanted
    assert max(map(ems, found)) * size <= width + 0.01
    assert size <= 40
    for line in found:
        assert line[0] not in "，。：”》）"
        assert line[-1] not in "“《（"


def test_a_number_or_a_word_is_never_divided():
    for width in range(40, 300, 20):
        found, _size = fitted("全区2026户用上WiFi6了", width, 30, 20)
        assert any("2026" in line for line in found)
        assert any("WiFi6" in line for line in found)


def test_a_lead_is_set_larger_than_a_feature_and_that_than_a_brief():
    sizes = [
        max(
            words.size
            for words in head_of(Story(1, role, "", "巷口装上三盏灯", "", ()), 3, BROADSHEET).words
        )
        for role in (Role.LEAD, Role.FEATURE, Role.BRIEF)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3


def test_words_are_divided_where_the_compiler_divided_them():
    runs = (Run("本报讯", "label"), Run("\u3000今年 以来，WiFi 覆盖。"))
    found = list(divide(runs, ["本报讯今年", "以来，WiFi", "覆盖。"]))
    assert ["".join(run.text for run in line).strip() for line in found] == [
        "本报讯\u3000今年",
        "以来，WiFi",
        "覆盖。",
    ]
    assert found[0][0].face == "label"


def test_a_letter_the_type_has_otherwise_costs_no_line():
    found = list(divide((Run("部ﬁ首一二三四五"),), ["部fi首一", "二三四五"]))
    assert ["".join(run.text for run in line) for line in found] == ["部ﬁ首一", "二三四五"]


class Plain:
    """A block that wants so many rows of one column in all."""

    def __init__(self, cells, narrowest=1, widest=7):
        self.cells, self.narrowest, self.widest = cells, narrowest, widest

    def cost(self, columns, rows):
        room = columns * rows - self.cells
        return room if room >= 0 else -10 * room


def test_a_page_is_filled_without_overlap():
    blocks = tuple(Plain(cells) for cells in (140, 70, 70, 35, 35))
    found = Arranger(60).best([blocks], 7, 60)
    assert {place.block for place in found.places} == set(blocks)
    taken = set()
    for place in found.places:
        for column in range(place.column, place.column + place.columns):
            for row in range(place.row, place.row + place.rows):
                assert (column, row) not in taken
                taken.add((column, row))
    assert max(row for _column, row in taken) == 59
    assert {column for column, _row in taken} == set(range(7))
    assert BETWEEN == 1


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.name)
def test_the_type_area_stays_on_the_sheet(sheet):
    assert sheet.left > 20
    bottom = sheet.margin + sheet.nameplate + sheet.rows(is_first=True) * sheet.pitch
    assert bottom <= sheet.height - sheet.margin
