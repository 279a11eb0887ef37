"""A story as the editor of a WeChat official account (公众号) takes it by paste.

That editor keeps the styles that stand on an element itself and a few plain elements (section, p,
span, strong, img, blockquote, table); it strips style sheets, classes, ids, scripts and links to
other sites. So every element here carries its own style, and where a link led stands in brackets
behind its words. The editor fetches pasted pictures from their addresses and keeps its own copy;
what it cannot reach has to be uploaded by hand. `copying` decides what may be copied and puts the
copy together, `markup` sets it.
"""

from .copying import (
    SUMMARY_LENGTH,
    WechatCopy,
    WechatPicture,
    copy_story,
    ending,
    refusal,
    set_story,
    sheet,
)

__all__ = [
    "SUMMARY_LENGTH",
    "WechatCopy",
    "WechatPicture",
    "copy_story",
    "ending",
    "refusal",
    "set_story",
    "sheet",
]
