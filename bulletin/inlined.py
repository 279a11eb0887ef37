"""What every page carries in its own head, so that its first line waits for no second request.

On a slow line each request before the first line costs a reader half a second. The style sheet and
the script that puts the care edition on are therefore written into the page, and the
Content-Security-Policy names them by their hashes: it still refuses whatever else stands in a page.
Both are read once a process, so that text and hash are always of the same file.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_ENDS = re.compile(r"\s*\n\s*")


def _style(name: str) -> str:
    """Return a style sheet without comments and indentation."""
    sheet = COMMENTS.sub("", (STATIC / name).read_text(encoding="utf-8"))
    # An address in a style sheet is relative to the sheet, and would be wrong in a page.
    if "url(" in sheet or "</" in sheet:
        raise ValueError(f"{name} cannot be written into a page")
    return LINE_ENDS.sub("\n", sheet).strip()


def _script(name: str) -> str:
    """Return a script without its lines of comment and its indentation."""
    lines = (line.strip() for line in (STATIC / name).read_text(encoding="utf-8").splitlines())
    script = "\n".join(line for line in lines if line and not line.startswith("//"))
    if "</" in script or "<!--" in script:
        raise ValueError(f"{name} cannot be written into a page")
    return script


def _source(text: str) -> str:
    """Return how a policy names a text: https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


STYLES = {name: _style(name) for name in ("css/bulletin.css", "css/mistake.css")}
SCRIPTS = {name: _script(name) for name in ("js/care-first.js",)}
STYLE_SOURCES = [_source(text) for text in STYLES.values()]
SCRIPT_SOURCES = [_source(text) for text in SCRIPTS.values()]
