"""Tokens that only their neighbours explain: glued 文 and 图, roles inside words, brackets."""

from __future__ import annotations

from dataclasses import replace

from . import names, phrases, places, roles
from .people import is_readable
from .roles import Part
from .tokens import Mark, Token

_LONGEST_OUTLET = 14


def _cut(token: Token, at: int, role_first: bool) -> list[Token]:
    left = Token(Mark.WORD, token.text[:at], token.start, token.start + at)
    right = Token(Mark.WORD, token.text[at:], token.start + at, token.end)
    role, word = (left, right) if role_first else (right, left)
    role = replace(role, mark=Mark.ROLE, part=Part.WORK)
    return [role, word] if role_first else [word, role]


def _is_name(word: str) -> bool:
    return 2 <= len(word) <= 3 and names.has_common_surname(word)


def cut_glued_work(tokens: list[Token]) -> list[Token]:
    """Cut 文 and 图 off the names they are printed against.

    张三文 and 李四图 may be names of three characters, so they are cut only as a pair, side by
    side with nothing but space between: 张三文 李四图, 张三文 李四摄, 文张三 图李四.
    """
    solid = [token for token in tokens if token.mark is not Mark.SPACE]
    behind: set[int] = set()
    before: set[int] = set()
    for first, second, third in zip(solid, solid[1:], [*solid[2:], None], strict=False):
        is_glued = third is not None and third.start == second.end
        is_shot = is_glued and second.mark is Mark.WORD and _is_picture(third)
        if _is_cut(first, "文", -1) and (is_shot or _is_cut(second, "图", -1)):
            behind |= {first.start} if is_shot else {first.start, second.start}
        if first.part is Part.WORK and second.mark is Mark.TIE and third is not None:
            follower = next((t for t in solid if t.start >= third.end), None)
            if follower is not None and follower.mark is Mark.TIE and _is_cut(third, "图", -1):
                behind.add(third.start)  # 文/张三图/李四
        is_tied = first.mark is Mark.TIE and third is not None and third.mark is Mark.TIE
        is_name = names.is_likelier(second.text[1:], second.text)
        if is_tied and is_name and _is_cut(second, "文", 0):
            before.add(second.start)  # 张三/文李四/图
        is_shot = is_glued and _is_picture(second) and _is_word(third)
        if _is_cut(first, "文", 0) and (is_shot or _is_cut(second, "图", 0)):
            before |= {first.start} if is_shot else {first.start, second.start}
    out: list[Token] = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=False):
        is_whole = token.mark is Mark.WORD and token.end - token.start == len(token.text)
        between = _cut_between(token) if is_whole and _is_picture(following) else None
        if between:
            out.extend(between)
        elif len(token.text) == 4 and (_is_cut(token, "作", -1) or _is_cut(token, "绘", -1)):
            out.extend(_cut(token, 3, role_first=False))  # 某某某作, under a drawing
        elif len(solid) == 1 and len(token.text) == 3 and _is_cut(token, "绘辑", -1):
            out.extend(_cut(token, 2, role_first=False))
        elif token.start in behind:
            out.extend(_cut(token, len(token.text) - 1, role_first=False))
        elif token.start in before:
            out.extend(_cut(token, 1, role_first=True))
        else:
            out.append(token)
    return out


def cut_dated_work(tokens: list[Token]) -> list[Token]:
    """Cut 摄 off a date behind a name that has no work yet: 记者 张三 10月8日摄."""
    out: list[Token] = []
    for token in tokens:
        before = next((t for t in reversed(out) if t.mark is not Mark.SPACE), None)
        if token.mark is Mark.NOTE and token.text.endswith("摄") and _is_word(before):
            at = len(token.text.removesuffix("摄").removesuffix("拍"))
            out += [
                Token(Mark.NOTE, token.text[:at], token.start, token.start + at),
                Token(Mark.ROLE, token.text[at:], token.start + at, token.end, Part.WORK),
            ]
        else:
            out.append(token)
    return out


def cut_reported_places(tokens: list[Token]) -> list[Token]:
    """Cut off the place printed between a reporter and 报道: 记者张三北京报道."""
    out: list[Token] = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=False):
        is_before_report = (
            token.mark is Mark.WORD
            and following is not None
            and following.mark is Mark.ROLE
            and roles.is_report(following.text)
            and token.end - token.start == len(token.text)
        )
        cuts = range(2, len(token.text) - 1) if is_before_report else ()
        at = next(
            (
                at
                for at in cuts
                if is_readable(token.text[:at]) and places.is_place(token.text[at:])
            ),
            None,
        )
        if at is None or places.is_organisation(token.text):
            out.append(token)
        else:
            out += [
                Token(Mark.WORD, token.text[:at], token.start, token.start + at),
                Token(Mark.NOTE, token.text[at:], token.start + at, token.end),
            ]
    return out


def _cut_between(token: Token) -> list[Token] | None:
    """The parts of 张三丰文李四, printed before 摄: a name, 文 and another name.

    The first name has three characters, so that 文 cannot be its last; the second must be
    likelier than 文李四, which is a name too.
    """
    first, work, second = token.text[:3], token.text[3:4], token.text[4:]
    if work != "文" or not (_is_name(first) and _is_name(second)):
        return None
    if not names.is_likelier(second, work + second):
        return None
    left, right = _cut(replace(token, text=token.text[:4], end=token.start + 4), 3, False)
    return [left, right, Token(Mark.WORD, second, token.start + 4, token.end)]


def _is_word(token: Token | None) -> bool:
    return token is not None and token.mark is Mark.WORD


def _is_picture(token: Token | None) -> bool:
    return token is not None and token.part is Part.WORK and roles.is_picture(token.text)


def _is_cut(token: Token, work: str, side: int) -> bool:
    """Whether a word is a name with a piece of work as its last (-1) or first (0) character."""
    name = token.text[:-1] if side else token.text[1:]
    return token.mark is Mark.WORD and token.text[side] in work and _is_name(name)


def _is_prose_before(word: Token, role: Token, *, among_credits: bool, has_colon: bool) -> bool:
    """Whether a word printed against a role makes prose of it (小区里来了摄影师).

    A role that leads has its names behind it, so the word is part of a longer label (学术顾问).
    """
    if role.part is Part.WORK and word.text.endswith("由"):
        return False
    is_spaced_out = word.end - word.start > len(word.text)
    leads = role.part is Part.STAFF or (role.part is Part.WORK and has_colon)
    if roles.is_report(role.text):
        return not is_readable(word.text)
    if leads and not is_spaced_out and not names.has_surname(word.text):
        return not places.may_be_organisation(word.text) and not is_readable(word.text)
    if (
        role.part is not Part.PERSON
        and not (among_credits or is_spaced_out or roles.is_plain_credit(role.text))
        and not names.is_likely(word.text)
    ):
        return not places.is_organisation(word.text)  # 修改记录, 内容审核
    if is_readable(word.text, among_credits=among_credits or is_spaced_out):
        return False
    if role.part is Part.PERSON and not roles.is_bystander(role.text):
        return names.has_prose(word.text) or len(word.text) > _LONGEST_OUTLET
    return True


def is_among_credits(tokens: list[Token]) -> bool:
    """Whether so much of a line is a credit that a pen name may be printed against a role.

    Its words are short, and besides the role there is another, a bracket, an organisation or a
    sure name; 文/图 alone is never prose.
    """
    found = [
        token for token in tokens if token.mark is Mark.ROLE and not roles.is_bystander(token.text)
    ]
    texts = [token.text for token in tokens if token.mark is Mark.WORD]
    signs = len(found)
    signs += any(token.mark is Mark.OPEN for token in tokens)
    signs += any("/" in token.text for token in found)
    signs += any(
        places.is_organisation(text) or names.is_likely(text) or names.is_transcribed_name(text)
        for text in texts
    )
    return signs >= 2 and all(len(text) <= 4 or is_readable(text) for text in texts)


def demote_words(line: str, tokens: list[Token]) -> list[Token]:
    """Take back roles that are only part of a word or a sentence (编辑部, 记者走进社区).

    A role printed against a word that is neither names nor an organisation is no role; the
    pieces become one word again.
    """
    out: list[Token] = []
    among_credits = is_among_credits(tokens)
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        previous = out[-1] if out else None
        is_prose = token.mark is Mark.ROLE and (
            (
                following is not None
                and following.mark is Mark.WORD
                and following.start == token.end
                and not is_readable(following.text, among_credits=among_credits)
            )
            or (
                previous is not None
                and previous.mark is Mark.WORD
                and previous.end == token.start
                and _is_prose_before(
                    previous,
                    token,
                    among_credits=among_credits,
                    has_colon=following is not None and following.mark is Mark.COLON,
                )
            )
        )
        if is_prose:
            token = Token(Mark.WORD, line[token.start : token.end], token.start, token.end)
        if (
            token.mark is Mark.WORD
            and previous is not None
            and previous.mark is Mark.WORD
            and previous.end == token.start
        ):
            out[-1] = Token(Mark.WORD, previous.text + token.text, previous.start, token.end)
        else:
            out.append(token)
    return out


def _read_bracket(line: str, inside: list[Token], behind_word: bool) -> list[Token] | None:
    """What a bracket comes to when it only says something about the name before it."""
    if not inside:
        return []
    start, end = inside[0].start, inside[-1].end
    text = line[start:end].strip()
    content = [token for token in inside if token.mark is not Mark.SPACE]
    if behind_word and content and all(token.mark is Mark.ROLE for token in content):
        return [replace(token, is_aside=True) for token in content]
    if behind_word and content and roles.is_bystander(content[-1].text):
        office = line[start : content[-1].start].strip()
        return [
            Token(Mark.BESIDE, office, start, content[-1].start),
            replace(content[-1], mark=Mark.NOTE),
        ]
    if phrases.is_aside(text):
        return [Token(Mark.NOTE, text, start, end)]
    if not behind_word or not content:
        return None
    if all(t.mark is Mark.WORD and places.may_be_organisation(t.text) for t in content):
        return [Token(Mark.BESIDE, text, start, end)]
    return None


def _begins_with_label(tokens: list[Token]) -> bool:
    """Whether a line labels its names with roles in brackets (【编辑】某某 【校对】某某)."""
    solid = [token.mark for token in tokens if token.mark is not Mark.SPACE]
    return solid[:3] == [Mark.OPEN, Mark.ROLE, Mark.CLOSE]


def _closings(tokens: list[Token]) -> list[int | None]:
    """For each place, where the next bracket closes behind it."""
    closings: list[int | None] = []
    closing: int | None = None
    for at in range(len(tokens) - 1, -1, -1):
        closings.append(closing)
        closing = at if tokens[at].mark is Mark.CLOSE else closing
    return closings[::-1]


def free_leading_places(tokens: list[Token]) -> list[Token]:
    """Put spaces for the brackets around places in a line that opens with one.

    （安徽）张三 （湖北）李四: every place belongs to the name behind it.
    """
    out = list(tokens)
    closings = _closings(tokens)
    at = 0
    while at < len(tokens):
        close = closings[at] if tokens[at].mark is Mark.OPEN else None
        if close is not None and close == at + 2 and places.is_place(tokens[at + 1].text):
            following = next((t for t in tokens[close + 1 :] if t.mark is not Mark.SPACE), None)
            if _is_word(following):
                out[at] = replace(tokens[at], mark=Mark.SPACE)
                out[close] = replace(tokens[close], mark=Mark.SPACE)
        elif tokens[at].mark is not Mark.SPACE and out == tokens:
            return tokens
        at = at + 1 if close is None else close + 1
    return out


def settle_brackets(line: str, tokens: list[Token]) -> list[Token]:
    """Put remarks, roles and organisations in brackets with the name they follow.

    Brackets without a partner become spaces; all others stay.
    """
    has_labels = _begins_with_label(tokens)
    closings = _closings(tokens)
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        close = None
        if token.mark is Mark.OPEN:
            close = closings[at]
        if close is not None:
            inside = tokens[at + 1 : close]
            before = next((t for t in reversed(out) if t.mark is not Mark.SPACE), None)
            behind_word = before is not None and before.mark in (Mark.WORD, Mark.BESIDE)
            settled = _read_bracket(line, inside, behind_word and not has_labels)
            if settled is None:
                out += [token, *inside, tokens[close]]
            else:
                space = replace(token, mark=Mark.SPACE)
                out += [space, *settled, replace(tokens[close], mark=Mark.SPACE)]
            at = close
        elif token.mark in (Mark.OPEN, Mark.CLOSE):
            out.append(replace(token, mark=Mark.SPACE))
        else:
            out.append(token)
        at += 1
    return out
