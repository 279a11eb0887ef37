"""The newsroom's own list."""

from articles.checks.terms import terms
from tests.articles.checks.copies import copy_of, said, term


def found_with(text, *entries):
    return said(terms, text, terms={entry.text: entry for entry in entries})


def test_a_word_on_the_list_is_found_with_what_to_write_instead():
    entry = term("农民工", replacement="进城务工人员")
    assert found_with("农民工王师傅来了。", entry) == [("农民工", "进城务工人员")]


def test_the_longest_entry_counts():
    entries = term("残疾", replacement="身有不便"), term("残疾人联合会", "sensitive")
    assert found_with("残疾人联合会来了。", *entries) == [("残疾人联合会", None)]


def test_a_word_in_its_own_replacement_is_left_alone():
    entry = term("社工", replacement="专业社工师")
    assert found_with("专业社工师来了，社工也来了。", entry) == [("社工", "专业社工师")]


def test_latin_words_are_found_whole_and_in_any_case():
    entry = term("App", replacement="客户端")
    assert found_with("下载APP，happy不算，Apple也不算。", entry) == [("APP", "客户端")]


def test_marks_of_the_body_are_no_words():
    entry = term("example", "sensitive")
    assert found_with("[这里](https://example.org/)", entry) == []


def test_the_message_names_the_reason_and_all_places_share_a_key():
    entries = {"瞎子": term("瞎子", replacement="盲人", reason="新华社禁用词")}
    found = list(terms(copy_of("瞎子算命。\n瞎子摸象。", terms=entries)))
    assert [one.start for one in found] == [0, 6]
    assert len({one.key for one in found}) == 1
    assert "新华社禁用词" in str(found[0].message)
    assert "盲人" in str(found[0].message)


def test_an_empty_list_says_nothing():
    assert found_with("农民工王师傅来了。") == []
