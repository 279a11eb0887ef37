"""A reader marks the wrong words in a story and reports them, on a phone."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import expect

from articles import mistake_forms
from articles.models import MistakeReport
from tests.factories import make_article

from .devices import found_by_axe, without_sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MARK = """() => {
    const words = document.querySelector(".text p").firstChild;
    const range = document.createRange();
    range.setStart(words, words.data.indexOf("五盏"));
    range.setEnd(words, words.data.indexOf("灯"));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def test_marked_words_go_along_and_the_report_arrives(device, monkeypatch):
    # Nobody waits in a test.
    monkeypatch.setattr(mistake_forms, "SHORTEST", mistake_forms.SHORTEST * 0)
    story = make_article("渡口添灯", body="渡口添了五盏灯。")
    page = device(refusals=True)
    page.goto(story.get_absolute_url())
    link = page.get_by_role("link", name="发现错误？告诉我们")
    expect(page.get_by_text("先在文中选中有误的文字")).to_be_visible()
    page.evaluate(MARK)
    expect(link).to_have_attribute("href", re.compile(f"mistake/.quote={quote_plus('五盏')}$"))
    link.click()
    quote, text = page.get_by_label("有误的原文"), page.get_by_label("哪里错了")
    expect(quote).to_have_value("五盏")
    page.get_by_role("button", name="提交").click()
    page.get_by_role("link", name="请写明哪里错了").click()
    expect(text).to_be_focused()
    assert without_sideways_scroll(page)
    assert found_by_axe(page) == []
    text.fill("是六盏。")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="已经收到，谢谢您")).to_be_visible()
    report = MistakeReport.objects.get()
    assert (report.quote, report.text) == ("五盏", "是六盏。")
    expect(page).to_have_url(re.compile(re.escape(report.get_absolute_url()) + "$"))
    assert page.context.cookies() == []
