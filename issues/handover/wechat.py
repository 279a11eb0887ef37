"""An issue as the editor of a WeChat official account takes it by paste."""

from __future__ import annotations

from dataclasses import dataclass

from articles import wechat
from articles.wechat import WechatCopy
from articles.wechat.markup import QUIET, SUBHEAD, set_heading, set_line, together
from issues.models import Issue

from .reading import pages_of, placed_on


@dataclass(frozen=True)
class IssueCopy:
    """An issue's copy.

    Attributes:
        copy: None where no story of it may be copied.
        refusals: why the stories that are not in it are not.

    """

    copy: WechatCopy | None
    refusals: tuple[str, ...]


def copy_issue(issue: Issue, *, root: str) -> IssueCopy:
    """Return an issue's copy: page by page its stories, one link and one code at the end.

    Stories that are not finally approved, or withdrawn, are left out and named; one that stands
    on two pages is copied once.

    Args:
        issue: the issue (four queries).
        root: scheme and host of the site, without a slash at the end.

    """
    html: list[str] = []
    texts: list[str] = []
    refusals: list[str] = []
    pictures: list[wechat.WechatPicture] = []
    seen: set[int] = set()
    for page in pages_of(issue):
        heads = [set_heading(str(page))], [str(page)]
        for placed in placed_on(page):
            story = placed.story
            if story.pk in seen:
                continue
            seen.add(story.pk)
            if reason := wechat.refusal(story):
                refusals.append(reason)
                continue
            found = wechat.set_story(story, root=root, first_picture=len(pictures) + 1)
            pictures += found.pictures
            html += [
                *heads[0],
                set_line(QUIET, story.kicker),
                set_heading(story.headline, SUBHEAD),
                set_line(QUIET, story.deck),
                found.html,
            ]
            title = "\n".join(part for part in (story.kicker, story.headline, story.deck) if part)
            texts += [*heads[1], title, found.text]
            heads = [], []
    if not html:
        return IssueCopy(None, tuple(refusals))
    closing, words = wechat.ending(root + issue.get_absolute_url())
    copy = WechatCopy(
        wechat.sheet(together([*html, closing])), "\n\n".join([*texts, words]), tuple(pictures)
    )
    return IssueCopy(copy, tuple(refusals))
