"""Rare characters of a story and how they are read: pinyin for those who ask for it.

Rare is what does not stand in the first level of GB 2312-1980, its 3,755 commonest characters;
whoever finished school knows those, while names of people and places are full of the others.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from pypinyin import Style, pinyin

from articles.models import Article

# The rows of GB 2312 (their first byte) that hold the characters of its first level.
FIRST_LEVEL = range(0xB0, 0xD8)
CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")


def is_rare(character: str) -> bool:
    """Return whether a character is Chinese and not among GB 2312's common ones."""
    if not "\u4e00" <= character <= "\u9fff" and not "\u3400" <= character <= "\u4dbf":
        return False
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return code[0] not in FIRST_LEVEL


def rare_readings(article: Article) -> dict[str, str]:
    """Return the rare characters of a story with their pinyin, as they are read in it.

    A character that is read in two ways in one story gets the more frequent one.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for run in CHINESE.findall("\n".join(_words(article))):
        if not any(map(is_rare, run)):
            continue
        # Read whole runs: the word around a character decides between its readings.
        for character, (reading, *_others) in zip(run, pinyin(run, style=Style.TONE), strict=True):
            if is_rare(character) and reading != character:
                counts[character][reading] += 1
    return {character: readings.most_common(1)[0][0] for character, readings in counts.items()}


def _words(article: Article) -> list[str]:
    captions = [f"{photo.caption} {photo.credit}" for photo in article.photos.all()]
    titles = [article.kicker, article.headline, article.deck]
    return [*titles, article.body, article.credit_line, *captions]
