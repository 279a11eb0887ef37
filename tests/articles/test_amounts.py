"""Numbers with their units."""

from decimal import Decimal

import pytest

from articles.amounts import amounts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("180平方米", [("180", "平方米", 180, False)]),
        ("11.8万元", [("11.8万", "元", 118000, False)]),
        ("3200多册", [("3200多", "册", 3200, True)]),
        ("近1,200户", [("1,200", "户", 1200, True)]),
        ("二十三名党员", [("二十三", "名", 23, False)]),
        ("一百零五人", [("一百零五", "人", 105, False)]),
        ("98.5%", [("98.5", "%", Decimal("98.5"), False)]),
        ("两百余人次", [("两百余", "人次", 200, True)]),
    ],
)
def test_a_number_is_read_with_its_unit(text, expected):
    found = [(one.number, one.unit, one.value, one.is_vague) for one in amounts(text)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    ["3月5日8时", "2026年", "第3届", "第12次", "二三十人", "A3页", "3-2人", "十分好", "电话12345"],
)
def test_dates_ordinals_and_codes_are_no_amounts(text):
    assert list(amounts(text)) == []
