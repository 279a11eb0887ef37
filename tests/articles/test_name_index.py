"""Finding names in a text in one pass."""

import time

from articles.name_index import NameIndex


def found(names, text):
    return [(one.start, one.end, one.name) for one in NameIndex(names).find(text)]


def test_the_longest_name_is_found_and_none_inside_it():
    names = ["北仓", "北仓社区", "北仓社区驿站", "社区驿站"]
    assert found(names, "走进北仓社区驿站，北仓人都来") == [(2, 8, "北仓社区驿站"), (9, 11, "北仓")]


def test_a_name_at_the_very_end_is_found():
    assert found(["柳堤"], "走进柳堤") == [(2, 4, "柳堤")]
    assert found(["柳堤"], "柳") == []


def test_ten_thousand_names_take_a_moment():
    names = [f"{chr(0x4E00 + n % 4000)}{chr(0x5000 + n)}社区" for n in range(10_000)]
    text = "今天居民来到广场领取资料，大家都很高兴。" * 500
    index = NameIndex(names)
    began = time.process_time()
    assert list(index.find(text)) == []
    assert time.process_time() - began < 3
