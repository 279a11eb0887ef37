"""The care edition in a browser: it stays, it is large, it reads aloud, it says rare characters."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_article

from .devices import DESKTOP

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "巷口添了灯。夜路不再黑！\n\n## 谁来点灯\n\n居民郝珺玥说：“灯亮了，心里踏实。”"
# A device that speaks: it keeps what it was given to say, and is done when the test says so.
VOICES = """
(() => {
  const spoken = [];
  let current = null;
  const voice = (name, lang, localService) => ({ name, lang, localService });
  const voices = %s;
  class Utterance { constructor(text) { this.text = text; } }
  Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices,
    addEventListener: () => {},
    cancel() { const cut = current; current = null; cut?.onend?.(); },
    speak(words) { current = words; spoken.push([words.text, words.voice.name, words.rate]); },
  } });
  window.spoken = spoken;
  window.finishSentence = () => { const done = current; current = null; done?.onend?.(); };
})();
"""
OURS = (
    """[voice("Far", "zh-CN", false), voice("Anna", "de-DE", true), voice("Ting", "zh_CN", true)]"""
)


def size_of_text(page: Page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.querySelector('.text p')).fontSize)")


def wait_until_larger(page: Page, size: float) -> None:
    # The care edition's style sheet is fetched only when it is first asked for.
    page.wait_for_function(
        "size => parseFloat(getComputedStyle(document.querySelector('.text p')).fontSize) > size",
        arg=size,
    )


def button(page: Page, name: str):
    return page.get_by_role("button", name=name, exact=True)


def status(page: Page):
    return page.locator("[data-care-bar] [role=status]")


@pytest.fixture
def story():
    return make_article("巷口添灯", body=BODY)


def test_choice_stays_on_every_page_until_it_is_left(story, device):
    page = device()
    page.goto(story.get_absolute_url())
    usual = size_of_text(page)
    button(page, "关怀版").click()
    expect(button(page, "小字")).to_be_focused()
    wait_until_larger(page, usual)
    button(page, "大字").click()
    expect(status(page)).to_have_text("字号：第3档，共4档")
    large = size_of_text(page)
    button(page, "黑底黄字").click()
    page.goto("/")
    expect(button(page, "黑底黄字")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    page.goto(story.get_absolute_url())
    expect(page.locator(".text p").first).to_have_css("font-size", f"{large:g}px")
    small = [
        box
        for one in page.locator("button:visible, nav a:visible").all()
        if (box := one.bounding_box()) and box["height"] < 48
    ]
    assert small == []
    assert page.context.cookies() == []
    button(page, "退出关怀版").click()
    expect(button(page, "关怀版")).to_be_focused()
    page.reload()
    expect(page.locator(".text p").first).to_have_css("font-size", f"{usual:g}px")
    expect(page.get_by_role("region", name="关怀版")).to_be_hidden()


def test_story_is_read_sentence_by_sentence_by_a_voice_of_the_device(story, device):
    page = device(width=DESKTOP)
    page.add_init_script(VOICES % OURS)
    page.goto(story.get_absolute_url())
    button(page, "关怀版").click()
    button(page, "朗读").click()
    expect(button(page, "暂停")).to_be_visible()
    page.wait_for_function("() => spoken.length")
    said = lambda: page.evaluate("spoken.map(([text]) => text)")  # noqa: E731
    assert page.evaluate("spoken[0]") == ["巷口添灯", "Ting", 1]
    for _ in range(4):
        page.evaluate("finishSentence()")
    sentences = [text for text in said() if not text.startswith("20")]
    assert sentences[:3] == ["巷口添灯", "巷口添了灯。", "夜路不再黑！"]
    marked = page.evaluate("[...CSS.highlights.get('read-aloud')].map(String)")
    assert [one.strip() for one in marked] == said()[-1:]
    button(page, "暂停").click()
    expect(button(page, "继续")).to_be_visible()
    count = len(said())
    button(page, "继续").click()
    expect(button(page, "暂停")).to_be_visible()
    page.wait_for_function("count => spoken.length > count", arg=count)
    assert said()[count:] == said()[count - 1 : count], "the sentence is read from its beginning"
    button(page, "快一点").click()
    page.wait_for_function("() => spoken.at(-1)[2] === 1.25")
    for _ in range(20):
        page.evaluate("finishSentence()")
    assert "居民郝珺玥说：“灯亮了，心里踏实。”" in said()
    expect(button(page, "朗读")).to_be_visible()
    expect(button(page, "停止朗读")).to_be_hidden()
    page.wait_for_function("() => !CSS.highlights.has('read-aloud')")


def test_text_is_never_sent_to_a_distant_voice(story, device):
    page = device(width=DESKTOP)
    page.add_init_script(VOICES % """[voice("Far", "zh-CN", false)]""")
    page.goto(story.get_absolute_url())
    button(page, "关怀版").click()
    button(page, "朗读").click()
    expect(status(page)).to_contain_text("没有自带的中文语音")
    assert page.evaluate("spoken") == []


def test_pinyin_stands_over_rare_characters_while_it_is_wanted(story, device):
    page = device(width=DESKTOP)
    page.goto(story.get_absolute_url())
    text = page.locator(".text").inner_text()
    button(page, "关怀版").click()
    button(page, "生僻字注音").click()
    expect(page.locator("ruby.rare")).to_have_text(["珺jùn", "玥yuè"])
    button(page, "生僻字注音").click()
    expect(page.locator("ruby")).to_have_count(0)
    assert page.locator(".text").inner_text() == text
