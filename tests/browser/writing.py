"""Somebody at the body's editor: opens a story's form, types, pastes, composes."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import CDPSession, Page, expect

CLIPBOARD = Path(__file__).parent / "clipboard"
PASTE = """([html, plain]) => {
  const field = document.getElementById("id_body");
  field.focus();
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  if (plain) data.setData("text/plain", plain);
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  return !field.dispatchEvent(new ClipboardEvent("paste", how));
}"""


def body_of(page: Page) -> str:
    """Return what stands in the body."""
    return page.locator("#id_body").input_value()


def holds(page: Page, text: str) -> None:
    """Expect a text in the body, soon: a box that closes puts its answer in a moment later."""
    expect(page.locator("#id_body")).to_have_value(text)


def type_in(page: Page, text: str) -> None:
    """Empty the body and type into it."""
    page.fill("#id_body", "")
    page.click("#id_body")
    page.keyboard.insert_text(text)


def put_caret(page: Page, words: str, *, behind: bool = True) -> None:
    """Put the caret behind (or before) words that stand in the body once."""
    page.evaluate(
        """([words, behind]) => {
          const field = document.getElementById("id_body");
          const at = field.value.indexOf(words) + (behind ? words.length : 0);
          field.focus();
          field.setSelectionRange(at, at);
        }""",
        [words, behind],
    )


def select(page: Page, words: str) -> None:
    """Select words that stand in the body once."""
    page.evaluate(
        """(words) => {
          const field = document.getElementById("id_body");
          const at = field.value.indexOf(words);
          field.focus();
          field.setSelectionRange(at, at + words.length);
        }""",
        words,
    )


def has_selected(page: Page, words: str) -> None:
    """Expect words to be selected in the body, soon."""
    page.wait_for_function(
        """(words) => {
          const field = document.getElementById("id_body");
          return field.value.slice(field.selectionStart, field.selectionEnd) === words;
        }""",
        arg=words,
    )


def has_before_caret(page: Page, words: str) -> None:
    """Expect words before the caret, from its line's beginning on, soon."""
    page.wait_for_function(
        """(words) => {
          const field = document.getElementById("id_body");
          return field.value.slice(0, field.selectionStart).split("\\n").at(-1) === words;
        }""",
        arg=words,
    )


def paste(page: Page, *, html: str = "", plain: str = "") -> bool:
    """Paste at the caret; returns whether the editor took it, or left it to the browser."""
    return bool(page.evaluate(PASTE, [html, plain]))


def clipboard(name: str) -> str:
    """Return what an application puts on the clipboard as HTML."""
    return (CLIPBOARD / f"{name}.html").read_text(encoding="utf-8")


class InputMethod:
    """A Chinese input method, as Chromium sees one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.line: CDPSession = page.context.new_cdp_session(page)

    def compose(self, *steps: str) -> None:
        """Show what is being composed, step by step; each step is there before the next."""
        for text in steps:
            self.key("Process")
            place = {"selectionStart": len(text), "selectionEnd": len(text)}
            self.line.send("Input.imeSetComposition", {"text": text, **place})
            self.page.wait_for_function(
                """(text) => {
                  const field = document.activeElement;
                  return field.value.slice(0, field.selectionStart).endsWith(text);
                }""",
                arg=text,
            )

    def commit(self, text: str) -> None:
        """Take a candidate."""
        self.line.send("Input.insertText", {"text": text})

    def key(self, key: str) -> None:
        """Press a key that the input method keeps to itself."""
        pressed = {"type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": 229}
        self.line.send("Input.dispatchKeyEvent", pressed)
        self.line.send("Input.dispatchKeyEvent", {**pressed, "type": "keyUp"})
