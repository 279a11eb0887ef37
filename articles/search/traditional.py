"""Traditional characters, and the simplified ones that are compared in their place."""

from __future__ import annotations

from pathlib import Path


def _read(text: str) -> dict[int, str]:
    """Read the table: pairs, a traditional character before its simplified one."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    pairs = (pair for line in lines for pair in line.split())
    return {ord(pair[0]): pair[1] for pair in pairs}


SIMPLIFIED = _read(Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8"))
